package dev.switchboard.transport.polling;

import io.vertx.core.json.Json;

/** What clients load as scripts, since they can do no better. */
public final class Scripts {
    private Scripts() {}

    /** A string of JavaScript that neither ends the script that it stands in nor, as a comment, its end. */
    public static String text(String content) {
        return Json.encode(content)
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
