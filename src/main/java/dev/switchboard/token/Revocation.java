package dev.switchboard.token;

import java.time.Instant;

/**
 * Tokens that no node accepts any more.
 *
 * @param name the token's {@code jti}, the log-in's {@code sid}, or the user's id
 * @param upTo of a user's tokens, those of log-ins until this moment are meant, a whole second; else the same as
 *     {@code until}
 * @param until when the last of them has expired, so that the revocation can be forgotten
 */
public record Revocation(Kind kind, String name, Instant upTo, Instant until) {
    /** How much is revoked at once. */
    public enum Kind {
        /** One token; others of the same log-in stay, and can be refreshed. */
        TOKEN,
        /** All tokens that were, or will be, refreshed from one log-in. */
        LOGIN,
        /** All that a user has: every log-in until now. */
        USER;

        /**
         * The one that is called {@code token}, {@code login} or {@code user}.
         *
         * @throws IllegalArgumentException when none is
         */
        public static Kind named(String name) {
            return switch (name) {
                case "token" -> TOKEN;
                case "login" -> LOGIN;
                case "user" -> USER;
                default -> throw new IllegalArgumentException("what is revoked is a token, a login or a user");
            };
        }
    }

    static Revocation token(PageToken token) {
        return new Revocation(Kind.TOKEN, token.id(), token.expires(), token.expires());
    }

    static Revocation login(PageToken token, Instant until) {
        return new Revocation(Kind.LOGIN, token.family(), until, until);
    }

    static Revocation user(String id, Instant upTo, Instant until) {
        return new Revocation(Kind.USER, id, upTo, until);
    }

    /** Whether the token is one of those. */
    public boolean covers(PageToken token) {
        return switch (kind) {
            case TOKEN -> token.id().equals(name);
            case LOGIN -> token.family().equals(name);
            case USER ->
                token.user().id().equals(name) && !token.authenticated().isAfter(upTo);
        };
    }

    /** What this and another one of the same revoke together. */
    Revocation with(Revocation other) {
        return new Revocation(kind, name, later(upTo, other.upTo), later(until, other.until));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
