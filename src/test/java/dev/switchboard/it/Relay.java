package dev.switchboard.it;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A network that breaks when a test says so: passes each connection on to the next node of a server. For any thread. */
final class Relay implements AutoCloseable {
    private final Nodes server;
    private final NetServer in;
    private final NetClient out;
    private final Queue<NetSocket> ends = new ConcurrentLinkedQueue<>();
    private final AtomicInteger passed = new AtomicInteger();
    private volatile boolean down;

    Relay(Vertx vertx, Nodes server) {
        this.server = server;
        out = vertx.createNetClient();
        in = TestServer.await(vertx.createNetServer().connectHandler(this::pass).listen(0, "127.0.0.1"));
    }

    private void pass(NetSocket client) {
        if (down) {
            client.close();
            return;
        }
        passed.incrementAndGet();
        client.pause();
        out.connect(server.nextPort(), "127.0.0.1").onComplete(connected -> {
            if (connected.failed()) {
                client.close();
                return;
            }
            NetSocket far = connected.result();
            join(client, far);
            join(far, client);
            client.resume();
        });
    }

    private void join(NetSocket from, NetSocket to) {
        ends.add(from);
        from.handler(to::write);
        from.closeHandler(v -> {
            ends.remove(from);
            to.close();
        });
    }

    String url() {
        return "http://127.0.0.1:" + in.actualPort();
    }

    /** How many connections it has taken. */
    int passed() {
        return passed.get();
    }

    /** Ends all connections without a word, and takes none until it is {@link #mend mended}. */
    void cut() {
        down = true;
        TestServer.await(Future.all(ends.stream().map(NetSocket::close).toList()));
    }

    void mend() {
        down = false;
    }

    /** Nothing goes through the connections of now any more, and nobody is told. */
    void freeze() {
        ends.forEach(NetSocket::pause);
    }

    @Override
    public void close() {
        TestServer.await(Future.all(in.close(), out.close()));
    }
}
