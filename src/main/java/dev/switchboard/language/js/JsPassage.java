package dev.switchboard.language.js;

import static java.util.Objects.requireNonNull;

import dev.switchboard.Next;
import dev.switchboard.Packet;
import io.vertx.core.Future;
import org.graalvm.polyglot.HostAccess;
import org.jspecify.annotations.Nullable;

/** What a middleware is given beside the socket, as the prelude sees it: how to go on, and the packet if there is one. */
public final class JsPassage {
    private final Next<?> next;
    private final @Nullable Packet packet;

    JsPassage(Next<?> next, @Nullable Packet packet) {
        this.next = next;
        this.packet = packet;
    }

    @HostAccess.Export
    public Future<?> next() {
        return next.run();
    }

    @HostAccess.Export
    public String event() {
        return packet().event();
    }

    @HostAccess.Export
    public void rename(String event) {
        packet().event(event);
    }

    @HostAccess.Export
    public int kind() {
        return Packed.of(packet().data()).kind();
    }

    @HostAccess.Export
    public String text() {
        return Packed.of(packet().data()).text();
    }

    @HostAccess.Export
    public void replace(int kind, String text) {
        packet().data(new Packed(kind, text).payload());
    }

    private Packet packet() {
        return requireNonNull(packet);
    }
}
