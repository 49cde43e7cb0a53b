package dev.switchboard.token;

/**
 * A page token is not accepted. The message may be shown to clients. It carries no stack trace: it is an answer, not a
 * defect.
 */
public final class TokenRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why a token is not accepted. */
    public enum Reason {
        /** It is none, or not made with this server's key, or not meant for it, or not valid yet. */
        INVALID("The token is not valid"),
        /** Its time is over; with a fresh one the client may come back. */
        EXPIRED("The token has expired"),
        /** Its user has logged out. */
        REVOKED("The token was revoked"),
        /** It is good, but another issuer's, who alone can give a fresh one. */
        FOREIGN("Only the issuer of this token can refresh it");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    TokenRefusedException(Reason reason) {
        super(reason.text, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
