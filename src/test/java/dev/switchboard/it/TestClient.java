package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A client as a test sees it: what it says and what it hears, over whatever {@link Line}. */
final class TestClient implements Line.Listener {
    private final Transport transport;
    private final Inbox<String> inbox = new Inbox<>();
    private final CompletableFuture<String> opened = new CompletableFuture<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile Line line;

    TestClient(Transport transport) {
        this.transport = transport;
    }

    /** Goes on with the numbers of asks of another one, as a client that comes back does. */
    void countsOn(TestClient former) {
        ids.set(former.ids.get());
    }

    void speaksOver(Line given) {
        line = given;
    }

    // ---- what the line reports

    @Override
    public void opened(String name) {
        opened.complete(name);
    }

    @Override
    public void message(String text) {
        inbox.add(text);
    }

    @Override
    public void closed(Closed how) {
        closed.complete(how);
        opened.complete("");
        inbox.end("and it ended: " + how);
    }

    // ---- what the test says

    /** Waits until the connection below is there, or refused; tells what the client calls it. */
    String awaitConnected() {
        return get(opened, "a connection");
    }

    void send(String... messages) {
        line.send(List.of(messages));
    }

    void send(List<String> messages) {
        line.send(messages);
    }

    void emit(String event) {
        send(new JsonObject().put("event", event).encode());
    }

    void emit(String event, Object data) {
        send(message(event, data).encode());
    }

    static JsonObject message(String event, Object data) {
        return new JsonObject().put("event", event).put("data", data);
    }

    /** Sends an event and wants an answer; returns its id. */
    int ask(String event, Object data) {
        int id = ids.incrementAndGet();
        send(message(event, data).put("id", id).encode());
        return id;
    }

    /** Sends an event, awaits the answer and returns its data. */
    Object answer(String event, Object data) {
        JsonObject ack = ack(ask(event, data));
        assertThat(ack.getJsonObject("error")).as("error of " + event).isNull();
        return ack.getValue("data");
    }

    /** Sends an event, awaits the answer and returns its error. */
    JsonObject refusal(String event, Object data) {
        JsonObject ack = ack(ask(event, data));
        assertThat(ack.fieldNames()).containsExactlyInAnyOrder("ack", "error");
        return ack.getJsonObject("error");
    }

    void hangUp() {
        line.close(1000, "");
    }

    void hangUp(int code, String reason) {
        line.close(code, reason);
    }

    // ---- what the test hears

    /** Everything that came, in its order, as text. */
    Inbox<String> inbox() {
        return inbox;
    }

    /** All events of this name that came so far. */
    List<JsonObject> heard(String event) {
        return inbox.all().stream()
                .map(JsonObject::new)
                .filter(message -> event.equals(message.getString("event")))
                .toList();
    }

    /** The id of its socket, which is open; a test that needs it is aborted where the client is not told it. */
    String id() {
        assumeTrue(transport.tellsIds(), "the protocol does not tell the client the id of its socket");
        return heard("open").get(0).getJsonObject("data").getString("id");
    }

    /** The next event of this name. */
    JsonObject next(String event) {
        return new JsonObject(
                inbox.next("the event " + event, text -> event.equals(new JsonObject(text).getString("event"))));
    }

    /** The data of the next event of this name. */
    Object data(String event) {
        return next(event).getValue("data");
    }

    /** The next error event. */
    JsonObject error() {
        return next("error").getJsonObject("data");
    }

    JsonObject ack(int id) {
        return new JsonObject(
                inbox.next("the answer to " + id, text -> Objects.equals(id, new JsonObject(text).getValue("ack"))));
    }

    /** A round trip to the server, which all that was sent before has reached then. */
    void settle() {
        int n = ids.incrementAndGet();
        send(new JsonObject().put("ping", n).encode());
        inbox.next("the pong " + n, text -> Objects.equals(n, new JsonObject(text).getValue("pong")));
    }

    /** Waits until the connection ended. */
    Closed awaitClosed() {
        return get(closed, "the end of the connection");
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /** Waits for the end, and for its reason: in the close event, and in the transport's code where it carries one. */
    void assertEnds(CloseReason reason) {
        JsonObject told = next("close").getJsonObject("data");
        assertThat(told.getInteger("code")).as("code of the close event").isEqualTo(reason.code());
        assertThat(told.getString("reason")).as("text of the close event").isEqualTo(reason.text());
        assertThat(told.getBoolean("reconnect")).as("reconnect").isEqualTo(reason.reconnect());
        Closed how = awaitClosed();
        if (transport.carriesCodes()) {
            assertThat(how).isEqualTo(new Closed(reason.code(), reason.text()));
        }
    }

    private <T> T get(CompletableFuture<T> future, String what) {
        try {
            return future.get(Inbox.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(transport + ": awaited " + what + "; there came " + inbox, e);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
