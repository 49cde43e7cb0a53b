package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountsTest {
    @ParameterizedTest
    @CsvSource({"sockjs,\"/\"", "sockjs,\"x\"", "ws,\"/x/\"", "ws,true", "ws,1", "ws,null", "ws,\"\""})
    void mounts_noPath_isAFault(String key, String value) {
        assertThat(refusal("{\"namespaces\": {\"/\": {\"" + key + "\": " + value + "}}}")
                        .faults())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.path()).isEqualTo("namespaces./." + key);
                    assertThat(fault.message())
                            .startsWith("must be an absolute path such as \"/chat/" + key + "\", or false, not ");
                });
    }

    @Test
    void mounts_pathOfTheRoot_isTakenForWebSocket() {
        assertThat(read("{\"namespaces\": {\"/\": {\"ws\": \"/\"}}}")
                        .namespaces()
                        .get("/")
                        .ws())
                .contains("/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"/": {}, "/a": {"ws": "/ws"}}         | namespaces./a.ws | must not be /ws, since namespaces./.ws is /ws
            {"/": {}, "/sockjs": {"sockjs":false}} | namespaces./sockjs.ws | must not be /sockjs/ws, since namespaces./.sockjs is /sockjs
            {"/sockjs": {"ws":false}, "/": {}}     | namespaces./.sockjs | must not be /sockjs, since namespaces./sockjs.sockjs is /sockjs/sockjs
            {"/": {"ws": "/sockjs"}}               | namespaces./.ws | must not be /sockjs, since namespaces./.sockjs is /sockjs
            {"/": {"ws": "/token"}}                | namespaces./.ws | must not be /token, since the server itself owns /token
            {"/": {"ws": "/socket.io/x"}}          | namespaces./.ws | must not be /socket.io/x, since the server itself owns /socket.io
            {"/health": {"ws": false}}             | namespaces./health.sockjs | must not be /health/sockjs, since the server itself owns /health
            {"/": {"sockjs": "/metrics"}}          | namespaces./.sockjs | must not be /metrics, since the server itself owns /metrics
            {"/": {"sockjs": "/eventbus"}}         | namespaces./.sockjs | must not be /eventbus, since the server itself owns /eventbus
            {"/": {"sockjs": "/admin"}}            | namespaces./.sockjs | must not be /admin, since the server itself owns /admin
            """)
    void mounts_pathThatIsTaken_isAFault(String namespaces, String path, String message) {
        assertThat(refusal("{\"namespaces\": " + namespaces + "}").faults()).containsExactly(new Fault(path, message));
    }

    @Test
    void mounts_likeThoseOfTheServer_areTaken() {
        assertThat(read("{\"namespaces\": {\"/tokens\": {}, \"/a/token\": {}}}").namespaces())
                .hasSize(2);
    }
}
