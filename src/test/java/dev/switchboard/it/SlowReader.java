package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A client that reads only when it is told to, over any transport: what is not read stays with the server, but for what
 * the kernel keeps. It takes what comes for text in which it looks for what the test knows.
 */
final class SlowReader implements AutoCloseable {
    /** Every way to receive: a WebSocket path, or the last part of the path of a SockJS session. */
    enum Way {
        WS("/ws"),
        TEXT("/text/ws"),
        RAW("/sockjs/websocket"),
        SOCKJS("/sockjs/0/%s/websocket"),
        XHR_STREAMING("/sockjs/0/%s/xhr_streaming"),
        EVENTSOURCE("/sockjs/0/%s/eventsource"),
        HTMLFILE("/sockjs/0/%s/htmlfile?c=f"),
        XHR("/sockjs/0/%s/xhr"),
        JSONP("/sockjs/0/%s/jsonp?c=f");

        private final String path;

        Way(String path) {
            this.path = path;
        }

        boolean isHttp() {
            return path.contains("%s") && this != SOCKJS;
        }

        private String method() {
            return this == XHR || this == XHR_STREAMING ? "POST" : "GET";
        }
    }

    private final int port;
    private final Way way;
    private final String path;
    private final StringBuilder read = new StringBuilder();
    private RawPeer peer;

    SlowReader(int port, Way way) {
        this.port = port;
        this.way = way;
        this.path = way.path.formatted(UUID.randomUUID());
        this.peer = connect();
        if (way.isHttp() && way != Way.XHR_STREAMING) {
            // The first poll gets no more than the greeting, and a stream its prelude.
            readUntil("o");
        }
    }

    private RawPeer connect() {
        RawPeer fresh = RawPeer.small(port);
        if (way.isHttp()) {
            int status = fresh.request(way.method() + " " + path
                    + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + (way.method().equals("POST") ? "Content-Length: 0\r\n\r\n" : "\r\n"));
            assertThat(status).isEqualTo(200);
        } else {
            assertThat(fresh.upgrade(path, "")).isEqualTo(101);
        }
        return fresh;
    }

    /** Reads on until one of these has come, by new requests where one does not bring it all; returns all that came. */
    String readUntil(String... ends) {
        while (List.of(ends).stream().noneMatch(end -> read.indexOf(end) >= 0)) {
            String some = peer.some();
            read.append(some);
            if (some.isEmpty()) {
                assertThat(way.isHttp()).as("it goes on; there came %s", read).isTrue();
                peer.close();
                peer = connect();
            }
        }
        return read.toString();
    }

    /** The numbers that have come, as {@code n=5;}. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        Pattern.compile("n=(\\d+);")
                .matcher(read)
                .results()
                .forEach(found -> numbers.add(Integer.parseInt(found.group(1))));
        return numbers;
    }

    @Override
    public void close() {
        peer.close();
    }
}
