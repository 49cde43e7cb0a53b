package dev.switchboard.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Makes what parsers do not expect, and now and then what they do. For one input. */
public final class Garble {
    private static final List<String> PIECES = List.of(
            "__proto__",
            "constructor",
            "\u0000",
            "\u202e",
            "\u200b",
            "\ufeff",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "ä",
            "\uffff",
            "%",
            "%00",
            "%zz",
            "/",
            "..",
            "*",
            "#",
            "\"",
            "\\",
            "\n",
            " ",
            "a",
            "switchboard.verbs",
            "open",
            "$x");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "1.5",
            "1e999999999",
            "-1e999999999",
            "1e-999999999",
            "9007199254740991",
            "9007199254740992",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "0.1000000000000000055511151231257827",
            "01",
            "1.",
            ".5",
            "NaN",
            "Infinity",
            "-",
            "1e",
            "+1",
            "0x10");
    private static final List<String> WORDS = List.of("null", "true", "false", "nul", "undefined", "", "'a'", "{", "]");

    private final Random random;

    private Garble(Random random) {
        this.random = random;
    }

    /** Inputs that are made piece by piece. */
    public static <T> Arbitrary<T> of(Function<Garble, T> maker) {
        return Arbitraries.randomValue(random -> maker.apply(new Garble(random)));
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    public <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    public byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Text of any characters, halves of pairs among them. */
    public String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.append(oneOf(PIECES));
                default -> text.append((char) (' ' + random.nextInt(95)));
            }
        }
        return once(200) ? text.toString().repeat(1 + random.nextInt(300)) : text.toString();
    }

    /** JSON, mostly. */
    public String json(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0, 1 -> string();
            case 2 -> once(20) ? String.valueOf(random.nextLong()) : oneOf(NUMBERS);
            case 3 -> once(50) ? "9".repeat(1 + random.nextInt(3_000)) : String.valueOf(random.nextInt(100));
            case 4 -> oneOf(WORDS.subList(0, once(10) ? WORDS.size() : 3));
            case 5 -> array(depth);
            default -> object(depth);
        };
    }

    private String array(int depth) {
        if (once(100)) {
            int levels = 1 + random.nextInt(3_000);
            return "[".repeat(levels) + "]".repeat(once(3) ? random.nextInt(levels) : levels);
        }
        StringBuilder array = new StringBuilder("[");
        for (int n = random.nextInt(4); n > 0; n--) {
            array.append(json(depth - 1)).append(n > 1 ? "," : "");
        }
        return array.append(']').toString();
    }

    private String object(int depth) {
        String[] keys = new String[random.nextInt(4)];
        Arrays.setAll(keys, n -> string());
        return object(keys, key -> json(depth - 1));
    }

    /** An object of these keys, which are JSON already. */
    public String object(String[] keys, Function<String, String> values) {
        StringBuilder object = new StringBuilder("{");
        for (int n = 0; n < keys.length; n++) {
            object.append(n == 0 ? "" : once(200) ? "" : ",").append(once(20) ? " \n" : "");
            object.append(keys[n]).append(once(200) ? "" : ":").append(values.apply(keys[n]));
        }
        return object.append(once(200) ? "" : "}").toString();
    }

    /** A JSON string: as it is, or escaped. */
    public String string() {
        String text = text(8);
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean must = c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c);
            if (must ? !once(300) : once(10)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(once(300) ? "" : "\"").toString();
    }

    /** The text in UTF-8, a few of its bytes changed, doubled or lost, if at all. */
    public byte[] changed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int n = once(3) ? 1 + random.nextInt(4) : 0; n > 0 && bytes.length > 0; n--) {
            int place = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[place] = (byte) random.nextInt();
                case 1 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, place);
                default -> {
                    int length = Math.min(bytes.length - place, 1 + random.nextInt(16));
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
                    System.arraycopy(bytes, place, longer, bytes.length, length);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
