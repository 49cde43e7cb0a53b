package dev.switchboard.http;

import dev.switchboard.config.Network;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests be seen as the outermost trusted proxy got them. What anybody else says of a request's origin is not
 * read at all. For any thread.
 *
 * <p>A request from a trusted proxy is walked back, the nearest proxy first, as long as the sender is trusted: whoever
 * stands before the last trusted one is the client. What stands further left, the client may have made up. Where a
 * proxy does not say who that was, or is not understood, the proxy itself counts as the client.
 */
final class TrustedProxies {
    private final List<Network> trusted;

    /** @param trusted where proxies are; nowhere when it is empty */
    TrustedProxies(List<Network> trusted) {
        this.trusted = trusted;
    }

    /** The request with the address of its client, and with scheme and authority as the client used them. */
    HttpServerRequest seenByClient(HttpServerRequest request) {
        Optional<InetAddress> sender = trusted.isEmpty() ? Optional.empty() : sender(request);
        if (sender.isEmpty() || !isTrusted(sender.get())) {
            return request;
        }
        InetAddress client = sender.get();
        Hop outermost = Hop.UNKNOWN;
        List<Hop> hops = ForwardedHeaders.of(request.headers());
        for (int n = hops.size() - 1; n >= 0 && isTrusted(client); n--) {
            outermost = hops.get(n);
            if (outermost.client().isEmpty()) {
                break;
            }
            client = outermost.client().get();
        }
        return new ForwardedRequest(request, client, outermost);
    }

    /** The address that a request comes from. */
    static Optional<InetAddress> sender(HttpServerRequest request) {
        return address(request.remoteAddress());
    }

    static Optional<InetAddress> address(@Nullable SocketAddress address) {
        String text = address == null ? null : address.hostAddress();
        return text == null ? Optional.empty() : Network.address(text.replaceFirst("%.*", ""));
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}
