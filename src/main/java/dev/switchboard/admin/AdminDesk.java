package dev.switchboard.admin;

import dev.switchboard.bus.Answerers;
import dev.switchboard.bus.Drain;
import dev.switchboard.metrics.Meters;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/**
 * Answers for this node what the admin page of any node wants to know of it, or wants it to do. What an admin has changed
 * for a time ends with it.
 */
public final class AdminDesk extends VerticleBase {
    /** What nodes are asked by. */
    static final String NAME = "$admin";

    static final String TELL = "tell";
    static final String DRAIN = "drain";
    static final String LOG_LEVEL = "log-level";
    static final String LOG_LEVEL_BACK = "log-level-back";

    private final Meters meters;
    private final Supplier<String> address;

    @SuppressWarnings("NullAway.Init") // by start()
    private LogLevels levels;

    @SuppressWarnings("NullAway.Init") // by start()
    private NodeReport report;

    /** @param address where the node listens */
    public AdminDesk(Meters meters, Supplier<String> address) {
        this.meters = meters;
        this.address = address;
    }

    @Override
    public Future<?> start() {
        levels = new LogLevels(vertx);
        report = new NodeReport(vertx, meters, levels, address);
        return new Answerers(vertx).add(NAME, this::answer).completion();
    }

    @Override
    public Future<?> stop() {
        levels.restoreAll();
        return Future.succeededFuture();
    }

    private Future<Payload> answer(Payload asked) {
        JsonObject order =
                asked.value() instanceof JsonObject given ? given : new JsonObject().put("do", asked.string());
        switch (order.getString("do", "")) {
            case TELL -> {
                return Future.succeededFuture(Payload.of(report.json()));
            }
            case DRAIN ->
                // Said first: what ends the process ends the answer, too.
                vertx.runOnContext(v -> Drain.of(vertx).beginAndEnd());
            case LOG_LEVEL ->
                levels.set(
                        order.getString("logger", ""),
                        order.getString("level", ""),
                        order.getLong("seconds", 0L),
                        order.getString("by", ""));
            case LOG_LEVEL_BACK -> levels.restore(order.getString("logger", ""));
            default ->
                throw ErrorCode.INVALID_DATA.failure("there is no such order").exception();
        }
        return Future.succeededFuture(Payload.absent());
    }
}
