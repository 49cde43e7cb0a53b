package dev.switchboard.wire;

/**
 * Which HTTP session a connection belongs to. Whoever knows it is its owner, so {@link #toString} leaves it out, and no
 * client is ever told it.
 */
public record SessionId(String value) {
    @Override
    public String toString() {
        return "SessionId[…]";
    }
}
