package dev.switchboard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.time.NodeClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SocketRecordTest {
    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final String THIRD = "third";

    private final LocalJournal journal = new LocalJournal(NodeClock.SYSTEM);

    @BeforeEach
    void create() {
        assertThat(step(new RecordStep.Create("ann", 1_000, "a", FIRST, new JsonObject().put("n", 1)))
                        .done())
                .isTrue();
    }

    private RecordStep.Answer step(RecordStep step) {
        Future<RecordStep.Answer> done = journal.record("/", "s", step);
        assertThat(done.succeeded()).isTrue();
        return done.result();
    }

    private boolean take(String user, String key, String next) {
        return step(new RecordStep.Take(user, key, next, "b", 50)).done();
    }

    @Test
    void take_withTheKeyOfTheUser_beginsAnotherGeneration() {
        SocketRecord taken = step(new RecordStep.Take("ann", FIRST, SECOND, "b", 50))
                .record()
                .orElseThrow();
        assertThat(taken.generation()).isEqualTo(2);
        assertThat(taken.node()).isEqualTo("b");
        assertThat(taken.state()).isEqualTo(new JsonObject().put("n", 1));
    }

    @Test
    void take_byAnotherUserOrWithAnotherKey_isRefusedAndChangesNothing() {
        assertThat(take("bob", FIRST, SECOND)).isFalse();
        assertThat(take("ann", SECOND, THIRD)).isFalse();
        assertThat(take("ann", FIRST, SECOND)).isTrue();
    }

    @Test
    void take_ofOneWhoseTimeIsOver_isRefusedThoughNobodyHasEndedItYet() {
        step(new RecordStep.Leave(1, 50));
        assertThat(take("ann", FIRST, SECOND)).isFalse();
        step(new RecordStep.Leave(1, 51));
        assertThat(take("ann", FIRST, SECOND)).isTrue();
    }

    @Test
    void take_withTheKeyBefore_worksUntilTheNewOneIsUsed() {
        assertThat(take("ann", FIRST, SECOND)).isTrue();
        assertThat(take("ann", FIRST, SECOND)).isTrue();
        assertThat(take("ann", SECOND, THIRD)).isTrue();
        assertThat(take("ann", FIRST, FIRST)).isFalse();
    }

    @Test
    void take_withTheKeyBefore_isRefusedOnceTheNewOneIsKnown() {
        take("ann", FIRST, SECOND);
        assertThat(step(new RecordStep.Confirm(1)).done()).isFalse();
        assertThat(step(new RecordStep.Confirm(2)).done()).isTrue();
        assertThat(take("ann", FIRST, THIRD)).isFalse();
        assertThat(take("ann", SECOND, THIRD)).isTrue();
    }

    @Test
    void write_ofAFormerGeneration_countsNoMore() {
        take("ann", FIRST, SECOND);
        assertThat(step(new RecordStep.Write(1, new JsonObject())).done()).isFalse();
        assertThat(step(new RecordStep.Begin(1, List.of(1L))).done()).isFalse();
        assertThat(step(new RecordStep.Leave(1, 5)).done()).isFalse();
        assertThat(step(new RecordStep.End(1, 0, 9)).done()).isFalse();
        assertThat(step(new RecordStep.Write(2, new JsonObject())).done()).isTrue();
    }

    @Test
    void answered_ofAFormerGeneration_counts() {
        step(new RecordStep.Begin(1, List.of(7L, 8L)));
        take("ann", FIRST, SECOND);
        step(new RecordStep.Answered(7, new JsonObject().put("json", "1")));
        step(new RecordStep.Answered(8, null));
        SocketRecord record = step(new RecordStep.Look()).record().orElseThrow();
        assertThat(record.asked()).containsOnlyKeys(7L);
        assertThat(record.asked().get(7L))
                .isEqualTo(new SocketRecord.Asked("a", Optional.of(new JsonObject().put("json", "1"))));
    }

    @Test
    void answers_thatAreTooMany_areForgottenTheOldestFirst() {
        for (long n = 1; n <= 300; n++) {
            step(new RecordStep.Begin(1, List.of(n)));
            step(new RecordStep.Answered(n, new JsonObject()));
        }
        step(new RecordStep.Begin(1, List.of(301L)));
        SocketRecord record = step(new RecordStep.Look()).record().orElseThrow();
        assertThat(record.asked()).hasSize(257).containsKeys(45L, 300L, 301L).doesNotContainKey(44L);
    }

    @Test
    void end_ofOneWhoseTimeIsOver_isClaimedOnce() {
        assertThat(step(new RecordStep.End(0, 100, 1)).done()).isFalse();
        step(new RecordStep.Leave(1, 100));
        assertThat(journal.overdue("/", 99).result()).isEmpty();
        assertThat(journal.overdue("/", 100).result()).containsExactly("s");
        assertThat(step(new RecordStep.End(0, 99, 1)).done()).isFalse();
        assertThat(step(new RecordStep.End(0, 100, 1)).record()).isPresent();
        assertThat(step(new RecordStep.End(0, 100, 2)).done()).isFalse();
        assertThat(take("ann", FIRST, SECOND)).isFalse();
    }

    @Test
    void claim_byTheSameAgain_isGivenAgain() {
        SocketRecord record = new SocketRecord("ann", 1_000, 1, "a", FIRST, new JsonObject());
        assertThat(record.claim(5)).isTrue();
        assertThat(record.claim(6)).isFalse();
        assertThat(record.claim(5)).isTrue();
        assertThat(record.take("ann", FIRST, SECOND, "b")).isFalse();
    }
}
