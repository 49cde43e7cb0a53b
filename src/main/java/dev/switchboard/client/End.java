package dev.switchboard.client;

import dev.switchboard.wire.CloseReason;
import dev.switchboard.wire.Payload;
import io.vertx.core.json.JsonObject;

/**
 * How a connection ended.
 *
 * @param reconnect whether it may come back
 * @param after ms after which the server wants it back; -1 when it does not say
 * @param url where the server wants it back; empty for where it was
 */
record End(int code, String reason, boolean reconnect, long after, String url) {
    static final End BROKEN = of(CloseReason.BROKEN);

    static End of(CloseReason reason) {
        return of(reason.code(), reason.text());
    }

    /** By the transport's code alone. */
    static End of(int code, String reason) {
        return new End(code, reason, mayReturn(code), -1, "");
    }

    /** As the server's {@code close} event says it. */
    static End told(Payload data) {
        if (!(data.value() instanceof JsonObject says)) {
            return BROKEN;
        }
        int code = says.getValue("code") instanceof Number number ? number.intValue() : BROKEN.code();
        boolean reconnect = says.getValue("reconnect") instanceof Boolean told ? told : mayReturn(code);
        return new End(
                code,
                says.getValue("reason") instanceof String text ? text : "",
                reconnect && code != CloseReason.INVALID_USER.code(),
                says.getValue("after") instanceof Number millis ? Math.max(0, millis.longValue()) : -1,
                says.getValue("url") instanceof String where ? where : "");
    }

    End because(String detail) {
        return new End(code, detail, reconnect, after, url);
    }

    private static boolean mayReturn(int code) {
        return CloseReason.table().stream()
                .filter(reason -> reason.code() == code)
                .allMatch(CloseReason::reconnect);
    }
}
