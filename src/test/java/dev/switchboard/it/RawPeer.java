package dev.switchboard.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A TCP connection whose every byte is the test's own: requests that no client would send, frames that break RFC 6455, a
 * peer that does not read. Blocks, with a deadline.
 */
final class RawPeer implements AutoCloseable {
    static final int TEXT = 0x81;
    static final int TEXT_PART = 0x01;
    static final int CONTINUATION = 0x00;
    static final int LAST_CONTINUATION = 0x80;
    static final int BINARY = 0x82;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;
    static final int PONG = 0x8A;

    /** A frame of the server. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(int head, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        Closed closed() {
            int code = payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
            String reason = payload.length < 2 ? "" : text(2);
            return new Closed(code, reason);
        }

        private String text(int from) {
            return new String(payload, from, payload.length - from, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /** Headers of the last answer, names in lower case. */
    private final Map<String, String> headers = new HashMap<>();

    private RawPeer(int port, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout((int) Inbox.DEADLINE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawPeer connect(int port) {
        return new RawPeer(port, 0);
    }

    /** A peer whose WebSocket is open; its first message has been read. */
    static RawPeer open(int port, String path) {
        return upgraded(new RawPeer(port, 0), path);
    }

    /** A peer with so small a buffer that what it does not read soon stays with the server. */
    static RawPeer small(int port) {
        return new RawPeer(port, 4096);
    }

    private static RawPeer upgraded(RawPeer peer, String path) {
        int status = peer.upgrade(path, "");
        if (status != 101) {
            throw new AssertionError("upgrade answered " + status);
        }
        return peer;
    }

    /** Asks for a WebSocket; returns the status. */
    int upgrade(String path, String headers) {
        return request("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers + "\r\n");
    }

    /** Sends a request as it is; returns the status of the answer, whose head is read. */
    int request(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            String status = line();
            headers.clear();
            for (String header = line(); !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
            return Integer.parseInt(status.substring(9, 12));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A header of the last answer; null when it had none of this name. */
    String header(String name) {
        return headers.get(name);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** How long it waits for something to read. */
    void patience(Duration limit) {
        try {
            socket.setSoTimeout((int) limit.toMillis());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    void text(String message) {
        frame(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a masked frame (the mask is zero) in one write. */
    void frame(int head, byte[] payload) {
        send(bytes(head, payload, payload.length, true));
    }

    /** The bytes of text frames, to be sent in one write. */
    static byte[] frames(String... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String message : messages) {
            byte[] payload = message.getBytes(StandardCharsets.UTF_8);
            all.writeBytes(bytes(TEXT, payload, payload.length, true));
        }
        return all.toByteArray();
    }

    /** Sends a frame whose header promises more than follows. */
    void frameOf(int head, long length, byte[] payload) {
        send(bytes(head, payload, length, true));
    }

    void unmasked(int head, byte[] payload) {
        send(bytes(head, payload, payload.length, false));
    }

    private static byte[] bytes(int head, byte[] payload, long length, boolean masked) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int mask = masked ? 0x80 : 0;
        bytes.write(head);
        if (length < 126) {
            bytes.write(mask | (int) length);
        } else if (length <= 0xFFFF) {
            bytes.write(mask | 126);
            bytes.write((int) length >> 8);
            bytes.write((int) length);
        } else {
            bytes.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes.write((int) (length >> shift));
            }
        }
        if (masked) {
            bytes.write(0);
            bytes.write(0);
            bytes.write(0);
            bytes.write(0);
        }
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    void send(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame; fails at the end of the connection. */
    Frame next() {
        try {
            int head = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            byte[] payload = new byte[(int) size];
            in.readFully(payload);
            return new Frame(head, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next text frame, pings and others skipped. */
    String nextText() {
        Frame frame = next();
        while (frame.head() != TEXT) {
            frame = next();
        }
        return frame.text();
    }

    /** Reads on to the close frame; fails when the connection ends without. */
    Closed awaitClose() {
        Frame frame = next();
        while (frame.head() != CLOSE) {
            frame = next();
        }
        return frame.closed();
    }

    /** The next bytes that come, one character each; empty when the connection has ended. */
    String some() {
        byte[] bytes = new byte[64 * 1024];
        try {
            int count = in.read(bytes);
            return count < 0 ? "" : new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until the connection ends, however; returns how many bytes came. */
    long awaitEnd() {
        byte[] rest = new byte[64 * 1024];
        long all = 0;
        try {
            for (int count = in.read(rest); count >= 0; count = in.read(rest)) {
                all += count;
            }
        } catch (EOFException | SocketException reset) {
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
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
