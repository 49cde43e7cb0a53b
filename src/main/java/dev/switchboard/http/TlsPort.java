package dev.switchboard.http;

import dev.switchboard.config.TlsConfig;
import dev.switchboard.config.TlsKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the server, over TLS where that is configured, and gives it new certificates as their files change. Connections
 * that are open keep what they began with. Lives on the event loop of its verticle; files are read by a worker.
 */
final class TlsPort {
    private static final Logger LOG = LoggerFactory.getLogger(TlsPort.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Optional<TlsConfig> files;
    private Optional<TlsKeys> keys = Optional.empty();
    private String fault = "";

    /** @param files empty for a server without TLS */
    TlsPort(Vertx vertx, Optional<TlsConfig> files) {
        this.vertx = vertx;
        this.files = files;
    }

    /** The server, which does not listen yet; fails when the files cannot be used any more. */
    Future<HttpServer> server(HttpServerOptions options) {
        return files.map(this::load)
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(loaded -> {
                    keys = loaded;
                    loaded.ifPresent(secret -> secure(options, secret));
                    return vertx.createHttpServer(options);
                });
    }

    private Future<Optional<TlsKeys>> load(TlsConfig from) {
        return vertx.executeBlocking(() -> Optional.of(from.load()));
    }

    private static void secure(HttpServerOptions options, TlsKeys secret) {
        options.setSsl(true)
                .setUseAlpn(false) // there is no HTTP/2: WebSockets are of HTTP/1.1
                .setKeyCertOptions(secret.own())
                .setEnabledSecureTransportProtocols(versions());
        secret.trust().ifPresent(trust -> options.setTrustOptions(trust).setClientAuth(ClientAuth.REQUIRED));
    }

    private static ServerSSLOptions options(TlsKeys secret) {
        ServerSSLOptions options = new ServerSSLOptions()
                .setUseAlpn(false)
                .setKeyCertOptions(secret.own())
                .setEnabledSecureTransportProtocols(versions());
        secret.trust().ifPresent(trust -> options.setTrustOptions(trust).setClientAuth(ClientAuth.REQUIRED));
        return options;
    }

    private static Set<String> versions() {
        return new LinkedHashSet<>(TlsKeys.VERSIONS);
    }

    /** From now on this server, and all that share its port, follow the files. To be asked of one of them. */
    void renew(HttpServer listening) {
        files.ifPresent(from -> {
            keys.ifPresent(secret -> warn(List.of(), secret.warnings()));
            next(from, listening);
        });
    }

    private void next(TlsConfig from, HttpServer listening) {
        vertx.setTimer(
                EVERY.toMillis(),
                timer -> load(from)
                        .compose(loaded -> take(loaded.orElseThrow(), listening))
                        .onSuccess(v -> fault = "")
                        .onFailure(this::complain)
                        .onComplete(v -> next(from, listening)));
    }

    /** What stays as it is costs nothing; of two files that belong together only one may be new yet. */
    private Future<?> take(TlsKeys found, HttpServer listening) {
        List<String> known = keys.map(TlsKeys::warnings).orElse(List.of());
        if (keys.filter(before ->
                        before.own().equals(found.own()) && before.trust().equals(found.trust()))
                .isPresent()) {
            keys = Optional.of(found);
            warn(known, found.warnings());
            return Future.succeededFuture();
        }
        return listening.updateSSLOptions(options(found)).onSuccess(v -> {
            keys = Optional.of(found);
            LOG.info("New connections get the new certificate");
            warn(known, found.warnings());
        });
    }

    private static void warn(List<String> known, List<String> warnings) {
        if (!warnings.equals(known)) {
            warnings.forEach(LOG::warn);
        }
    }

    private void complain(Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (!reason.equals(fault)) {
            fault = reason;
            LOG.error("The new certificate cannot be used, and the former stays: {}", reason);
        }
    }
}
