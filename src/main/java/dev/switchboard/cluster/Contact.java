package dev.switchboard.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node is cut off and does not know it yet. From the moment in which the first of the others is missed until
 * all silent ones are, Hazelcast counts members that nobody hears, and answers without the copy that the lost one had. In that
 * time what was answered counts only once enough of the others have been heard.
 *
 * <p>For any thread.
 */
final class Contact {
    /** Longer than it takes to miss all that fell silent at the same moment. */
    private static final long UNSETTLED_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final String EXECUTOR = "__switchboard.contact";

    /** Runs at another node. */
    private static final class Knock implements Callable<Boolean>, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean call() {
            return true;
        }
    }

    private final HazelcastInstance hazelcast;
    private Set<UUID> known = Set.of();
    private long unsettledUntil = System.nanoTime();

    /** Knocks that are answered now, and those that begin when these are done. */
    private @Nullable Promise<Integer> asked;

    private @Nullable Promise<Integer> next;

    Contact(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Whether all that were members of late still are. */
    synchronized boolean isSettled() {
        Set<UUID> now = hazelcast.getCluster().getMembers().stream()
                .map(Member::getUuid)
                .collect(Collectors.toUnmodifiableSet());
        if (!now.containsAll(known)) {
            unsettledUntil = System.nanoTime() + UNSETTLED_NANOS;
        }
        known = now;
        return System.nanoTime() - unsettledUntil >= 0;
    }

    /** How many nodes hear each other, this one included, from now on; never fails. */
    synchronized Future<Integer> count() {
        if (asked == null) {
            Promise<Integer> first = Promise.promise();
            asked = first;
            knock(first);
            return first.future();
        }
        // An answer that is on its way may be older than what it is to confirm.
        next = next == null ? Promise.promise() : next;
        return next.future();
    }

    private void knock(Promise<Integer> counted) {
        IExecutorService executor = hazelcast.getExecutorService(EXECUTOR);
        List<Future<Boolean>> heard = hazelcast.getCluster().getMembers().stream()
                .filter(member -> !member.localMember())
                .map(member -> heard(executor, member))
                .toList();
        Future.join(heard).onComplete(all -> {
            int answers = (int) heard.stream().filter(Future::succeeded).count();
            done();
            counted.complete(1 + answers);
        });
    }

    private static Future<Boolean> heard(IExecutorService executor, Member member) {
        Promise<Boolean> answer = Promise.promise();
        executor.submitToMember(new Knock(), member, new ExecutionCallback<Boolean>() {
            @Override
            public void onResponse(Boolean there) {
                answer.tryComplete(there);
            }

            @Override
            public void onFailure(Throwable cause) {
                answer.tryFail(cause);
            }
        });
        return answer.future();
    }

    private synchronized void done() {
        asked = next;
        next = null;
        if (asked != null) {
            knock(asked);
        }
    }
}
