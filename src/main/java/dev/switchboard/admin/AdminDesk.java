package dev.switchboard.admin;

import dev.switchboard.bus.Answerers;
import dev.switchboard.bus.Drain;
import dev.switchboard.metrics.Meters;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Answers for this node what the admin page of any node wants to know of it, or wants it to do. */
public final class AdminDesk {
    /** What nodes are asked by. */
    static final String NAME = "$admin";

    static final String TELL = "tell";
    static final String DRAIN = "drain";

    private AdminDesk() {}

    /** Answers from now on, on the context of the caller. */
    public static void open(Vertx vertx, Meters meters, Supplier<String> address) {
        NodeReport report = new NodeReport(vertx, meters, address);
        new Answerers(vertx).add(NAME, asked -> switch (asked.string()) {
            case TELL -> Future.succeededFuture(Payload.of(report.json()));
            case DRAIN -> {
                // Said first: what ends the process ends the answer, too.
                vertx.runOnContext(v -> Drain.of(vertx).beginAndEnd());
                yield Future.succeededFuture(Payload.absent());
            }
            default ->
                Future.failedFuture(
                        ErrorCode.INVALID_DATA.failure("there is no such order").exception());
        });
    }
}
