package dev.switchboard.admin;

import dev.switchboard.bus.LogFields;
import dev.switchboard.token.User;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes in the log who did what on the admin page. */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private Audit() {}

    /** The name of the logger, which no admin silences. */
    static String logger() {
        return LOG.getName();
    }

    static void ordered(User by, JsonObject order) {
        LogFields.of(by)
                .log(() -> LOG.info("{} orders {}", new JsonObject().put("user", by.id()).encode(), order.encode()));
    }

    /** The logger has another level. */
    static void changed(LogLevels.Change change) {
        LOG.info("{} has the level {} now, {}, as {} orders", change.logger(), change.level(), change.limit(), quoted(change.by()));
    }

    /** The logger has the level that it had. */
    static void restored(LogLevels.Change change) {
        LOG.info("{} has the level again that it had before {} changed it", change.logger(), quoted(change.by()));
    }

    /** Such a text begins no line of its own. */
    private static String quoted(String user) {
        return new JsonObject().put("user", user).encode();
    }
}
