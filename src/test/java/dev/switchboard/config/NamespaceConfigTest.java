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
    @ValueSource(strings = {"auth", "$", "$x"})
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

        assertThat(read("{\"namespaces\": {\"/\": {\"events\": {\"open\": \"A\", \"error\": \"A\", \"" + longest
                                + "\": \"A\"}}}}")
                        .namespaces()
                        .get("/")
                        .events())
                .containsOnlyKeys("open", "error", longest);
    }

    @Test
    void events_verticlesAskedFor_areAskedForOnce() {
        List<String> asked = new ArrayList<>();

        SwitchboardConfig.read(new JsonObject("""
                        {"namespaces": {"/": {"events": {"a": "A", "b": "A"}}}, "handlers": {"A": {}}}
                        """), Map.of(), asked::add);

        assertThat(asked).containsExactly("A");
    }

    private static final String OPEN = "{\"http\": {\"allowedOrigins\": \"*\"}, \"namespaces\": {\"/\": %s}}";

    @Test
    void access_ofANamespace_isThatOfTheServerUnlessItSaysOtherwise() {
        Map<String, NamespaceConfig> namespaces = read("""
                        {"http": {"allowedOrigins": "https://a.example", "noOrigin": "refuse"},
                         "namespaces": {"/": {}, "/b": {"allowedOrigins": ["https://b.example"], "noOrigin": "accept"}}}""").namespaces();

        assertThat(namespaces.get("/").access().allowedOrigins()).containsExactly("https://a.example");
        assertThat(namespaces.get("/").access().noOrigin()).isEqualTo(NoOrigin.REFUSE);
        assertThat(namespaces.get("/b").access().allowedOrigins()).containsExactly("https://b.example");
        assertThat(namespaces.get("/b").access().noOrigin()).isEqualTo(NoOrigin.ACCEPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "cookies"})
    void cookies_whereAnyPageMayConnect_areAFault(String key) {
        assertThat(refusal(OPEN.formatted("{\"" + key + "\": true}")).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.path()).isEqualTo("namespaces./." + key));
        assertThat(read(OPEN.formatted("{\"" + key + "\": true, \"allowedOrigins\": []}"))
                        .namespaces()
                        .get("/")
                        .access()
                        .noOrigin())
                .isEqualTo(NoOrigin.REFUSE);
        assertThat(refusal(OPEN.formatted("{\"" + key + "\": true, \"allowedOrigins\": [], \"noOrigin\": \"accept\"}"))
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.path()).isEqualTo("namespaces./.noOrigin"));
    }

    @Test
    void allowedOrigins_ofANamespace_areCheckedAtTheirPath() {
        assertThat(refusal("{\"namespaces\": {\"/\": {\"allowedOrigins\": [\"example.org\"]}}}")
                        .getMessage())
                .contains("namespaces./.allowedOrigins[0]: must be", "did you mean \"https://example.org\"?");
    }
}
