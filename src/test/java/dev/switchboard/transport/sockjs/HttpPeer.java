package dev.switchboard.transport.sockjs;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A TCP connection on which HTTP is written byte by byte and read chunk by chunk. Blocks, with a deadline. */
final class HttpPeer implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 20_000;

    /** An answer; the names of its headers are in lower case. */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean has(String name) {
            return headers.containsKey(name);
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    HttpPeer(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(DEADLINE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request on a connection of its own. */
    static Answer ask(int port, String method, String target, String body, String... headers) {
        try (HttpPeer peer = new HttpPeer(port)) {
            return peer.ask(method, target, body, headers);
        }
    }

    Answer ask(String method, String target, String body, String... headers) {
        return send(method, target, body, headers).answer();
    }

    HttpPeer send(String method, String target, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String length = method.equals("POST") ? "Content-Length: " + bytes.length + "\r\n" : "";
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        write(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\n" + length + more
                + "\r\n" + body);
        return this;
    }

    /** Writes what the test says, HTTP or not. */
    HttpPeer write(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a whole answer. */
    Answer answer() {
        Answer head = head();
        StringBuilder body = new StringBuilder();
        if (head.header("transfer-encoding").equals("chunked")) {
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                body.append(chunk);
            }
        } else {
            body.append(read(Integer.parseInt(head.headers().getOrDefault("content-length", "0"))));
        }
        return new Answer(head.status(), head.headers(), body.toString());
    }

    /** Reads the head of an answer. */
    Answer head() {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(": *", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        return new Answer(status, headers, "");
    }

    /** The next chunk of the body; empty at its end. */
    String chunk() {
        String chunk = read(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    String read(int length) {
        try {
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on to the end of the connection; what came until then. */
    String rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                rest.write(next);
            }
        } catch (EOFException | SocketException reset) {
            // the end, too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rest.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
