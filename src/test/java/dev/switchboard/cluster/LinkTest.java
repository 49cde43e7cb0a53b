package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Target;
import dev.switchboard.cluster.Parcel.Hub;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link to an address at which the test decides what becomes of each batch. */
final class LinkTest {
    private static final int LOST_ON_THE_WAY = 99;

    private final List<Batch> came = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean absent = new AtomicBoolean();
    private final List<Target> interests = new ArrayList<>();
    private final Flow sent = new Flow();
    private volatile boolean silent;
    private Vertx vertx;
    private ContextInternal context;
    private Link link;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        context = ((VertxInternal) vertx).createEventLoopContext();
        link = new Link(context, "self", "other", new Link.Owner() {
            @Override
            public Parcel.Hello hello() {
                return new Parcel.Hello(0, Set.of(), List.of(), List.of());
            }

            @Override
            public List<Target> interests() {
                return interests;
            }

            @Override
            public long mostBytes() {
                return 10L << 20;
            }

            @Override
            public Flow sent() {
                return sent;
            }

            @Override
            public boolean giveUp() {
                absent.set(true);
                return true;
            }
        });
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private void listen() {
        await(vertx.eventBus().<Buffer>consumer("other", this::take).completion());
    }

    private void take(Message<Buffer> message) {
        if (silent) {
            return;
        }
        Integer refusal = refusals.poll();
        if (refusal == null) {
            came.add(Batch.decode(message.body()));
            message.reply(null);
        } else {
            message.fail(refusal, "");
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private Future<Void> begin() {
        CompletableFuture<Future<Void>> begun = new CompletableFuture<>();
        context.runOnContext(v -> begun.complete(link.begin()));
        return Future.fromCompletionStage(begun.orTimeout(20, TimeUnit.SECONDS)).compose(greeted -> greeted);
    }

    private Future<Void> deliver(int n) {
        return link.deliver(Parcels.encode(new Hub(Integer.toString(n), true)));
    }

    private List<Integer> delivered() {
        synchronized (came) {
            return came.stream()
                    .flatMap(batch -> batch.parcels().stream())
                    .filter(Hub.class::isInstance)
                    .map(parcel -> Integer.valueOf(((Hub) parcel).name()))
                    .toList();
        }
    }

    private static List<Integer> numbers(int to) {
        return IntStream.rangeClosed(1, to).boxed().toList();
    }

    @Test
    void deliver_beforeAndAfterTheBeginning_comesInOrderBehindTheGreeting() {
        listen();
        deliver(1);
        await(begin());
        IntStream.rangeClosed(2, 1000).forEach(this::deliver);
        await(deliver(1001));

        assertThat(delivered()).isEqualTo(numbers(1001));
        assertThat(came.get(0).parcels().get(0)).isInstanceOf(Parcel.Hello.class);
        assertThat(came).extracting(Batch::epoch).containsOnly(link.epoch());
        assertThat(came).extracting(Batch::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(came.size()).as("what gathers goes together").isLessThan(500);
    }

    @Test
    void begin_manyInterests_areToldInPartsBeforeWhatIsOfferedLater() {
        IntStream.range(0, 10_000).forEach(n -> interests.add(Target.room("/", "r" + n)));
        listen();
        await(begin());
        await(deliver(1));

        List<Parcel> parcels =
                came.stream().flatMap(batch -> batch.parcels().stream()).toList();
        assertThat(parcels.stream()
                        .filter(Parcel.Interests.class::isInstance)
                        .flatMap(parcel -> ((Parcel.Interests) parcel).targets().stream()))
                .isEqualTo(interests);
        assertThat(parcels.get(parcels.size() - 2)).isInstanceOf(Parcel.Greeted.class);
        assertThat(came)
                .allSatisfy(batch ->
                        assertThat(ParcelSamples.encode(batch).length()).isLessThan(150_000));
    }

    @Test
    void deliver_lostOnTheWay_isSentAgainUnderTheSameNumber() {
        listen();
        await(begin());
        refusals.addAll(List.of(LOST_ON_THE_WAY, LOST_ON_THE_WAY, Link.STRANGER));

        await(deliver(1));
        await(deliver(2));

        assertThat(delivered()).containsExactly(1, 2);
        assertThat(came).extracting(Batch::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void deliver_toWhoHasForgottenTheLink_beginsAnewAndLosesNothing() {
        listen();
        await(begin());
        long before = link.epoch();
        refusals.add(Link.UNKNOWN);

        await(deliver(1));

        Batch again = came.stream()
                .filter(batch -> batch.epoch() != before)
                .findFirst()
                .orElseThrow();
        assertThat(again.sequence()).isEqualTo(1);
        assertThat(again.parcels().get(0)).isInstanceOf(Parcel.Hello.class);
        assertThat(delivered()).containsExactly(1);
    }

    @Test
    void deliver_notUnderstood_isGivenUpAndTheNextComes() {
        listen();
        await(begin());
        refusals.add(Link.BROKEN);

        await(deliver(1));
        await(deliver(2));

        assertThat(delivered()).containsExactly(2);
    }

    @Test
    void begin_nobodyThere_givesUp() {
        Future<Void> waiting = deliver(1);
        await(begin());

        assertThat(absent).isTrue();
        assertThat(link.isClosed()).isTrue();
        await(waiting);
        await(deliver(2));
    }

    @Test
    void deliver_nobodyThereForAWhile_waits() {
        var consumer = vertx.eventBus().<Buffer>consumer("other", this::take);
        await(consumer.completion());
        await(begin());
        await(consumer.unregister());

        Future<Void> waiting = deliver(1);
        listen();

        await(waiting);
        assertThat(delivered()).containsExactly(1);
        assertThat(absent).isFalse();
    }

    @Test
    void deliver_toASilentNode_keepsNobodyWaitingAndIsNotLost() {
        listen();
        await(begin());
        silent = true;

        await(deliver(1));
        await(deliver(2));
        assertThat(delivered()).isEmpty();
        silent = false;

        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> delivered().equals(List.of(1, 2)));
        await(deliver(3));
        assertThat(delivered()).containsExactly(1, 2, 3);
    }

    @Test
    void offer_moreThanMayWait_isRefusedAndAllElseIsNot() {
        byte[] large = Parcels.encode(new Hub("x".repeat(1 << 20), true));
        int taken = 0;
        while (taken < 1000 && link.offer(large)) {
            taken++;
        }
        assertThat(taken).isEqualTo(10);
        assertThat(link.waiting()).isBetween(10L << 20, 11L << 20);
        Future<Void> state = deliver(1);
        listen();
        await(begin());
        await(state);

        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> link.offer(large));
    }

    @Test
    void close_whatWaits_isOver() {
        Future<Void> waiting = deliver(1);
        link.close();

        await(waiting);
        await(deliver(2));
        assertThat(came).isEmpty();
    }
}
