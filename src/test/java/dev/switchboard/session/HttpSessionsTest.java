package dev.switchboard.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.wire.EventException;
import dev.switchboard.wire.SessionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.SessionStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpSessionsTest {
    private final Vertx vertx = Vertx.vertx();
    private final SessionStore store = HttpSessions.store(vertx);
    private final HttpSessions sessions = new HttpSessions(vertx);

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private Optional<SessionId> session(long timeoutMillis) {
        Session session = store.createSession(timeoutMillis);
        await(store.put(session));
        return Optional.of(new SessionId(session.id()));
    }

    private static boolean isGone(Future<?> future) {
        await(future.transform(done -> Future.succeededFuture()));
        return future.cause() instanceof EventException e && e.code().equals("NO_SESSION");
    }

    @Test
    void put_keepsACopy() {
        Optional<SessionId> id = session(60_000);
        List<Object> list = new ArrayList<>(List.of(1));

        await(sessions.put(id, "list", list));
        list.add(2);
        await(sessions.put(id, "map", Map.of("a", Map.of("b", 1))));
        ((JsonObject) await(sessions.get(id, "map"))).put("a", 2);

        assertThat(await(sessions.get(id, "list"))).hasToString("[1]");
        assertThat(await(sessions.get(id, "map"))).hasToString("{\"a\":{\"b\":1}}");
    }

    @Test
    void put_ofNoJson_isRefused() {
        Optional<SessionId> id = session(60_000);

        for (Object value :
                List.of(new Object(), new BigDecimal(1), Map.of("a", new Object()), List.of(new Object()))) {
            assertThatThrownBy(() -> sessions.put(id, "a", value)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String name : List.of("", "__vertx.userHolder", "x".repeat(257))) {
            assertThatThrownBy(() -> sessions.put(id, name, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> sessions.get(id, name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void session_thatExpired_isGone() {
        Optional<SessionId> id = session(30);

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> isGone(sessions.get(id, "a")));
        assertThat(isGone(sessions.put(id, "a", 1))).isTrue();
        assertThat(isGone(sessions.put(id, "a", null))).isTrue();
    }

    @Test
    void session_thatIsWrittenTo_lastsLonger() {
        Optional<SessionId> id = session(60_000);
        Session stored = await(store.get(id.get().value()));
        long before = stored.lastAccessed();

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            await(sessions.get(id, "a"));
            return System.currentTimeMillis() > before;
        });
        assertThat(stored.lastAccessed()).isEqualTo(before);
        await(sessions.put(id, "a", 1));

        assertThat(stored.lastAccessed()).isGreaterThan(before);
    }

    @Test
    void session_thatIsNone_isGone() {
        assertThat(isGone(sessions.get(Optional.empty(), "a"))).isTrue();
        assertThat(isGone(sessions.get(Optional.of(new SessionId("nobody's")), "a")))
                .isTrue();
        assertThat(new SessionId("secret")).asString().doesNotContain("secret");
    }
}
