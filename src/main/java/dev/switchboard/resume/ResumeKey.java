package dev.switchboard.resume;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a client shows to come back as the socket that it was: 128 random bits, another key after each time. Records keep
 * the SHA-256 of it alone.
 */
final class ResumeKey {
    /** No key: nobody can show it. */
    static final ResumeKey NONE = new ResumeKey("");

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private ResumeKey(String text) {
        this.text = text;
    }

    static ResumeKey random() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return new ResumeKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** What a client shows, whatever it is. */
    static ResumeKey given(String text) {
        return new ResumeKey(text);
    }

    String text() {
        return text;
    }

    String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "ResumeKey[…]";
    }
}
