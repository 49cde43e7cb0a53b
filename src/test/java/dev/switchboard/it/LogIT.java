package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.EventVerticle;
import dev.switchboard.Events;
import dev.switchboard.launch.Program;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node logs, and how. */
class LogIT {
    /** A handler that fails. */
    public static final class Failing extends EventVerticle {
        @Override
        protected void events(Events on) {
            on.event("fail", (socket, data) -> {
                throw new IllegalStateException("on \"purpose\"\n" + data);
            });
        }
    }

    /** More than Vert.x hands to the kernel at once. */
    private static final int LARGE = 16 << 20;

    @TempDir
    private Path folder;

    private Program start(String format) throws IOException {
        Map<String, String> environment = Map.of("SWITCHBOARD_LOG_FORMAT", format);
        return LoggedNode.start(folder, Failing.class, List.of("fail"), environment, "-Dswitchboard.log=debug");
    }

    @Test
    void lines_areJson_withIdsAsFields() throws IOException {
        String token = Tokens.of("ann");
        try (Program program = start("json")) {
            try (Clients clients = new Clients(ForkedNode.serving(program), Transport.JDK_WEBSOCKET)) {
                TestClient ann = clients.open("/", Clients.query("token", token));
                ann.refusal("fail", "a secret of hers");

                JsonObject failed = LoggedNode.line(program, one -> "ERROR".equals(one.getString("level")));
                assertThat(failed.getString("formattedMessage")).endsWith("failed on the event \"fail\"");
                assertThat(failed.getJsonObject("mdc").getMap())
                        .containsOnly(
                                Map.entry("socket", ann.id()),
                                Map.entry("user", "ann"),
                                Map.entry("namespace", "/"),
                                Map.entry("event", "fail"));
                assertThat(failed.getJsonObject("throwable").getString("message"))
                        .startsWith("on \"purpose\"\n");
                JsonObject opens = LoggedNode.line(
                        program, one -> one.getString("formattedMessage").equals("A socket of / opens"));
                assertThat(opens.getJsonObject("mdc").getString("socket")).isEqualTo(ann.id());
                // Nothing of it stays with the thread.
                assertThat(program.out()
                                .lines()
                                .map(JsonObject::new)
                                .filter(one -> one.getString("formattedMessage").startsWith("Switchboard is at")))
                        .allSatisfy(one -> assertThat(one.getJsonObject("mdc")).isEmpty());
            }
            for (String part : token.split("\\.", 0)) {
                assertThat(program.out()).doesNotContain(part);
            }
            assertThat(program.out()).doesNotContain(Tokens.KEY);
        }
    }

    @Test
    void lines_unlessToldSo_areText_withTheIdsBehind() throws IOException {
        try (Program program = start("text");
                Clients clients = new Clients(ForkedNode.serving(program), Transport.JDK_WEBSOCKET)) {
            TestClient ben = clients.openAs("ben");
            ben.refusal("fail", 1);

            String ids = program.awaitOut(" ERROR Lanes - .* failed on the event \"fail\" \\[(.*)]\n", 1)
                    .get(0)
                    .group(1);
            assertThat(ids.split(", ", 0)).contains("user=ben", "socket=" + ben.id(), "event=fail");
        }
    }

    @Test
    void client_thatLeavesInTheMiddleOfALargeFile_isNoError() throws Exception {
        Files.write(folder.resolve("large.bin"), new byte[LARGE]);
        Map<String, String> environment = Map.of("SWITCHBOARD_HTTP_WEBROOT", folder.toString());
        try (Program program = LoggedNode.start(folder, Failing.class, List.of("fail"), environment)) {
            try (RawPeer peer = RawPeer.small(ForkedNode.serving(program).port())) {
                assertThat(peer.request("GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n"))
                        .isEqualTo(200);
            }
            program.terminate();
            assertThat(program.awaitExit()).isZero();
            assertThat(program.out()).contains("Switchboard is at").doesNotContain(" ERROR ");
        }
    }
}
