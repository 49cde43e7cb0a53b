package dev.switchboard.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A member of Hazelcast that answers some steps with a failure, or falsely. */
final class Unreliable {
    enum Fault {
        NOT_TAKEN,
        TAKEN_BUT_NOT_ANSWERED
    }

    private final HazelcastInstance hazelcast;
    private final AtomicInteger failures = new AtomicInteger();
    private final Queue<Tally> lies = new ConcurrentLinkedQueue<>();
    private volatile Fault fault = Fault.NOT_TAKEN;

    Unreliable(HazelcastInstance real) {
        hazelcast = (HazelcastInstance) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HazelcastInstance.class}, (proxy, method, args) -> {
                    Object result = call(real, method, args);
                    return result instanceof IMap<?, ?> map ? unreliable(map) : result;
                });
    }

    HazelcastInstance hazelcast() {
        return hazelcast;
    }

    void failNext(int steps, Fault how) {
        fault = how;
        failures.set(steps);
    }

    /** The next step that does not fail is not taken, but answered with this. */
    void answerNext(Tally lie) {
        lies.add(lie);
    }

    private Object unreliable(IMap<?, ?> real) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {IMap.class}, (proxy, method, args) -> {
                    if (!method.getName().equals("submitToKey") || !(args[1] instanceof Step)) {
                        return call(real, method, args);
                    }
                    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                        Tally lie = lies.poll();
                        return lie == null ? call(real, method, args) : CompletableFuture.completedFuture(lie);
                    }
                    CompletableFuture<?> failed =
                            CompletableFuture.failedFuture(new IllegalStateException("unreliable"));
                    return fault == Fault.NOT_TAKEN
                            ? failed
                            : ((CompletionStage<?>) call(real, method, args)).thenCompose(taken -> failed);
                });
    }

    private static Object call(Object real, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
