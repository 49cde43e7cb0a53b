package dev.switchboard.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A request whose address can be logged, as routers do at their finest level: the query, which may hold a token, is left out. */
final class DiscreetRequest extends HttpServerRequestWrapper {
    private final HttpServerRequest request;

    DiscreetRequest(HttpServerRequest request) {
        super((HttpServerRequestInternal) request);
        this.request = request;
    }

    @Override
    public String absoluteURI() {
        String address = super.absoluteURI();
        int query = address == null ? -1 : address.indexOf('?');
        return query < 0 ? String.valueOf(address) : address.substring(0, query);
    }

    // Of these the wrapper asks the connection, which knows the nearest proxy only.

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return request.remoteAddress();
    }

    @Override
    public boolean isSSL() {
        return request.isSSL();
    }

    @Override
    public @Nullable HostAndPort authority() {
        return request.authority();
    }
}
