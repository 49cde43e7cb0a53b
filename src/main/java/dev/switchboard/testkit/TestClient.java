package dev.switchboard.testkit;

import dev.switchboard.transport.memory.MemoryConnection;
import dev.switchboard.transport.memory.MemoryLine;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client of a {@link TestNode}, with the verbs of {@code switchboard.js}.
 *
 * <pre>{@code
 * TestClient ann = node.connect("ann");
 * TestClient bob = node.connect("bob");
 * ann.emit("new message", "hi");
 * assertEquals("hi", bob.next("new message").string());
 * assertEquals(List.of(), ann.heard("new message"));     // once all is done that anybody asked for
 * }</pre>
 *
 * <p>For the thread of the test. In a namespace of the text dialect every message is the event {@code message}, and there
 * are no answers.
 */
public final class TestClient {
    private final TestNode node;
    private final Dialect dialect;
    private final Wait wait;
    private final Inbox inbox = new Inbox();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<Payload>> asked = new ConcurrentHashMap<>();
    private final Map<String, Function<Payload, @Nullable Object>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final Network network;
    private final MemoryLine line;

    /** @param connect opens the connection of what it is given */
    TestClient(TestNode node, Codec codec, Wait wait, Function<MemoryConnection.Peer, MemoryLine> connect) {
        this.node = node;
        this.dialect = Dialect.of(codec);
        this.wait = wait;
        this.network = new Network(node.vertx(), this::take);
        Network between = network;
        this.line = connect.apply(new MemoryConnection.Peer() {
            @Override
            public void received(Frame frame) {
                frame.parts().forEach(between::carry);
            }

            @Override
            public void closed(CloseReason reason) {
                ended(reason);
            }
        });
        network.between(line);
    }

    // ---- what it hears; on the event loop of the hub, or the thread that releases what was held

    private void take(Frame frame) {
        Dialect.Heard heard = dialect.read(frame);
        if (heard.event().isEmpty()) {
            answered(heard);
        } else if (!heard.event().equals("open") && !heard.event().equals("close")) {
            Function<Payload, @Nullable Object> answer = heard.id() > 0 ? answers.get(heard.event()) : null;
            if (answer != null) {
                Payload data = Payload.of(answer.apply(heard.data()));
                send(dialect.answer(heard.id(), data));
            }
            inbox.add(heard.event(), heard.data());
        }
    }

    private void answered(Dialect.Heard heard) {
        CompletableFuture<Payload> waiting = asked.remove(heard.id());
        JsonObject error = heard.error();
        if (waiting == null) {
            return;
        }
        if (error == null) {
            waiting.complete(heard.data());
        } else {
            EventException fault = new EventException(error.getString("code"), error.getString("message"));
            waiting.completeExceptionally(error.containsKey("data") ? fault.with(error.getValue("data")) : fault);
        }
    }

    private void send(Dialect.Said said) {
        line.send(said.bytes().getBytes(), said.binary());
    }

    // ---- what it does

    /** The id of its socket, by which handlers know it. */
    public String id() {
        return wait.on("an id", line.id());
    }

    /** Sends an event without data, and waits for nothing. */
    public TestClient emit(String event) {
        send(dialect.event(event, Payload.absent(), 0));
        return this;
    }

    /** Sends an event, and waits for nothing; a failure comes as the event {@code error}. */
    public TestClient emit(String event, @Nullable Object data) {
        send(dialect.event(event, Payload.of(data), 0));
        return this;
    }

    /** Sends an event without data and awaits its answer. */
    public Payload ask(String event) {
        return ask(event, Payload.absent());
    }

    /**
     * Sends an event and awaits its answer; absent when the handler gives none.
     *
     * @throws EventException what it failed with: the handler's own, or such as {@code NO_HANDLER}
     */
    public Payload ask(String event, @Nullable Object data) {
        long id = ids.incrementAndGet();
        CompletableFuture<Payload> answer = new CompletableFuture<>();
        asked.put(id, answer);
        send(dialect.event(event, Payload.of(data), id));
        return wait.on("the answer to \"" + event + "\"", answer);
    }

    /** Answers what the server asks it by this event, each time; it hears the event all the same. */
    public TestClient answers(String event, Function<Payload, @Nullable Object> answer) {
        answers.put(event, answer);
        return this;
    }

    /** The oldest event of this name that the test has not taken yet, which it awaits. */
    public Payload next(String event) {
        return inbox.next(event, wait.limit());
    }

    /** Settles, and takes all events of this name that are there then: none, if it was not to hear any. */
    public List<Payload> heard(String event) {
        node.settle();
        return inbox.take(event);
    }

    /** What lies between the node and this client. */
    public Network network() {
        return network;
    }

    // ---- its end

    /** Says good-bye. */
    public void close() {
        end(CloseReason.NORMAL);
    }

    /** Breaks off, as a client does that loses its network. */
    public void breakOff() {
        end(CloseReason.BROKEN);
    }

    private void end(CloseReason reason) {
        line.end(reason);
        ended(reason);
    }

    private void ended(CloseReason reason) {
        if (closed.complete(reason)) {
            inbox.end(", and it was closed: " + reason.code() + " " + reason.text());
        }
    }

    /** Its node is lost: it is, too, and nobody tells the node. */
    void lose() {
        ended(CloseReason.BROKEN);
    }

    /** Awaits its end, and tells why. */
    public CloseReason awaitClosed() {
        return wait.on("the end of the connection", closed);
    }

    MemoryLine line() {
        return line;
    }

    boolean isClosed() {
        return closed.isDone();
    }
}
