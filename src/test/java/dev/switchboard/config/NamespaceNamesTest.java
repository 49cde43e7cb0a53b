package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceNamesTest {
    private static SwitchboardConfig read(String namespaces) {
        return SwitchboardConfig.read(
                new JsonObject().put("namespaces", new JsonObject(namespaces)), Map.of(), name -> true);
    }

    private static final NamespaceNames NAMES = new NamespaceNames(read("{\"/\": {}, \"/orders-7\": {},"
                    + " \"/orders-*\": {\"auth\": \"none\", \"most\": 3}, \"/*\": {}, \"/*/rooms/*.live\": {}}")
            .namespaces());

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/orders-7, /orders-7",
        "/orders-8, /orders-*",
        "/orders-a.b_c~d-e, /orders-*",
        "/orders, /*",
        "/x/rooms/y.live, /*/rooms/*.live",
    })
    void find_ofAName_isTheOneThatSaysMost(String name, String declared) {
        assertThat(NAMES.find(name)).hasValueSatisfying(found -> {
            assertThat(found.name()).isEqualTo(name);
            assertThat(found.declared()).isEqualTo(declared);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/orders-*", "/*", "/orders-1/x", "/x/rooms/y", "/..", "/a b", "/ä", "", "orders-1", "/orders-8/"
            })
    void find_ofWhatFitsNothing_isEmpty(String name) {
        assertThat(NAMES.find(name)).isEmpty();
    }

    @Test
    void find_ofALongName_isEmpty() {
        assertThat(NAMES.find("/orders-" + "1".repeat(300))).isEmpty();
    }

    @Test
    void pattern_hasTheSettingsAndNoMounts() {
        NamespaceConfig found = NAMES.find("/orders-8").orElseThrow();
        assertThat(found.auth()).isEqualTo(NamespaceConfig.Auth.NONE);
        assertThat(found.ws()).isEmpty();
        assertThat(found.sockjs()).isEmpty();
        assertThat(found.pattern()).hasValue(new NamespacePattern("/orders-*", 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"/a-*\": {\"ws\": \"/x/ws\"}} | namespaces./a-*.ws",
                "{\"/a-*\": {\"resume\": {}}} | namespaces./a-*.resume",
                "{\"/a-*\": {\"most\": 0}} | namespaces./a-*.most",
                "{\"/a\": {\"most\": 5}} | namespaces./a.most",
                "{\"/a-**\": {}} | namespaces./a-**",
                "{\"a-*\": {}} | namespaces.a-*",
                "{\"/a*//b\": {}} | namespaces./a*//b",
            })
    void pattern_thatCannotBe_isAFault(String namespaces, String path) {
        assertThatThrownBy(() -> read(namespaces)).hasMessageContaining(path);
    }
}
