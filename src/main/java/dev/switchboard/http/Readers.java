package dev.switchboard.http;

import dev.switchboard.config.Network;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Addresses that may see what others do not. For any thread. */
final class Readers {
    private final List<Network> networks;

    Readers(List<Network> networks) {
        this.networks = networks;
    }

    /** Whether a request comes from one. Who comes by a proxy that nobody trusts has the proxy's address, which says nothing of the client. */
    boolean include(HttpServerRequest request) {
        Optional<InetAddress> client = TrustedProxies.sender(request);
        boolean isKnown = !ForwardedHeaders.areIn(request.headers())
                || !client.equals(TrustedProxies.address(request.connection().remoteAddress()));
        return isKnown
                && client.filter(address -> networks.stream().anyMatch(network -> network.contains(address)))
                        .isPresent();
    }
}
