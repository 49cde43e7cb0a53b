package dev.switchboard.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.fuzz.Fuzz;
import dev.switchboard.fuzz.Garble;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlSocketTest {
    private static SocketChannel connect(RunDirectory directory) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(directory.ofThisProcess()));
    }

    private static ControlSocket open(RunDirectory directory, Function<JsonObject, Future<JsonObject>> desk)
            throws IOException {
        return ControlSocket.open(directory, desk, Duration.ofMillis(500));
    }

    private static void assertServes(RunDirectory directory) throws IOException {
        try (SocketChannel client = connect(directory)) {
            ControlSocket.write(client, new JsonObject().put("do", "list"));
            assertThat(new JsonObject(ControlSocket.readLine(client)).isEmpty()).isFalse();
        }
    }

    @Test
    void endlessLine_isCutOff(@TempDir Path folder) throws Exception {
        RunDirectory directory = new RunDirectory(folder.resolve("run"));
        ByteBuffer part = ByteBuffer.allocate(64 * 1024);
        try (ControlSocket socket = ControlSocket.open(
                        directory, request -> Future.succeededFuture(request), Duration.ofSeconds(60));
                SocketChannel client = connect(directory)) {
            assertThatThrownBy(() -> {
                        for (int n = 0; n < 64; n++) {
                            client.write(part.clear());
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertServes(directory);
            assertThat(socket).isNotNull();
        }
    }

    @Test
    void answersThatNobodyReads_keepNobodyOut(@TempDir Path folder) throws Exception {
        RunDirectory directory = new RunDirectory(folder.resolve("run"));
        List<SocketChannel> deaf = new ArrayList<>();
        try (ControlSocket socket = open(
                directory,
                request -> Future.succeededFuture(
                        request.isEmpty() ? request.put("much", "x".repeat(900_000)) : request))) {
            for (int n = 0; n < 8; n++) {
                deaf.add(connect(directory));
                ControlSocket.write(deaf.get(n), new JsonObject());
            }

            assertServes(directory);
            assertThat(socket).isNotNull();
        } finally {
            for (SocketChannel one : deaf) {
                one.close();
            }
        }
    }

    @Test
    void requestThatTheDeskCannotTake_isAnswered(@TempDir Path folder) throws Exception {
        RunDirectory directory = new RunDirectory(folder.resolve("run"));
        try (ControlSocket socket = open(directory, request -> {
                    throw new IllegalArgumentException("a path has a NUL");
                });
                SocketChannel client = connect(directory)) {
            ControlSocket.write(client, new JsonObject());

            assertThat(new JsonObject(ControlSocket.readLine(client)).getString("fault"))
                    .isEqualTo("the request is not understood");
            assertThat(socket).isNotNull();
        }
    }

    @Test
    void requests_ofAnyBytes_areAnsweredOrCutOff(@TempDir Path folder) throws Exception {
        RunDirectory directory = new RunDirectory(folder.resolve("run"));
        try (ControlSocket socket = open(
                directory, request -> Future.succeededFuture(request.put("seen", request.getJsonObject("data"))))) {
            new Fuzz<>("control socket", Garble.of(garble -> garble.changed(garble.json(3) + "\n")), (byte[] bytes) -> {
                        try (SocketChannel client = connect(directory)) {
                            client.write(ByteBuffer.wrap(bytes));
                            client.shutdownOutput();
                            assertThat(new JsonObject(ControlSocket.readLine(client)).isEmpty())
                                    .isFalse();
                        } catch (IOException cutOff) {
                            assertThat(new String(bytes, ISO_8859_1)).doesNotEndWith("\n");
                        }
                    })
                    .run(1, 500);
            assertThat(socket).isNotNull();
        }
    }

    @Test
    void silentConnections_areHungUpOn_andKeepNobodyOut(@TempDir Path folder) throws Exception {
        RunDirectory directory = new RunDirectory(folder.resolve("run"));
        List<SocketChannel> silent = new ArrayList<>();
        try (ControlSocket socket = ControlSocket.open(
                directory, request -> Future.succeededFuture(request.put("seen", true)), Duration.ofMillis(100))) {
            for (int n = 0; n < 20; n++) {
                silent.add(connect(directory));
            }

            try (SocketChannel client = connect(directory)) {
                ControlSocket.write(client, new JsonObject().put("do", "list"));
                assertThat(new JsonObject(ControlSocket.readLine(client)).getBoolean("seen"))
                        .isTrue();
            }
            assertThat(socket).isNotNull();
        } finally {
            for (SocketChannel one : silent) {
                one.close();
            }
        }
    }
}
