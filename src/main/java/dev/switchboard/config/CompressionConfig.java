package dev.switchboard.config;

/**
 * Whether messages on WebSockets are compressed (RFC 7692) for clients that offer it.
 *
 * @param on whether the offer is taken
 * @param threshold bytes of the smallest message of the server that is compressed
 */
public record CompressionConfig(boolean on, int threshold) {
    private static final int KIB = 1 << 10;

    static CompressionConfig read(Section http) {
        return new CompressionConfig(
                http.flag("compression", false), http.size("compressionThreshold", KIB, 1024 * KIB));
    }
}
