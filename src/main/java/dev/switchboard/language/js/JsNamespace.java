package dev.switchboard.language.js;

import dev.switchboard.Namespace;
import io.vertx.core.Future;
import org.graalvm.polyglot.HostAccess;

/** A {@link Namespace}, as the prelude sees it. */
public final class JsNamespace {
    private final Namespace namespace;

    JsNamespace(Namespace namespace) {
        this.namespace = namespace;
    }

    @HostAccess.Export
    public String name() {
        return namespace.name();
    }

    @HostAccess.Export
    public JsAudience all() {
        return new JsAudience(namespace.all());
    }

    @HostAccess.Export
    public JsAudience room(String room) {
        return new JsAudience(namespace.room(room));
    }

    @HostAccess.Export
    public JsAudience inAnyOf(String first, String... more) {
        return new JsAudience(namespace.inAnyOf(first, more));
    }

    @HostAccess.Export
    public JsAudience user(String id) {
        return new JsAudience(namespace.user(id));
    }

    @HostAccess.Export
    public JsAudience socket(String id) {
        return new JsAudience(namespace.socket(id));
    }

    @HostAccess.Export
    public Future<?> rooms() {
        return JsAudience.attempt(namespace::rooms);
    }
}
