package dev.switchboard.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.fuzz.Fuzz;
import dev.switchboard.fuzz.Garble;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;

/**
 * Peers that send frames of all sorts to a real server, byte by byte: what it says to them are frames of RFC 6455, the end
 * has a code of the table or of the peer, nothing is logged, nobody else suffers, and nothing of them stays.
 */
public final class FrameFuzz implements AutoCloseable {
    private static final List<String> PATHS =
            List.of("/ws", "/ws", "/ws", "/text/ws", "/sockjs/websocket", "/sockjs/000/abcdefgh/websocket", "/nothing");
    private static final Set<Integer> CODES = Set.of(1000, 1001, 1002, 1003, 1005, 1007, 1009, 4000, 4008, 4400);
    private static final int THREADS = 48;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Troubles troubles = new Troubles();
    private final TestServer server = TestServer.start(new JsonObject("""
            {"namespaces": {"/": {"auth": "none"}, "/text": {"auth": "none", "dialect": "text"}},
             "limits": {"message": "64KiB", "badFrames": 10}}"""));
    private final Clients clients = new Clients(server, Transport.JDK_WEBSOCKET);
    private final TestClient healthy;
    private final long before;

    /** What a peer does. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Peer(String path, byte[] bytes, boolean whole, boolean rude) {
        @Override
        public String toString() {
            return path + (whole ? " whole" : "") + (rude ? " rude" : "") + " "
                    + HexFormat.of().formatHex(bytes);
        }
    }

    public FrameFuzz() {
        server.handle(on -> on.event("echo", (socket, data) -> data)
                .event("message", (socket, data) -> socket.emit("message", data)));
        server.handle(
                "/text",
                1,
                io.vertx.core.ThreadingModel.WORKER,
                on -> on.event("message", (socket, data) -> socket.emit("message", data)));
        healthy = clients.open();
        run(-1_000, 50); // what is made only once is there
        before = heap();
    }

    /** So many peers, some at once. */
    public void run(long seed, long peers) {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            Deque<Future<?>> atWork = new ArrayDeque<>();
            // Inputs are made by one thread at a time; so they are made here, and conversed with there.
            new Fuzz<>("frames", Garble.of(FrameFuzz::peer), peer -> {
                        if (atWork.size() == 2 * THREADS) {
                            atWork.remove().get();
                        }
                        atWork.add(pool.submit(() -> converseOrTell(peer)));
                    })
                    .run(seed, peers);
            for (Future<?> one : atWork) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            pool.shutdownNow();
        }
        assertThat(healthy.answer("echo", seed)).isNotNull();
        assertThat(troubles.all()).isEmpty();
    }

    private void converseOrTell(Peer peer) {
        try {
            converse(peer);
        } catch (Exception | Error fault) {
            throw new AssertionError(peer.toString(), fault);
        }
    }

    /** How many sockets there are beside the healthy one, and by how many bytes the heap has grown. */
    public long assertNothingStays() {
        Awaitility.await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
            assertThat(TestServer.await(server.namespace("/").all().sockets())).hasSize(1);
            assertThat(TestServer.await(server.namespace("/text").all().sockets()))
                    .isEmpty();
        });
        Awaitility.await()
                .atMost(Inbox.DEADLINE)
                .untilAsserted(() ->
                        assertThat(heap() - before).as("growth of the heap").isLessThan(8L << 20));
        assertThat(troubles.all()).isEmpty();
        return heap() - before;
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    // ---- what peers send

    private static Peer peer(Garble garble) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean tidy = garble.once(3);
        boolean whole = true;
        for (int n = garble.below(12); n > 0 && whole; n--) {
            whole = tidy ? message(garble, bytes) : frame(garble, bytes);
        }
        return new Peer(garble.oneOf(PATHS), bytes.toByteArray(), whole, garble.once(10));
    }

    /** A message in fragments as they are allowed, with control frames in between. */
    private static boolean message(Garble garble, ByteArrayOutputStream out) {
        byte[] message = payload(garble);
        int parts = 1 + garble.below(4);
        for (int part = 0; part < parts; part++) {
            int from = message.length * part / parts;
            int to = message.length * (part + 1) / parts;
            int head = (part == 0 ? garble.once(8) ? 2 : 1 : 0) | (part == parts - 1 ? 0x80 : 0);
            write(out, head, java.util.Arrays.copyOfRange(message, from, to), to - from, true, garble);
            if (garble.once(4)) {
                write(out, garble.once(2) ? 0x89 : 0x8A, garble.bytes(125), -1, true, garble);
            }
        }
        return true;
    }

    private static byte[] payload(Garble garble) {
        return switch (garble.below(6)) {
            case 0 -> garble.bytes(300);
            case 1 -> garble.changed(garble.json(3));
            case 2 -> garble.changed("[\"{\\\"event\\\":\\\"echo\\\"}\"]");
            case 3 -> garble.once(20) ? new byte[60_000 + garble.below(10_000)] : new byte[garble.below(3)];
            default ->
                garble.changed("{\"event\":\"echo\",\"data\":" + garble.json(2) + ",\"id\":" + garble.below(99) + "}");
        };
    }

    /** Whether the frame is complete. */
    private static boolean frame(Garble garble, ByteArrayOutputStream out) {
        if (garble.once(10)) {
            out.writeBytes(garble.bytes(20));
            return false;
        }
        int opcode = garble.once(3) ? garble.below(16) : garble.oneOf(List.of(0, 1, 1, 1, 2, 8, 9, 10));
        int head = (garble.once(4) ? 0 : 0x80) | (garble.once(12) ? garble.below(8) << 4 : 0) | opcode;
        byte[] payload = opcode == 8 ? closing(garble) : payload(garble);
        boolean honest = !garble.once(15);
        long length = honest ? -1 : garble.once(2) ? Long.MIN_VALUE >> garble.below(40) : garble.below(100_000);
        write(out, head, payload, length, !garble.once(15), garble);
        return honest;
    }

    private static byte[] closing(Garble garble) {
        byte[] reason = garble.once(2) ? garble.text(5).getBytes(UTF_8) : garble.bytes(8);
        ByteBuffer close = ByteBuffer.allocate(2 + reason.length);
        close.putShort(
                (short) garble.oneOf(List.of(1000, 1001, 1005, 1006, 1015, 999, 0, 3000, 4999, 5000, 65535, 1012))
                        .intValue());
        close.put(reason);
        return garble.once(4) ? garble.bytes(1) : close.array();
    }

    private static void write(
            ByteArrayOutputStream out, int head, byte[] payload, long given, boolean masked, Garble garble) {
        long length = given == -1 ? payload.length : given;
        int mask = masked ? 0x80 : 0;
        int form = garble.once(30) ? garble.below(3) : length < 0 || length > 0xFFFF ? 2 : length > 125 ? 1 : 0;
        out.write(head);
        if (form == 0) {
            out.write(mask | ((int) length & 0x7F));
        } else if (form == 1) {
            out.write(mask | 126);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
        } else {
            out.write(mask | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
        }
        byte[] key = {
            (byte) garble.below(256), (byte) garble.below(256), (byte) garble.below(256), (byte) garble.below(256)
        };
        if (masked) {
            out.writeBytes(key);
        }
        for (int n = 0; n < payload.length; n++) {
            out.write(masked ? payload[n] ^ key[n % 4] : payload[n]);
        }
    }

    // ---- what they hear

    private void converse(Peer peer) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String path = peer.path().replace("abcdefgh", "s" + System.nanoTime());
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(ISO_8859_1));
            DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
            skipHead(in);
            try {
                socket.getOutputStream().write(peer.bytes());
                if (peer.rude()) {
                    socket.setSoLinger(true, 0);
                    return;
                }
                if (peer.whole()) {
                    socket.getOutputStream()
                            .write(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xE8});
                } else {
                    socket.shutdownOutput(); // nobody needs to be told anything any more
                }
            } catch (SocketException closedAlready) {
                // it has told why; that is read below if it came through
            }
            hear(in, peer.whole());
        }
    }

    private static void skipHead(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
    }

    /** Reads to the end: frames as a server may send them, and the last closes. */
    private static void hear(DataInputStream in, boolean whole) throws IOException {
        boolean closed = false;
        try {
            for (int head = in.read(); head >= 0; head = in.read()) {
                if (closed && (head & 0x0F) != 10) { // it still answers pings
                    byte[] rest = in.readNBytes(Math.min(80, in.available()));
                    throw new AssertionError("after the close frame: " + head + " " + new String(rest, ISO_8859_1));
                }
                assertThat(head & 0xF0).as("final, and no reserved bits").isEqualTo(0x80);
                int length = in.readUnsignedByte();
                long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
                assertThat(size).as("unmasked, and of some size").isBetween(0L, 1L << 20);
                byte[] payload = new byte[(int) size];
                in.readFully(payload);
                switch (head & 0x0F) {
                    case 1 -> decode(payload, 0);
                    case 2 -> {}
                    case 9, 10 -> assertThat(payload.length).isLessThan(126);
                    case 8 -> {
                        closed = true;
                        assertCloses(payload);
                    }
                    default -> throw new AssertionError("opcode " + (head & 0x0F));
                }
            }
        } catch (EOFException | SocketException reset) {
            return; // it had sent more than the server cared to read
        }
        assertThat(closed || !whole).as("a close frame").isTrue();
    }

    private static void assertCloses(byte[] payload) {
        int code = payload.length == 0 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        boolean own = (code >= 3000 && code <= 4999) || code == 1012;
        assertThat(own || CODES.contains(code)).as("close code " + code).isTrue();
        decode(payload, Math.min(2, payload.length));
    }

    private static void decode(byte[] text, int from) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text, from, text.length - from));
        } catch (CharacterCodingException e) {
            throw new AssertionError("no UTF-8: " + new String(text, ISO_8859_1), e);
        }
    }

    @Override
    public void close() {
        clients.close();
        server.close();
        troubles.close();
    }
}
