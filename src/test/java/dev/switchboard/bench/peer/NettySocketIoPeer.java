package dev.switchboard.bench.peer;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;

/** netty-socketio, over WebSocket alone. */
public final class NettySocketIoPeer {
    private static final String USER = "user:";

    private NettySocketIoPeer() {}

    public static void main(String[] arguments) throws IOException {
        int port = freePort();
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(1);
        configuration.setUseLinuxNativeEpoll(true);
        configuration.setTransports(Transport.WEBSOCKET);
        configuration.setWebsocketCompression(false);
        configuration.getSocketConfig().setTcpNoDelay(true);
        SocketIOServer server = new SocketIOServer(configuration);
        Guard guard = new Guard();
        server.getNamespace("").addAuthTokenListener((data, client) -> {
            String user = guard.user((String) ((Map<?, ?>) data).get("token"));
            client.joinRoom(USER + user);
            return user.isEmpty()
                    ? new AuthTokenResult(false, "Invalid token")
                    : AuthTokenResult.AuthTokenResultSuccess;
        });
        server.addEventListener("echo", Object.class, (client, data, ack) -> client.sendEvent("echo", data));
        server.addEventListener(
                "broadcast",
                Object.class,
                (client, data, ack) -> server.getBroadcastOperations().sendEvent("broadcast", data));
        server.addEventListener("join", String.class, (client, room, ack) -> {
            client.joinRoom(room);
            ack.sendAckData();
        });
        server.addEventListener(
                "room",
                Map.class,
                (client, data, ack) ->
                        server.getRoomOperations((String) data.get("room")).sendEvent("room", data.get("data")));
        server.addEventListener("private", Map.class, (client, data, ack) -> {
            SocketIOClient to = server.getClient(UUID.fromString((String) data.get("to")));
            if (to != null) {
                to.sendEvent("private", data.get("data"));
            }
        });
        server.addEventListener(
                "user",
                Map.class,
                (client, data, ack) ->
                        server.getRoomOperations(USER + data.get("to")).sendEvent("user", data.get("data")));
        server.start();
        System.out.println("netty-socketio is at http://localhost:" + port);
    }

    /** It does not tell which port it took. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
