package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Target;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PeerTest {
    private static final Target ROOM = Target.room("/", "r");

    private static final Target OTHER_ROOM = Target.room("/", "other");

    private final Vertx vertx = Vertx.vertx();
    private final Peer peer = new KnownPeers(
                    ((VertxInternal) vertx).createEventLoopContext(),
                    "self",
                    known -> hello(),
                    List::of,
                    new Questions((VertxInternal) vertx))
            .add("other");

    private static Parcel.Hello hello() {
        return new Parcel.Hello(0, Set.of("h"), List.of(), List.of());
    }

    private static Batch batch(long epoch, long sequence) {
        return new Batch("other", epoch, sequence, List.of());
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private void greet() {
        peer.greeted(hello());
        peer.interests(new Parcel.Interests(List.of(ROOM)));
        peer.isKnown();
    }

    @Test
    void accepts_eachBatchOnce() {
        assertThat(peer.accepts(batch(7, 1))).isTrue();
        assertThat(peer.accepts(batch(7, 1))).isFalse();
        assertThat(peer.accepts(batch(7, 2))).isTrue();
        assertThat(peer.accepts(batch(7, 1))).isFalse();
        assertThat(peer.accepts(batch(8, 1))).as("a new link").isTrue();
        assertThat(peer.epoch()).isEqualTo(8);
    }

    @Test
    void greeted_again_replacesWhatWasKnown() {
        greet();
        assertThat(peer.hasHub("h")).isTrue();
        assertThat(peer.isInterested(ROOM)).isTrue();

        peer.greeted(new Parcel.Hello(0, Set.of("i"), List.of(), List.of()));
        peer.interest(new Parcel.Interest(OTHER_ROOM, true));
        peer.isKnown();
        assertThat(peer.isInterested(OTHER_ROOM)).isTrue();

        assertThat(peer.hasHub("h")).isFalse();
        assertThat(peer.hasHub("i")).isTrue();
        assertThat(peer.isInterested(ROOM)).isFalse();
    }

    /** Or what is sent just then would miss its sockets. */
    @Test
    void greeted_again_isInterestedAllTheTime() {
        greet();
        CompletableFuture<Boolean> reader = CompletableFuture.supplyAsync(
                () -> IntStream.range(0, 2_000_000).allMatch(i -> peer.isInterested(ROOM) && peer.hasHub("h")));

        while (!reader.isDone()) {
            greet();
        }

        assertThat(reader.join()).isTrue();
    }

    @Test
    void expect_severalTimes_lastsUntilTheLastIsAnswered() {
        peer.expect(ROOM);
        peer.expect(ROOM);
        peer.expectNoMore(ROOM);
        assertThat(peer.isInterested(ROOM)).isTrue();

        peer.expectNoMore(ROOM);
        assertThat(peer.isInterested(ROOM)).isFalse();
    }
}
