package dev.switchboard.client;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who listens to which event, and who answers it. On the client's context. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchboardClient.class);

    private record Listener(Consumer<Payload> heard, boolean once) {}

    private final Map<String, List<Listener>> listeners = new HashMap<>();
    private final Map<String, Function<Payload, @Nullable Object>> answerers = new HashMap<>();

    void add(String event, Consumer<Payload> heard, boolean once) {
        listeners.computeIfAbsent(event, name -> new ArrayList<>()).add(new Listener(heard, once));
    }

    void answer(String event, Function<Payload, @Nullable Object> answerer) {
        answerers.put(event, answerer);
    }

    void remove(String event) {
        listeners.remove(event);
        answerers.remove(event);
    }

    void remove(String event, Consumer<Payload> heard) {
        listeners.computeIfPresent(event, (name, all) -> {
            all.removeIf(listener -> listener.heard.equals(heard));
            return all.isEmpty() ? null : all;
        });
    }

    /** The event came, and wants no answer. */
    void tell(String event, Payload data) {
        tellListeners(event, data);
        Function<Payload, @Nullable Object> answerer = answerers.get(event);
        if (answerer != null) {
            run(answerer, data).onFailure(fault -> report(event, fault));
        }
    }

    /** The event came, and wants an answer: null is none, and a failure is an {@link EventException}. */
    Future<@Nullable Object> ask(String event, Payload data) {
        boolean heard = tellListeners(event, data);
        Function<Payload, @Nullable Object> answerer = answerers.get(event);
        if (answerer != null) {
            return run(answerer, data);
        }
        return heard
                ? Future.succeededFuture(null)
                : Future.failedFuture(ErrorCode.UNKNOWN_EVENT.failure().exception());
    }

    private boolean tellListeners(String event, Payload data) {
        List<Listener> all = listeners.get(event);
        if (all == null) {
            return false;
        }
        for (Listener listener : List.copyOf(all)) {
            if (listener.once) {
                all.remove(listener);
            }
            try {
                listener.heard.accept(data);
            } catch (RuntimeException fault) {
                report(event, fault);
            }
        }
        if (all.isEmpty()) {
            listeners.remove(event, all);
        }
        return true;
    }

    private static Future<@Nullable Object> run(Function<Payload, @Nullable Object> answerer, Payload data) {
        try {
            Object answer = answerer.apply(data);
            return answer instanceof Future<?> later ? later.map(value -> value) : Future.succeededFuture(answer);
        } catch (RuntimeException fault) {
            return Future.failedFuture(fault);
        }
    }

    /** What the server is told; its own faults are no business of the other side. */
    static Failure failure(String event, Throwable fault) {
        if (fault instanceof EventException told) {
            return told.failure();
        }
        report(event, fault);
        return ErrorCode.HANDLER_FAILED.failure();
    }

    private static void report(String event, Throwable fault) {
        LOG.error("A listener of the event {} failed", event, fault);
    }
}
