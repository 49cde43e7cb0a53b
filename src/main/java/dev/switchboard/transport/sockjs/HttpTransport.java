package dev.switchboard.transport.sockjs;

import dev.switchboard.transport.polling.Scripts;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.regex.Pattern;

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

    /** What begins like a Flash file could be run as one, by whoever embeds it. */
    private static final Pattern CALLBACK = Pattern.compile("(?![CFZ]WS)[a-zA-Z0-9_.-]{1,128}");

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

    static boolean isCallback(String text) {
        return CALLBACK.matcher(text).matches();
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
                    window.onload = function() {c.stop();};
                  </script>
                """.formatted(callback);
        return page + " ".repeat(Math.max(0, HTML_PRELUDE - page.length())) + "\r\n\r\n";
    }

    /** A frame as this transport writes it. */
    String wrap(String frame, String callback) {
        return switch (this) {
            case XHR, XHR_STREAMING -> frame + "\n";
            // Clients of this transport pass what comes through decodeURI.
            case EVENTSOURCE -> "data: " + frame.replace("%", "%25") + "\r\n\r\n";
            case HTMLFILE -> "<script>\np(" + Scripts.text(frame) + ");\n</script>\r\n";
            case JSONP -> callback + "(" + Scripts.text(frame) + ");\r\n";
        };
    }
}
