package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnsTest {
    private final Turns<String> turns = new Turns<>();
    private final List<String> begun = new ArrayList<>();

    private Future<String> run(String key, String name, Future<String> task) {
        return turns.run(key, () -> {
            begun.add(name);
            return task;
        });
    }

    @Test
    void run_whileOneOfTheKeyIsAtWork_waits() {
        Promise<String> first = Promise.promise();
        run("a", "first", first.future());
        Future<String> second = run("a", "second", Future.succeededFuture("2"));
        run("b", "other", Future.succeededFuture(""));
        assertThat(begun).containsExactly("first", "other");

        first.complete("1");

        assertThat(begun).containsExactly("first", "other", "second");
        assertThat(second.result()).isEqualTo("2");
    }

    @Test
    void run_afterOneThatFailedOrThrew_goesOn() {
        Promise<String> first = Promise.promise();
        Future<String> failed = run("a", "first", first.future());
        Future<String> thrown = turns.run("a", () -> {
            throw new IllegalStateException("thrown");
        });
        Future<String> last = run("a", "last", Future.succeededFuture("3"));

        first.fail("failed");

        assertThat(failed.cause()).hasMessage("failed");
        assertThat(thrown.cause()).hasMessage("thrown");
        assertThat(last.result()).isEqualTo("3");
    }

    @Test
    void run_ended_isForgotten() {
        Promise<String> first = Promise.promise();
        run("a", "first", first.future());
        run("a", "second", Future.succeededFuture(""));
        assertThat(turns.keys()).isOne();

        first.complete("");

        assertThat(turns.keys()).isZero();
    }
}
