package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.bus.Presence.Change;
import dev.switchboard.bus.Target;
import dev.switchboard.token.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** The eldest member lives through all tests; the others come, and some are lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HazelcastPresenceTest {
    private static final User ANN = new User("1", "Ann");
    private static final User BOB = new User("2", "Bob");
    private static final User CID = new User("3", "Cid");

    /** Hazelcast may take its time on a machine that is busy. */
    private static final Duration HEALED = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final List<PresenceNode> started = new ArrayList<>();
    private PresenceNode a;
    private PresenceNode b;
    private Target place;

    @BeforeAll
    void startEldest() {
        a = PresenceNode.first(vertx);
        started.add(a);
    }

    @BeforeEach
    void bringToTwo(TestInfo test) {
        place = Target.room("/" + test.getDisplayName(), "a\nroom");
        if (b == null || !b.hazelcast().getLifecycleService().isRunning()) {
            b = join();
        }
        awaitMembers(2);
    }

    @AfterAll
    void end() {
        started.forEach(PresenceNode::crash);
        threads.shutdown();
        get(vertx.close());
    }

    private PresenceNode join() {
        PresenceNode node = a.another(vertx);
        started.add(node);
        return node;
    }

    private void awaitMembers(int count) {
        await().until(() -> a.members() == count && a.isSafe());
    }

    /** The others see at once that it is gone, but have not yet taken over what it owned. */
    private void crash(PresenceNode... nodes) {
        int left = a.members() - nodes.length;
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (PresenceNode node : nodes) {
            ends.add(CompletableFuture.runAsync(node::crash, threads));
        }
        await().until(() -> a.members() == left);
        ends.forEach(CompletableFuture::join);
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(40, TimeUnit.SECONDS)
                .join();
    }

    private static <T> List<T> getAll(int count, IntFunction<Future<T>> step) {
        return get(Future.all(IntStream.range(0, count).mapToObj(step).toList()).map(all -> all.<T>list()));
    }

    /** From the places of this test: others, too, leave users behind. */
    private List<Departure> forgetLost(PresenceNode node) {
        List<Departure> departures = Collections.synchronizedList(new ArrayList<>());
        get(node.presence().forgetLost(departures::add));
        departures.removeIf(departure -> !departure.place().namespace().equals(place.namespace()));
        return departures;
    }

    private Change enter(PresenceNode node, User user) {
        return get(node.presence().enter(place, user));
    }

    private Change leave(PresenceNode node, User user) {
        return get(node.presence().leave(place, user));
    }

    private static User user(int number) {
        return new User("u" + number, "User " + number);
    }

    private static long changes(List<Change> changes) {
        return changes.stream().filter(Change::changed).count();
    }

    @Test
    void enter_onTwoNodes_isOneComing() {
        assertThat(enter(a, ANN)).isEqualTo(new Change(true, 1));
        assertThat(enter(a, ANN)).isEqualTo(new Change(false, 1));
        assertThat(enter(b, ANN)).isEqualTo(new Change(false, 1));
        assertThat(enter(b, BOB)).isEqualTo(new Change(true, 2));

        assertThat(get(a.presence().count(place))).isEqualTo(2);
        assertThat(get(b.presence().users(place))).containsExactly(ANN, BOB);
    }

    @Test
    void leave_lastSocketOfTheLastNode_isTheGoing() {
        enter(a, ANN);
        enter(a, ANN);
        enter(b, ANN);
        assertThat(leave(a, ANN)).isEqualTo(new Change(false, 1));
        assertThat(leave(a, ANN)).isEqualTo(new Change(false, 1));
        assertThat(leave(b, ANN)).isEqualTo(new Change(true, 0));

        assertThat(get(a.presence().users(place))).isEmpty();
        assertThat(get(b.presence().count(place))).isZero();
    }

    @Test
    void users_stayInTheOrderOfTheirComing() {
        for (int i = 0; i < 20; i++) {
            enter(i % 2 == 0 ? a : b, user(i));
        }
        enter(a, user(1));
        leave(a, user(0));
        enter(b, user(0));

        assertThat(get(a.presence().users(place)).stream().map(User::id))
                .containsExactlyElementsOf(IntStream.concat(IntStream.range(1, 20), IntStream.of(0))
                        .mapToObj(i -> "u" + i)
                        .toList());
    }

    @Test
    void enter_byManyThreadsOnTwoNodes_isOneComingPerUser() {
        int users = 1000;
        List<CompletableFuture<List<Change>>> running = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            PresenceNode node = thread % 2 == 0 ? a : b;
            running.add(CompletableFuture.supplyAsync(
                    () -> getAll(users, i -> node.presence().enter(place, user(i))), threads));
        }
        List<Change> changes =
                running.stream().flatMap(thread -> thread.join().stream()).toList();

        assertThat(changes(changes)).isEqualTo(users);
        assertThat(get(a.presence().count(place))).isEqualTo(users);
        assertThat(get(b.presence().users(place))).doesNotHaveDuplicates().hasSize(users);
    }

    @Test
    void steps_oneBehindTheOther_takeEffectInTheOrderAsked() {
        List<Future<Change>> steps = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            steps.add(a.presence().enter(place, ANN));
            steps.add(a.presence().leave(place, ANN));
        }
        steps.add(a.presence().enter(place, ANN));

        assertThat(steps).allSatisfy(step -> assertThat(get(step).changed()).isTrue());
        assertThat(get(b.presence().users(place))).containsExactly(ANN);
    }

    @Test
    void steps_ofManyThreads_endWithWhatIsHeld() {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            PresenceNode node = thread % 2 == 0 ? a : b;
            running.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 200; i++) {
                            get(node.presence().enter(place, user(i % 3)));
                            get(node.presence().leave(place, user(i % 3)));
                        }
                        get(node.presence().enter(place, ANN));
                    },
                    threads));
        }
        running.forEach(CompletableFuture::join);

        assertThat(get(a.presence().users(place))).containsExactly(ANN);
    }

    @Test
    void forgetLost_afterACrash_tellsEachDepartureOnce() {
        PresenceNode c = join();
        awaitMembers(3);
        enter(a, ANN);
        enter(c, ANN);
        enter(c, BOB);
        enter(c, CID);
        Target lonely = Target.all(place.namespace());
        get(c.presence().enter(lonely, BOB));

        crash(c);

        assertThat(a.presence().isEldest()).isTrue();
        assertThat(b.presence().isEldest()).isFalse();
        assertThat(forgetLost(a))
                .containsExactlyInAnyOrder(
                        new Departure(place, BOB, 1), new Departure(place, CID, 1), new Departure(lonely, BOB, 0));
        assertThat(forgetLost(a)).isEmpty();
        assertThat(get(b.presence().users(place))).containsExactly(ANN);
        assertThat(get(b.presence().count(lonely))).isZero();
        assertThat(leave(a, ANN)).isEqualTo(new Change(true, 0));
    }

    @Test
    void forgetLost_twiceAtOnce_tellsEachDepartureOnce() {
        PresenceNode c = join();
        awaitMembers(3);
        getAll(500, i -> c.presence().enter(Target.room(place.namespace(), "r" + i), BOB));

        crash(c);

        List<Departure> departures = Collections.synchronizedList(new ArrayList<>());
        get(Future.all(a.presence().forgetLost(departures::add), a.presence().forgetLost(departures::add)));
        assertThat(departures).doesNotHaveDuplicates();
        assertThat(departures.stream().filter(departure -> departure.user().equals(BOB)))
                .hasSize(500);
    }

    @Test
    void enter_whileAnOwnerCrashes_isOneComingPerUser() {
        PresenceNode c = join();
        awaitMembers(3);
        int rooms = 4000;
        IntFunction<Target> room = i -> Target.room(place.namespace(), "r" + i);
        List<CompletableFuture<List<Change>>> running = new ArrayList<>();
        for (PresenceNode node : List.of(a, b)) {
            running.add(CompletableFuture.supplyAsync(
                    () -> getAll(rooms, i -> node.presence().enter(room.apply(i), ANN)), threads));
        }
        c.crash();
        List<Change> changes =
                running.stream().flatMap(node -> node.join().stream()).toList();

        assertThat(changes(changes)).isEqualTo(rooms);
        assertThat(forgetLost(a)).isEmpty();
        assertThat(getAll(rooms, i -> b.presence().count(room.apply(i)))).containsOnly(1);
    }

    @Test
    void reassert_afterTwoOfThreeCrash_bringsBackWhatThisNodeHolds() {
        PresenceNode c = join();
        awaitMembers(3);
        int rooms = 1000;
        IntFunction<Target> room = i -> Target.room(place.namespace(), "r" + i);
        for (PresenceNode node : List.of(a, b, c)) {
            getAll(rooms, i -> node.presence().enter(room.apply(i), node.equals(a) ? ANN : BOB));
        }

        crash(b, c);
        List<Integer> before = getAll(rooms, i -> a.presence().count(room.apply(i)));
        List<Departure> departures = forgetLost(a);
        get(a.presence().reassert());

        assertThat(before).as("partitions were lost").contains(0);
        assertThat(departures).doesNotHaveDuplicates().hasSize((int)
                before.stream().filter(count -> count > 0).count());
        assertThat(getAll(rooms, i -> a.presence().users(room.apply(i)))).containsOnly(List.of(ANN));
        assertThat(forgetLost(a)).isEmpty();
        assertThat(changes(getAll(rooms, i -> a.presence().leave(room.apply(i), ANN))))
                .isEqualTo(rooms);
    }

    @Test
    void forgetLost_eldestCrashesHalfWay_theNextDoesTheRest() throws Exception {
        PresenceNode eldest = PresenceNode.first(vertx);
        PresenceNode next = eldest.another(vertx);
        PresenceNode lost = eldest.another(vertx);
        started.addAll(List.of(eldest, next, lost));
        await().atMost(HEALED).until(() -> next.members() == 3 && next.isSafe());
        int rooms = 2000;
        getAll(rooms, i -> lost.presence().enter(Target.room(place.namespace(), "r" + i), ANN));
        lost.crash();
        await().atMost(HEALED).until(() -> eldest.members() == 2 && next.isSafe());

        List<Departure> departures = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> first = new CompletableFuture<>();
        eldest.presence().forgetLost(departure -> {
            departures.add(departure);
            first.complete(null);
        });
        first.get(10, TimeUnit.SECONDS);
        eldest.crash();
        await().until(next.presence()::isEldest);
        List<Departure> rest = forgetLost(next);

        assertThat(rest).isNotEmpty().doesNotContainAnyElementsOf(departures);
        assertThat(getAll(rooms, i -> next.presence().count(Target.room(place.namespace(), "r" + i))))
                .containsOnly(0);
    }

    @Test
    void steps_thatFail_areSettledWhetherTheyWereTakenOrNot() {
        for (Unreliable.Fault fault : Unreliable.Fault.values()) {
            place = Target.room(place.namespace(), fault.name());
            Unreliable unreliable = new Unreliable(a.hazelcast());
            HazelcastPresence presence = new HazelcastPresence(unreliable.hazelcast(), a.id(), vertx);
            assertThat(get(presence.count(place))).isZero();

            unreliable.failNext(2, fault);
            assertThatThrownBy(() -> get(presence.enter(place, ANN))).hasMessageContaining("unreliable");
            await().until(() -> get(b.presence().users(place)), List.of(ANN)::equals);

            unreliable.failNext(2, fault);
            assertThatThrownBy(() -> get(presence.leave(place, ANN))).hasMessageContaining("unreliable");
            await().until(() -> get(b.presence().count(place)), count -> count == 0);
        }
    }

    @Test
    void steps_answeredByAMemberThatIsLost_areAskedAgain() {
        Unreliable unreliable = new Unreliable(a.hazelcast());
        HazelcastPresence presence = new HazelcastPresence(unreliable.hazelcast(), a.id(), vertx);
        enter(b, ANN);

        unreliable.answerNext(new Tally(UUID.randomUUID(), true, 7, List.of()));
        unreliable.answerNext(new Tally(UUID.randomUUID(), true, 8, List.of()));
        assertThat(get(presence.enter(place, ANN))).isEqualTo(new Change(false, 1));
        assertThat(get(presence.enter(place, BOB))).isEqualTo(new Change(true, 2));

        unreliable.answerNext(new Tally(UUID.randomUUID(), true, 0, List.of()));
        assertThat(get(presence.leave(place, ANN))).isEqualTo(new Change(false, 2));
    }

    @Test
    void places_twentyThousand_areToldAndEmptied() {
        PresenceNode c = join();
        awaitMembers(3);
        int rooms = 20_000;
        IntFunction<Target> room = i -> Target.room(place.namespace(), "r" + i);
        assertThat(changes(getAll(rooms, i -> a.presence().enter(room.apply(i), ANN))))
                .isEqualTo(rooms);
        assertThat(changes(getAll(rooms, i -> c.presence().enter(room.apply(i), BOB))))
                .isEqualTo(rooms);

        crash(c);
        List<Departure> departures = forgetLost(a);

        assertThat(departures)
                .hasSize(rooms)
                .doesNotHaveDuplicates()
                .allMatch(departure -> departure.user().equals(BOB) && departure.count() == 1);
        assertThat(getAll(rooms, i -> a.presence().leave(room.apply(i), ANN))).containsOnly(new Change(true, 0));
    }
}
