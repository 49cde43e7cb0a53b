package dev.switchboard.bus;

import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what handlers of this node send before it leaves, while the node is in development: what is not as declared does
 * not leave, is logged, and noted for tests. Otherwise nobody looks. For any thread.
 */
public final class Inspection implements Shareable {
    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);
    private static final int MOST_NOTED = 100;

    /** How data gets to clients. */
    public enum Way {
        OUT("sent"),
        ANSWER("answered");

        private final String word;

        Way(String word) {
            this.word = word;
        }
    }

    /** Who knows what was declared. */
    @FunctionalInterface
    public interface Inspector {
        /** What is wrong with data, to be told under {@link ErrorCode#NOT_AS_DECLARED}; empty when nothing is. */
        Optional<Failure> fault(Way way, String namespace, String event, Payload data);
    }

    private final List<String> noted = new ArrayList<>();
    private volatile @Nullable Inspector inspector;

    private Inspection() {}

    /** The one of this node. */
    public static Inspection of(Vertx vertx) {
        LocalMap<String, Inspection> all = vertx.sharedData().getLocalMap("switchboard.inspection");
        return all.computeIfAbsent("", key -> new Inspection());
    }

    /** Looks from now on; with null nobody does any more. */
    public void by(@Nullable Inspector next) {
        inspector = next;
    }

    /** Null when it may leave. */
    public @Nullable Failure fault(Way way, String namespace, String event, Payload data) {
        Inspector looking = inspector;
        return looking == null ? null : fault(looking, way, namespace, event, data);
    }

    private @Nullable Failure fault(Inspector looking, Way way, String namespace, String event, Payload data) {
        Failure failure = looking.fault(way, namespace, event, data).orElse(null);
        if (failure != null) {
            String what =
                    "\"" + event + "\" of " + namespace + " is not " + way.word + " as declared: " + failure.message();
            LOG.error("{}", what);
            synchronized (noted) {
                if (noted.size() < MOST_NOTED) {
                    noted.add(what);
                }
            }
        }
        return failure;
    }

    /** What has not been as declared since the last call, up to a hundred of it. */
    public List<String> noted() {
        synchronized (noted) {
            List<String> all = List.copyOf(noted);
            noted.clear();
            return all;
        }
    }
}
