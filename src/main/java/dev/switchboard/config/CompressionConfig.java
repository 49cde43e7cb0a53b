package dev.switchboard.config;

/** How messages on WebSockets are compressed (RFC 7692): whether, and from how many bytes on. */
public record CompressionConfig(boolean on, int threshold) {
    private static final int KIB = 1 << 10;

    static CompressionConfig read(Section http) {
        return new CompressionConfig(
                http.key(
                                "compression",
                                "whether messages on WebSockets are compressed for clients that offer it; see [Limits and"
                                        + " security](limits.md#compression)")
                        .flag(false),
                http.key("compressionThreshold", "the smallest message of the server that is compressed")
                        .size(KIB, 1024 * KIB));
    }
}
