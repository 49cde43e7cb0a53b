package dev.switchboard.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlSocketTest {
    private static SocketChannel connect(RunDirectory directory) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(directory.ofThisProcess()));
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
