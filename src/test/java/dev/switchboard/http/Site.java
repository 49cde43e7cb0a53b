package dev.switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.bus.Addresses;
import dev.switchboard.config.TokenConfig;
import dev.switchboard.token.PageTokens;
import dev.switchboard.token.Revocation;
import dev.switchboard.token.Revocations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes behind a real server, and a client that knows nothing of Vert.x. */
final class Site implements AutoCloseable {
    private static final Pattern META = Pattern.compile("<meta name=\"page-token\" content=\"([^\"]*)\">");

    final Queue<Revocation> revoked = new ConcurrentLinkedQueue<>();
    final Vertx vertx;
    final PageTokens tokens;
    final String guests;
    final URI server;
    volatile boolean ready = true;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path webroot;

    Site(Path webroot) throws IOException {
        this.webroot = webroot;
        page("index.html", "<html><meta name=\"page-token\" content=\"\"></html>");
        vertx = Vertx.vertx();
        TokenConfig config = new TokenConfig(Duration.ofHours(1), Duration.ofHours(24), Optional.empty(), "");
        tokens = PageTokens.create(vertx, config, PageTokens.randomKey(), new Revocations());
        guests = await(vertx.deployVerticle(new GuestAuthenticator()));
        Router router = Router.router(vertx);
        router.route().handler(new SecurityHeaders());
        new HealthRoutes(vertx, Map.of("one", () -> true, "other", () -> ready)).mount(router);
        new TokenRoutes(vertx, tokens, Addresses.AUTHENTICATOR, Site::isOwn, this::revoke).mount(router);
        new PageRoutes(vertx, webroot.toString(), tokens, Addresses.AUTHENTICATOR, new PagePolicy(Optional.empty()))
                .mount(router);
        HttpServer listening =
                await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        server = URI.create("http://127.0.0.1:" + listening.actualPort());
    }

    private Future<Void> revoke(Revocation revocation) {
        tokens.revoke(revocation);
        revoked.add(revocation);
        return Future.succeededFuture();
    }

    static boolean isOwn(HttpServerRequest request) {
        return request.getHeader("Origin") == null;
    }

    /** Takes the place of the guests' one. */
    void authenticator(Consumer<Message<JsonObject>> answer) {
        await(vertx.undeploy(guests));
        MessageConsumer<JsonObject> consumer = vertx.eventBus().localConsumer(Addresses.AUTHENTICATOR, answer::accept);
        await(consumer.completion());
    }

    void page(String name, String text) throws IOException {
        Path file = webroot.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> post(String body) {
        return send(request("/token").POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> post(String body, String token) {
        return send(request("/token").header("Authorization", "Bearer " + token).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String token) {
        return delete("/token", token);
    }

    HttpResponse<String> delete(String path, String token) {
        return send(request(path).header("Authorization", "bearer " + token).DELETE());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString())
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    static JsonObject user(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("user");
    }

    static JsonObject error(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("error");
    }

    static String meta(HttpResponse<String> page) {
        Matcher meta = META.matcher(page.body());
        assertThat(meta.find()).isTrue();
        return meta.group(1);
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
