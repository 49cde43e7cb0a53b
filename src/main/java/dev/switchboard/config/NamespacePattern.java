package dev.switchboard.config;

import java.util.regex.Pattern;

/**
 * A name of the configuration that stands for many: in {@code /orders-*} the star is one or more letters, digits and the other
 * characters of names, but no slash. Each name that fits is a namespace of its own, which is there while it has sockets.
 *
 * @param text as the configuration has it; no client can name it
 * @param most how many there may be at once on a node
 */
public record NamespacePattern(String text, int most) {
    private static final char STAR = '*';

    /** At most one star in each segment, so that it is clear what it stands for. */
    private static final Pattern FORM = Pattern.compile("(/(?!\\.+(/|$))[A-Za-z0-9._~-]*(\\*[A-Za-z0-9._~-]*)?)+");

    private static final String ANYTHING = "[A-Za-z0-9._~-]+";

    static boolean isPattern(String name) {
        return name.indexOf(STAR) >= 0;
    }

    static boolean isGood(String name) {
        return FORM.matcher(name).matches() && !name.contains("//") && !name.endsWith("/");
    }

    /** Whether a name is one of those. */
    boolean fits(String name) {
        return NamespaceConfig.isPath(name)
                && Pattern.matches(Pattern.quote(text).replace("*", "\\E" + ANYTHING + "\\Q"), name);
    }

    /** How many characters a name has that fits, those left out for which a star stands. */
    int said() {
        return (int) text.chars().filter(character -> character != STAR).count();
    }
}
