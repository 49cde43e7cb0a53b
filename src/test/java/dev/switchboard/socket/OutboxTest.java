package dev.switchboard.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.switchboard.bus.Delivery;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.limit.Backlog;
import dev.switchboard.metrics.Meters;
import dev.switchboard.transport.memory.MemoryConnection;
import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private final List<String> written = new ArrayList<>();
    private final MemoryConnection connection = new MemoryConnection(Codec.TEXT, new MemoryConnection.Peer() {
        @Override
        public void received(Frame frame) {
            written.add(frame.text());
        }

        @Override
        public void pinged() {}

        @Override
        public void closed(CloseReason reason) {
            written.add("closed " + reason.code());
        }
    });

    private static final String CONFIGURATION = """
            {"limits": {"outbox": %d, "outboxMessages": %d, "outboundTotal": %d},
             "namespaces": {"/": {"overflows": {
               "oldest": {"policy": "drop-oldest"}, "newest": {"policy": "drop-newest"}, "last": {"policy": "latest"},
               "place": {"policy": "latest", "key": "/car"}}}}}""";

    private final Backlog backlog = new Backlog(10_000);
    private final Meters meters = new Meters();

    private static Delivery event(String name, Object data) {
        return new Delivery(name, Payload.of(data));
    }

    private static Frame frame(Object data) {
        return frame(event("e", data));
    }

    private static Frame frame(Delivery event) {
        return Objects.requireNonNull(event.frame(Codec.TEXT));
    }

    private Outbox outbox(int bytes, int messages) {
        return outbox(bytes, messages, backlog);
    }

    private Outbox outbox(int bytes, int messages, Backlog all) {
        SwitchboardConfig config = SwitchboardConfig.read(
                new JsonObject(CONFIGURATION.formatted(bytes, messages, 1 << 20)), Map.of(), name -> true);
        return new Outbox(
                connection,
                config.limits(),
                config.namespaces().get("/").overflows(),
                new Crowd(all, List.of()),
                meters);
    }

    private static boolean send(Outbox outbox, String event, Object data) {
        Delivery delivery = event(event, data);
        return outbox.send(frame(delivery), delivery);
    }

    private void flow(Outbox outbox) {
        connection.flow(true);
        outbox.drain();
        assertThat(backlog.bytes()).isZero();
    }

    private double overflows(String policy) {
        return meters.scrape()
                .lines()
                .filter(line -> line.startsWith("switchboard_overflows_total{policy=\"" + policy + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void send_writable_goesAtOnce() {
        Outbox outbox = outbox(10, 10);

        assertThat(outbox.send(frame("larger than the whole outbox"))).isTrue();

        assertThat(written).hasSize(1);
    }

    @Test
    void drain_afterAStall_keepsTheOrder() {
        Outbox outbox = outbox(1_000, 10);
        connection.flow(false);
        outbox.send(frame("1"));
        outbox.send(frame("2"));
        connection.flow(true);

        outbox.send(frame("3"));
        assertThat(written).isEmpty();
        outbox.drain();

        assertThat(written).containsExactly("1", "2", "3");
    }

    @Test
    void send_moreThanFits_isRefused() {
        connection.flow(false);
        Outbox bytes = outbox(8, 10);
        Outbox messages = outbox(1_000, 2);

        assertThat(bytes.send(frame("123456"))).isTrue();
        assertThat(bytes.send(frame("1"))).isFalse();
        assertThat(messages.send(frame("1"))).isTrue();
        assertThat(messages.send(frame("1"))).isTrue();
        assertThat(messages.send(frame("1"))).isFalse();
    }

    @Test
    void offer_whileTheConnectionTakesNothing_isDropped() {
        Outbox outbox = outbox(1_000, 10);
        outbox.offer(frame("1"));
        connection.flow(false);
        outbox.offer(frame("2"));
        outbox.send(frame("3"));
        connection.flow(true);
        outbox.offer(frame("4, which would overtake"));
        outbox.drain();
        outbox.offer(frame("5"));

        assertThat(written).containsExactly("1", "3", "5");
    }

    @Test
    void close_whileMessagesWait_comesAfterThem() {
        Outbox outbox = outbox(1_000, 10);
        connection.flow(false);
        outbox.send(frame("1"));

        outbox.close(frame("bye"), CloseReason.KICKED);
        assertThat(written).isEmpty();
        connection.flow(true);
        outbox.drain();
        outbox.drain();

        assertThat(written).containsExactly("1", "bye", "closed 4003");
    }

    @Test
    void dropOldest_full_keepsTheYoungestAndTheOrder() {
        Outbox outbox = outbox(1_000, 3);
        connection.flow(false);
        for (String text : List.of("1", "2", "3", "4", "5")) {
            assertThat(send(outbox, "oldest", text)).isTrue();
        }
        flow(outbox);

        assertThat(written).containsExactly("3", "4", "5");
        assertThat(overflows("drop-oldest")).isEqualTo(2);
    }

    @Test
    void dropOldest_amongOthers_dropsOnlyItsOwn() {
        Outbox outbox = outbox(1_000, 4);
        connection.flow(false);
        outbox.send(frame("ack"));
        send(outbox, "oldest", "1");
        send(outbox, "other", "kept");
        send(outbox, "oldest", "2");

        assertThat(send(outbox, "oldest", "3")).isTrue();
        assertThat(send(outbox, "oldest", "4")).isTrue();
        flow(outbox);

        assertThat(written).containsExactly("ack", "kept", "3", "4");
    }

    @Test
    void dropOldest_whereNothingMayBeDropped_goesItself() {
        Outbox outbox = outbox(1_000, 2);
        connection.flow(false);
        outbox.send(frame("ack"));
        send(outbox, "other", "kept");

        assertThat(send(outbox, "oldest", "1")).isTrue();
        assertThat(overflows("drop-oldest")).isEqualTo(1);
        flow(outbox);

        assertThat(written).containsExactly("ack", "kept");
    }

    @Test
    void messageThatMustStay_full_takesThePlaceOfOneThatNeedNot() {
        Outbox outbox = outbox(1_000, 2);
        connection.flow(false);
        send(outbox, "oldest", "1");
        send(outbox, "oldest", "2");

        assertThat(outbox.send(frame("ack"))).isTrue();
        assertThat(send(outbox, "other", "kept")).isTrue();
        assertThat(outbox.send(frame("one too many"))).isFalse();
        flow(outbox);

        assertThat(written).containsExactly("ack", "kept");
    }

    @Test
    void dropNewest_full_keepsTheOldest() {
        Outbox outbox = outbox(1_000, 2);
        connection.flow(false);
        for (String text : List.of("1", "2", "3", "4")) {
            assertThat(send(outbox, "newest", text)).isTrue();
        }
        flow(outbox);

        assertThat(written).containsExactly("1", "2");
        assertThat(overflows("drop-newest")).isEqualTo(2);
    }

    @Test
    void latest_whileItWaits_isReplacedWhereItStands() {
        Outbox outbox = outbox(1_000, 10);
        send(outbox, "last", "at once");
        connection.flow(false);
        send(outbox, "last", "1");
        send(outbox, "other", "after it");
        send(outbox, "last", "2, longer");
        send(outbox, "last", "3");
        flow(outbox);
        connection.flow(false);
        send(outbox, "last", "4");
        flow(outbox);

        assertThat(written).containsExactly("at once", "3", "after it", "4");
        assertThat(overflows("latest")).isEqualTo(2);
    }

    @Test
    void latest_byKey_isReplacedByItsOwnKeyAlone() {
        Outbox outbox = outbox(1_000, 10);
        connection.flow(false);
        for (String car : List.of("1", "2", "\"1\"", "[1]", "null")) {
            send(outbox, "place", new JsonObject("{\"car\": " + car + ", \"at\": 1}"));
            send(outbox, "place", new JsonObject("{\"car\": " + car + ", \"at\": 2}"));
        }
        send(outbox, "place", "without a key");
        send(outbox, "last", "of another event");
        flow(outbox);

        assertThat(written)
                .containsExactly(
                        "{\"car\":1,\"at\":2}",
                        "{\"car\":2,\"at\":2}",
                        "{\"car\":\"1\",\"at\":2}",
                        "{\"car\":[1],\"at\":2}",
                        "without a key",
                        "of another event");
    }

    @Test
    void latest_keyThatDoesNotFit_endsTheSocket() {
        Outbox outbox = outbox(1_000, 2);
        connection.flow(false);
        send(outbox, "place", Map.of("car", 1));
        send(outbox, "place", Map.of("car", 2));

        assertThat(send(outbox, "place", Map.of("car", 1))).isTrue();
        assertThat(send(outbox, "place", Map.of("car", 3))).isFalse();
    }

    @Test
    void message_largerThanTheOutbox_goesByItsPolicy() {
        Outbox outbox = outbox(20, 10);
        connection.flow(false);
        String large = "x".repeat(30);
        send(outbox, "oldest", "1");

        assertThat(send(outbox, "oldest", large)).isTrue();
        assertThat(send(outbox, "newest", large)).isTrue();
        assertThat(send(outbox, "last", large)).isFalse();
        assertThat(send(outbox, "other", large)).isFalse();
        flow(outbox);

        assertThat(written).containsExactly("1");
    }

    @Test
    void send_whileOthersTakeAllThatMayWait_isAnOverflow() {
        Backlog all = new Backlog(300);
        Outbox stalled = outbox(1_000, 10, all);
        Outbox other = outbox(1_000, 10, all);
        send(other, "other", "goes at once");
        connection.flow(false);
        send(stalled, "oldest", "1");
        send(stalled, "oldest", "2");
        send(stalled, "other", "3");
        send(stalled, "oldest", "4");

        assertThat(send(other, "other", "too much")).isFalse();
        assertThat(send(other, "newest", "too much")).isTrue();
        assertThat(send(stalled, "oldest", "5")).isTrue();
        assertThat(all.bytes()).isBetween(200L, 300L);
        stalled.clear();
        assertThat(all.bytes()).isZero();
        assertThat(send(other, "other", "waits")).isTrue();
    }

    @Test
    void close_andWhatWaited_areGivenBack() {
        Outbox outbox = outbox(1_000, 10);
        connection.flow(false);
        Delivery event = event("place", Map.of("car", 1));
        outbox.hold(frame(event), event);
        outbox.release(List.of(frame("open")));
        send(outbox, "place", Map.of("car", 1, "at", "somewhere else"));
        outbox.close(frame("bye"), CloseReason.KICKED);
        assertThat(backlog.bytes()).isPositive();

        outbox.clear();

        assertThat(backlog.bytes()).isZero();
    }

    @Test
    void dropOldest_behindManyThatStay_takesNoLongerForEach() {
        Outbox outbox = outbox(256 << 20, 300_000, new Backlog(1 << 30));
        connection.flow(false);
        for (int n = 0; n < 200_000; n++) {
            outbox.send(frame("ack"));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int n = 0; n < 110_000; n++) {
                send(outbox, "oldest", "1");
            }
        });
        assertThat(overflows("drop-oldest")).isEqualTo(10_000);
    }
}
