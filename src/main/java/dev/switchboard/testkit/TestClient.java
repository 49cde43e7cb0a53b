package dev.switchboard.testkit;

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
import java.util.concurrent.ConcurrentSkipListMap;
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
    private record Asked(Dialect.Said question, CompletableFuture<Payload> answer) {}

    private final Visit visit;
    private final Dialect dialect;
    private final Wait wait;
    private final Inbox inbox = new Inbox();
    private final Places places = new Places();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Asked> asked = new ConcurrentSkipListMap<>();
    private final Map<String, Function<Payload, @Nullable Object>> answers = new ConcurrentHashMap<>();
    private volatile Arrival arrival;

    TestClient(TestNode node, Visit visit, Codec codec, Wait wait) {
        this.visit = visit;
        this.dialect = Dialect.of(codec);
        this.wait = wait;
        this.arrival = arrive(node, false);
    }

    private Arrival arrive(TestNode node, boolean again) {
        Arrival fresh = new Arrival(node, visit, again, this::take, this::ended);
        node.takes(this);
        return fresh;
    }

    private void ended(CloseReason reason) {
        inbox.end(", and it was closed: " + reason.code() + " " + reason.text());
    }

    // ---- what it hears; on the event loop of the hub, or the thread that releases what was held

    private void take(Network from, Frame frame) {
        Dialect.Heard heard = dialect.read(frame);
        if (heard.event().isEmpty()) {
            answered(heard);
        } else if (heard.event().equals("open")) {
            places.opened(heard.data().object());
        } else if (!heard.event().equals("close")) {
            places.has(heard.at());
            Function<Payload, @Nullable Object> answer = heard.id() > 0 ? answers.get(heard.event()) : null;
            if (answer != null) {
                Payload data = Payload.of(answer.apply(heard.data()));
                from.send(dialect.answer(heard.id(), data));
            }
            inbox.add(heard.event(), heard.data());
        }
    }

    private void answered(Dialect.Heard heard) {
        Asked waiting = asked.remove(heard.id());
        JsonObject error = heard.error();
        if (waiting == null) {
            return;
        }
        if (error == null) {
            waiting.answer().complete(heard.data());
        } else {
            EventException fault = new EventException(error.getString("code"), error.getString("message"));
            waiting.answer()
                    .completeExceptionally(error.containsKey("data") ? fault.with(error.getValue("data")) : fault);
        }
    }

    private void send(Dialect.Said said) {
        arrival.network().send(said);
    }

    // ---- what it does

    /** The id of its socket, by which handlers know it. */
    public String id() {
        return wait.on("an id", arrival.line().id());
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
        Dialect.Said question = dialect.event(event, Payload.of(data), id);
        asked.put(id, new Asked(question, answer));
        send(question);
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
        arrival.node().settle();
        return inbox.take(event);
    }

    /** What lies between the node and this client, until it comes back. */
    public Network network() {
        return arrival.network();
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
        arrival.end(reason);
    }

    /** Its node is lost: it is, too, and nobody tells the node. */
    void lose() {
        arrival.lose(CloseReason.BROKEN);
    }

    /** Awaits its end, and tells why. */
    public CloseReason awaitClosed() {
        return wait.on("the end of the connection", arrival.closed());
    }

    /** The same on the node that it was on. */
    public boolean comeBack() {
        return comeBack(arrival.node());
    }

    /**
     * Comes back, after it has broken off unless that is done, and waits until it is let in. Where the namespace has {@code
     * resume} it says which socket it was and what it has, as a real client does, is sent what it missed, and asks again what
     * was not answered.
     *
     * @param on which node of the cluster
     * @return whether it is the socket that it was; else it is a new one, and has missed what was emitted meanwhile
     */
    public boolean comeBack(TestNode on) {
        if (!arrival.isClosed()) {
            breakOff();
        }
        arrival.network().end();
        JsonObject former = places.former();
        arrival.node().forgets(this);
        inbox.begin();
        arrival = arrive(on, !former.isEmpty());
        if (!former.isEmpty()) {
            send(dialect.auth(former));
        }
        on.awaitOpen(this);
        boolean resumed = !former.isEmpty() && places.isResumed();
        if (resumed) {
            asked.values().forEach(one -> send(one.question()));
        }
        return resumed;
    }

    MemoryLine line() {
        return arrival.line();
    }

    boolean isClosed() {
        return arrival.isClosed();
    }
}
