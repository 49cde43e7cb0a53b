package dev.switchboard.types;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names for types, each given once. */
final class Names {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final Set<String> taken;

    /** @param taken what no type may be called */
    Names(Set<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** The name for a type that is called after something, with a number behind it where another has it. */
    String of(String text) {
        return take(pascal(text));
    }

    /** The same for a constant. */
    String ofConstant(String text) {
        return take(constant(text));
    }

    private String take(String name) {
        String free = name;
        for (int n = 2; !taken.add(free); n++) {
            free = name + n;
        }
        return free;
    }

    /** {@code new message} → {@code NewMessage}. */
    static String pascal(String text) {
        String joined = words(text)
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return joined.isEmpty() || !Character.isJavaIdentifierStart(joined.charAt(0)) ? "Type" + joined : joined;
    }

    /** {@code new message} → {@code NEW_MESSAGE}. */
    private static String constant(String text) {
        String joined = words(text.replaceAll("(\\p{Ll})(\\p{Lu})", "$1_$2"))
                .map(word -> word.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining("_"));
        return joined.isEmpty() || !Character.isJavaIdentifierStart(joined.charAt(0)) ? "EVENT_" + joined : joined;
    }

    private static Stream<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group);
    }
}
