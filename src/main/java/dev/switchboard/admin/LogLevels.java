package dev.switchboard.admin;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.EventException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Levels of loggers of this process that an admin has changed, each for a time: then, or when the node ends, a logger has
 * what it had before. For any thread.
 */
final class LogLevels {
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    /** Below these there may be loggers that have not logged yet. */
    private static final List<String> KNOWN = List.of("dev.switchboard", "io.vertx", "com.hazelcast");

    private static final Pattern NAME = Pattern.compile("[\\w$-]+(\\.[\\w$-]+)*");
    private static final int LONGEST_NAME = 200;
    private static final int MOST = 50;
    private static final int MOST_SHOWN = 100;
    private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(1);

    private final Vertx vertx;
    private final @Nullable LoggerContext context;
    private final Book book;

    /** What is changed in one logger context, by the name of the logger. */
    private static final class Book {
        private final Map<String, Change> changes = new TreeMap<>();

        /** Whether the audit's logger has a level of its own because of these changes. */
        private boolean holdsAudit;
    }

    /**
     * A logger with another level than its own.
     *
     * @param before null where it had that of its parent
     * @param until when it ends, as milliseconds since 1970; 0 for no sooner than the node
     */
    record Change(String logger, Level level, @Nullable Level before, long until, String by) {
        /** For people. */
        String limit() {
            return until == 0
                    ? "until the node ends"
                    : "until " + Instant.ofEpochMilli(until).truncatedTo(ChronoUnit.SECONDS);
        }

        JsonObject json() {
            return new JsonObject()
                    .put("logger", logger)
                    .put("level", level.toString())
                    .put("before", before == null ? null : before.toString())
                    .put("until", until)
                    .put("by", by);
        }
    }

    LogLevels(Vertx vertx) {
        this.vertx = vertx;
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        this.context = factory instanceof LoggerContext logback ? logback : null;
        this.book = context == null ? new Book() : book(context);
    }

    /** Nodes of one process have the same loggers. */
    private static Book book(LoggerContext context) {
        synchronized (context) {
            if (context.getObject(LogLevels.class.getName()) instanceof Book known) {
                return known;
            }
            Book fresh = new Book();
            context.putObject(LogLevels.class.getName(), fresh);
            return fresh;
        }
    }

    /**
     * Changes a level, on the context of the caller.
     *
     * @param seconds how long it lasts; 0 for as long as the node
     * @throws EventException for what cannot be
     */
    void set(String name, String level, long seconds, String by) {
        String wanted = level.toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(wanted)) {
            throw senseless("A level is one of " + LEVELS);
        }
        if (seconds < 0 || seconds > LONGEST_SECONDS) {
            throw senseless("A level lasts a day at most, or until the node ends");
        }
        synchronized (book) {
            Logger logger = logger(name);
            Change former = book.changes.get(logger.getName());
            if (former == null && book.changes.size() >= MOST) {
                throw senseless("Too many levels are changed already");
            }
            holdAudit();
            Change change = new Change(
                    logger.getName(),
                    Level.valueOf(wanted),
                    former == null ? logger.getLevel() : former.before(),
                    seconds == 0 ? 0 : System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(seconds),
                    by);
            book.changes.put(change.logger(), change);
            logger.setLevel(change.level());
            Audit.changed(change);
            if (seconds != 0) {
                vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), t -> restore(change));
            }
        }
    }

    /** Gives a logger back what it had; nothing happens to one that was not changed. */
    void restore(String name) {
        Change change;
        synchronized (book) {
            change = book.changes.get(name);
        }
        if (change != null) {
            restore(change);
        }
    }

    /** Gives all loggers back what they had. */
    void restoreAll() {
        List<Change> all;
        synchronized (book) {
            all = List.copyOf(book.changes.values());
        }
        all.forEach(this::restore);
    }

    private void restore(Change change) {
        synchronized (book) {
            if (context != null && change.equals(book.changes.get(change.logger()))) {
                book.changes.remove(change.logger());
                context.getLogger(change.logger()).setLevel(change.before());
                Audit.restored(change);
                letAuditGo();
            }
        }
    }

    /** Whatever becomes of the loggers above it, who does what is noted as before. */
    private void holdAudit() {
        Logger audit = context == null ? null : context.getLogger(Audit.logger());
        if (audit != null && audit.getLevel() == null) {
            audit.setLevel(audit.getEffectiveLevel());
            book.holdsAudit = true;
        }
    }

    private void letAuditGo() {
        if (context != null && book.holdsAudit && book.changes.isEmpty()) {
            context.getLogger(Audit.logger()).setLevel(null);
            book.holdsAudit = false;
        }
    }

    private Logger logger(String name) {
        if (context == null) {
            throw senseless("The node does not log by Logback");
        }
        if (name.equalsIgnoreCase(Logger.ROOT_LOGGER_NAME)) {
            return context.getLogger(Logger.ROOT_LOGGER_NAME);
        }
        boolean mayBe = KNOWN.stream().anyMatch(above -> name.equals(above) || name.startsWith(above + "."));
        boolean isName = name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
        if (name.equals(Audit.logger()) || (context.exists(name) == null && !(mayBe && isName))) {
            throw senseless("There is no such logger");
        }
        return context.getLogger(name);
    }

    /** What is changed just now. */
    JsonArray json() {
        synchronized (book) {
            return new JsonArray(
                    book.changes.values().stream().map(Change::json).toList());
        }
    }

    /** The first hundred loggers whose names hold a text. */
    JsonArray names(String text) {
        return context == null
                ? new JsonArray()
                : new JsonArray(context.getLoggerList().stream()
                        .map(Logger::getName)
                        .filter(name -> name.contains(text))
                        .limit(MOST_SHOWN)
                        .toList());
    }

    private static EventException senseless(String why) {
        return ErrorCode.INVALID_DATA.failure(why).exception();
    }
}
