package dev.switchboard.transport.sockjs;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import java.util.Locale;

/** The ways to receive over HTTP: how each writes a frame, and whether its response goes on after one. */
enum HttpTransport {
    XHR("application/javascript; charset=UTF-8", false),
    XHR_STREAMING("application/javascript; charset=UTF-8", true),
    EVENTSOURCE("text/event-stream; charset=UTF-8", true),
    HTMLFILE("text/html; charset=UTF-8", true),
    JSONP("application/javascript; charset=UTF-8", false);

    /** Some browsers hand nothing to the page before so much has come. */
    private static final int XHR_PRELUDE = 2048;

    private static final int HTML_PRELUDE = 1024;

    private final String contentType;
    private final boolean streaming;

    HttpTransport(String contentType, boolean streaming) {
        this.contentType = contentType;
        this.streaming = streaming;
    }

    /** The last segment of its path. */
    String segment() {
        return name().toLowerCase(Locale.ROOT);
    }

    HttpMethod method() {
        return this == XHR || this == XHR_STREAMING ? HttpMethod.POST : HttpMethod.GET;
    }

    String contentType() {
        return contentType;
    }

    boolean isStreaming() {
        return streaming;
    }

    /** Whether the request names a function that takes the frames. */
    boolean needsCallback() {
        return this == HTMLFILE || this == JSONP;
    }

    /** What a streaming response begins with. */
    String prelude(String callback) {
        return switch (this) {
            case XHR, JSONP -> "";
            case XHR_STREAMING -> "h".repeat(XHR_PRELUDE) + "\n";
            case EVENTSOURCE -> "\r\n";
            case HTMLFILE -> html(callback);
        };
    }

    private static String html(String callback) {
        String page = """
                <!doctype html>
                <html><head>
                  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
                  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
                </head><body><h2>Don't panic!</h2>
                  <script>
                    document.domain = document.domain;
                    var c = parent.%s;
                    c.start();
                    function p(d) {c.message(d);};
                    window.onload = c.stop;
                  </script>
                """.formatted(callback);
        return page + " ".repeat(Math.max(0, HTML_PRELUDE - page.length())) + "\r\n\r\n";
    }

    /** A frame as this transport writes it. */
    String wrap(String frame, String callback) {
        return switch (this) {
            case XHR, XHR_STREAMING -> frame + "\n";
            case EVENTSOURCE -> "data: " + frame + "\r\n\r\n";
            case HTMLFILE -> "<script>\np(" + script(frame) + ");\n</script>\r\n";
            case JSONP -> "/**/" + callback + "(" + script(frame) + ");\r\n";
        };
    }

    /** A string of JavaScript that neither ends the script that it stands in nor, as a comment, its end. */
    private static String script(String frame) {
        return Json.encode(frame)
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
