package dev.switchboard.config;

import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.List;
import java.util.Optional;

/**
 * What the files for TLS hold, in the form that Vert.x takes.
 *
 * @param warnings what is not as it should be and yet works, a sentence each
 */
public record TlsKeys(PemKeyCertOptions own, Optional<PemTrustOptions> trust, List<String> warnings) {
    /** What is spoken on every port; all older versions are broken. */
    public static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    public TlsKeys {
        warnings = List.copyOf(warnings);
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "TlsKeys[" + String.join(", ", warnings) + "]";
    }
}
