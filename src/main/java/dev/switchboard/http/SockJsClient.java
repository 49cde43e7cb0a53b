package dev.switchboard.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Serves the browser's client of SockJS out of its WebJar, in whatever version is on the class path. It is read once, when
 * somebody asks for it: Vert.x would unpack the whole WebJar at each start. Lives on the event loop of its verticle.
 */
final class SockJsClient implements Handler<RoutingContext> {
    private static final String RELEASE = "META-INF/maven/org.webjars.npm/sockjs-client/pom.properties";
    private static final String FILE = "META-INF/resources/webjars/sockjs-client/%s/dist/sockjs.min.js";

    private final Vertx vertx;
    private @Nullable Future<Script> script;

    private record Script(String version, Buffer text) {}

    SockJsClient(Vertx vertx) {
        this.vertx = vertx;
    }

    private static Script read() throws IOException {
        Properties release = new Properties();
        release.load(new ByteArrayInputStream(resource(RELEASE)));
        String version = release.getProperty("version", "");
        return new Script(version, Buffer.buffer(resource(FILE.formatted(version))));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SockJsClient.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return in.readAllBytes();
        }
    }

    @Override
    public void handle(RoutingContext context) {
        Future<Script> asked = script;
        if (asked == null) {
            asked = vertx.executeBlocking(SockJsClient::read);
            script = asked;
        }
        asked.onSuccess(found -> send(context, found)).onFailure(absent -> context.next());
    }

    private static void send(RoutingContext context, Script script) {
        String tag = '"' + script.version + '"';
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache").putHeader(HttpHeaders.ETAG, tag);
        if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            context.response().setStatusCode(304).end();
        } else {
            Answer.end(context.request(), "text/javascript; charset=utf-8", script.text);
        }
    }
}
