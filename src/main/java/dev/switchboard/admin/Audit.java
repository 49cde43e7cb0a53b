package dev.switchboard.admin;

import dev.switchboard.bus.LogFields;
import dev.switchboard.bus.Target;
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
        LogFields.of(by).log(() -> LOG.info("{} orders {}", quoted(by.id()), order.encode()));
    }

    static void follows(User by, Target socket) {
        LogFields.of(by).log(() -> LOG.info("{} follows {} of {}", quoted(by.id()), socket.name(), socket.namespace()));
    }

    /** The logger has another level. */
    static void changed(LogLevels.Change change) {
        LOG.info(
                "{} has the level {} now, {}, as {} orders",
                change.logger(),
                change.level(),
                change.limit(),
                quoted(change.by()));
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
