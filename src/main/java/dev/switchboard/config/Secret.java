package dev.switchboard.config;

import java.security.MessageDigest;

/**
 * Bytes that nobody may see by accident: they never appear in {@link #toString()}, and comparing two secrets takes the
 * same time wherever they differ. Immutable.
 *
 * <pre>{@code
 * Secret key = new Secret(bytes);
 * log.info("started with {}", key);   // Secret[redacted]
 * }</pre>
 */
public final class Secret {
    private final byte[] bytes;

    /** Hides a copy of the bytes. */
    public Secret(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** The same for all secrets: a hash of the bytes would tell something about them. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
