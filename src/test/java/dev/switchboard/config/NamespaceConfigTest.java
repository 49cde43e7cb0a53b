package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"chat", "/chat/", "", "//", "/a//b", "/a/../b", "/.", "/a b", "/a%2f", "/ä", "/a?b"})
    void namespaces_nameThatIsNoPath_isAFault(String name) {
        assertThat(refusal(new JsonObject().put("namespaces", new JsonObject().put(name, new JsonObject())))
                        .faults())
                .first()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("namespaces." + name);
                    assertThat(fault.message()).startsWith("is no name of a namespace");
                });
    }

    @Test
    void namespaces_several_keepTheirOrderAndHaveTheirMounts() {
        Map<String, NamespaceConfig> namespaces = read("{\"namespaces\": {\"/z\": {}, \"/\": {}, \"/a/b.c~d_-\": {}}}")
                .namespaces();

        assertThat(namespaces.keySet()).containsExactly("/z", "/", "/a/b.c~d_-");
        assertThat(namespaces.get("/a/b.c~d_-").sockjs()).contains("/a/b.c~d_-/sockjs");
        assertThat(namespaces.get("/a/b.c~d_-").ws()).contains("/a/b.c~d_-/ws");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "auth", "$", "$x"})
    void events_nameOfTheServer_isAFault(String event) {
        assertThat(refusal("{\"namespaces\": {\"/\": {\"events\": {\"" + event + "\": \"A\"}}}}")
                        .faults())
                .containsExactly(new Fault("namespaces./.events." + event, "this event name is the server's own"));
    }

    @Test
    void socketIds_verticleThatIsNotThere_isAFault() {
        assertThat(refusal("{\"namespaces\": {\"/\": {\"socketIds\": \"Missing\"}}}")
                        .faults())
                .containsExactly(new Fault("namespaces./.socketIds", "there is no verticle \"Missing\""));
    }

    @Test
    void events_nameOf129Characters_isAFault() {
        assertThat(refusal("{\"namespaces\": {\"/\": {\"events\": {\"" + "x".repeat(129) + "\": \"A\"}}}}")
                        .faults())
                .extracting(Fault::message)
                .containsExactly("an event name has 1 to 128 characters");
    }

    @Test
    void events_lifecycleAndLongestName_areTaken() {
        String longest = "x".repeat(128);

        assertThat(read("{\"namespaces\": {\"/\": {\"events\": {\"open\": \"A\", \"close\": \"A\", \"" + longest
                                + "\": \"A\"}}}}")
                        .namespaces()
                        .get("/")
                        .events())
                .containsOnlyKeys("open", "close", longest);
    }

    @Test
    void events_verticlesAskedFor_areAskedForOnce() {
        List<String> asked = new ArrayList<>();

        SwitchboardConfig.read(new JsonObject("""
                        {"namespaces": {"/": {"events": {"a": "A", "b": "A"}}}, "handlers": {"A": {}}}
                        """), Map.of(), asked::add);

        assertThat(asked).containsExactly("A");
    }
}
