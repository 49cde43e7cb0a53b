package dev.switchboard.token;

/**
 * Who a client is.
 *
 * @param id what tells users apart; empty for somebody without a page token
 * @param name what people read; two users may have the same
 */
public record User(String id, String name) {
    private static final User ANONYMOUS = new User("", "");

    /** Somebody without a page token. */
    public static User anonymous() {
        return ANONYMOUS;
    }

    public boolean isAnonymous() {
        return id.isEmpty();
    }
}
