package dev.switchboard.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A request as a proxy got it. Its client's port is not known, and is 0. */
final class ForwardedRequest extends HttpServerRequestWrapper {
    private final SocketAddress client;
    private final boolean secure;
    private final @Nullable HostAndPort authority;

    /** @param hop what the proxy says; of what it leaves out, the connection to it is told */
    ForwardedRequest(HttpServerRequest request, InetAddress client, Hop hop) {
        super((HttpServerRequestInternal) request);
        this.client = SocketAddress.inetSocketAddress(new InetSocketAddress(client, 0));
        this.secure = hop.secure().orElse(request.isSSL());
        this.authority = hop.host().orElse(request.authority());
    }

    @Override
    public SocketAddress remoteAddress() {
        return client;
    }

    @Override
    public boolean isSSL() {
        return secure;
    }

    @Override
    public String scheme() {
        return secure ? "https" : "http";
    }

    @Override
    public @Nullable HostAndPort authority() {
        return authority;
    }
}
