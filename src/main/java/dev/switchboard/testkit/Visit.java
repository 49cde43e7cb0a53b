package dev.switchboard.testkit;

import dev.switchboard.token.User;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a client comes: to which namespace, as whom, with what. Begun by {@link TestNode#visit}, ended by {@link #connect}.
 *
 * <pre>{@code
 * TestClient ann = node.visit().namespace("/chat").user(new User("u-1", "Ann")).query("room", "7").connect();
 * }</pre>
 */
public final class Visit {
    private final TestNode node;
    private final Map<String, String> query = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private String namespace = "/";
    private @Nullable User user;
    private JsonObject claims = new JsonObject();
    private String address = "127.0.0.1";

    Visit(TestNode node) {
        this.node = node;
    }

    /** Which namespace; {@code /} unless said. */
    public Visit namespace(String name) {
        namespace = name;
        return this;
    }

    /** As whom: with a page token of the node for this user. */
    public Visit user(User who) {
        user = who;
        return this;
    }

    /** What else its token says. */
    public Visit claims(JsonObject more) {
        claims = more.copy();
        return this;
    }

    /** A parameter of the URL. */
    public Visit query(String name, String value) {
        query.put(name, value);
        return this;
    }

    /** A header of the request; the name in lower case. {@code cookie} counts where the namespace has {@code cookies}. */
    public Visit header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The client's address; {@code 127.0.0.1} unless said. */
    public Visit address(String from) {
        address = from;
        return this;
    }

    /** Connects, and waits until it is let in; fails the test if it is not. */
    public TestClient connect() {
        return node.awaitOpen(connecting());
    }

    /** Connects, and waits for nothing: for clients that are to be refused. */
    public TestClient connecting() {
        return node.connect(this);
    }

    String namespace() {
        return namespace;
    }

    @Nullable
    User user() {
        return user;
    }

    JsonObject claims() {
        return claims;
    }

    Map<String, String> query() {
        return query;
    }

    Map<String, String> headers() {
        return headers;
    }

    String address() {
        return address;
    }
}
