package dev.switchboard.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Serves the browser's client of SockJS out of its WebJar, in whatever version is on the class path. It is read once,
 * when the server starts. Lives on the event loop of its verticle.
 */
final class SockJsClient implements Handler<RoutingContext> {
    private static final String RELEASE = "META-INF/maven/org.webjars.npm/sockjs-client/pom.properties";
    private static final String FILE = "META-INF/resources/webjars/sockjs-client/%s/dist/sockjs.min.js";

    private final Future<Script> script;

    private record Script(String version, Buffer text) {}

    SockJsClient(Vertx vertx) {
        FileSystem files = vertx.fileSystem();
        script = files.readFile(RELEASE)
                .map(SockJsClient::version)
                .compose(version -> files.readFile(FILE.formatted(version)).map(text -> new Script(version, text)));
    }

    private static String version(Buffer release) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(release.toString()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return properties.getProperty("version", "");
    }

    @Override
    public void handle(RoutingContext context) {
        script.onSuccess(found -> send(context, found)).onFailure(absent -> context.next());
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
