package dev.switchboard.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Codec;
import dev.switchboard.wire.Frame;
import dev.switchboard.wire.Outbound;
import dev.switchboard.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private final List<String> written = new ArrayList<>();
    private final FakeConnection connection = new FakeConnection();

    private final class FakeConnection implements Connection {
        private boolean writable = true;

        @Override
        public Codec codec() {
            return Codec.TEXT;
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void write(Frame frame) {
            written.add(frame.text());
        }

        @Override
        public boolean pause() {
            return false;
        }

        @Override
        public void resume() {}

        @Override
        public boolean ping() {
            return false;
        }

        @Override
        public void close(CloseReason reason) {
            written.add("closed " + reason.code());
        }

        @Override
        public void abort() {}
    }

    private static Frame frame(String text) {
        return Objects.requireNonNull(Codec.TEXT.encode(new Outbound.Event("e", Payload.of(text), 0)));
    }

    @Test
    void send_writable_goesAtOnce() {
        Outbox outbox = new Outbox(connection, 10, 10);

        assertThat(outbox.send(frame("larger than the whole outbox"))).isTrue();

        assertThat(written).hasSize(1);
    }

    @Test
    void drain_afterAStall_keepsTheOrder() {
        Outbox outbox = new Outbox(connection, 1_000, 10);
        connection.writable = false;
        outbox.send(frame("1"));
        outbox.send(frame("2"));
        connection.writable = true;

        outbox.send(frame("3"));
        assertThat(written).isEmpty();
        outbox.drain();

        assertThat(written).containsExactly("1", "2", "3");
    }

    @Test
    void send_moreThanFits_isRefused() {
        connection.writable = false;
        Outbox bytes = new Outbox(connection, 8, 10);
        Outbox messages = new Outbox(connection, 1_000, 2);

        assertThat(bytes.send(frame("123456"))).isTrue();
        assertThat(bytes.send(frame("1"))).isFalse();
        assertThat(messages.send(frame("1"))).isTrue();
        assertThat(messages.send(frame("1"))).isTrue();
        assertThat(messages.send(frame("1"))).isFalse();
    }

    @Test
    void offer_whileTheConnectionTakesNothing_isDropped() {
        Outbox outbox = new Outbox(connection, 1_000, 10);
        outbox.offer(frame("1"));
        connection.writable = false;
        outbox.offer(frame("2"));
        outbox.send(frame("3"));
        connection.writable = true;
        outbox.offer(frame("4, which would overtake"));
        outbox.drain();
        outbox.offer(frame("5"));

        assertThat(written).containsExactly("1", "3", "5");
    }

    @Test
    void close_whileMessagesWait_comesAfterThem() {
        Outbox outbox = new Outbox(connection, 1_000, 10);
        connection.writable = false;
        outbox.send(frame("1"));

        outbox.close(frame("bye"), CloseReason.KICKED);
        assertThat(written).isEmpty();
        connection.writable = true;
        outbox.drain();
        outbox.drain();

        assertThat(written).containsExactly("1", "bye", "closed 4003");
    }
}
