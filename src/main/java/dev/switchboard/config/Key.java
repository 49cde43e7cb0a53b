package dev.switchboard.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A key of a {@link Section} while it is being read: its form, its bounds and its default are declared by the method that
 * reads it, and what it means was said when it was named. The reference is made of just that.
 *
 * <pre>{@code
 * int window = limits.key("window", "events on the way to one handler instance").number(64, 1, 100_000);
 * }</pre>
 */
final class Key {
    private final Section section;
    private final String name;
    private final String meaning;
    private final String otherwise;

    Key(Section section, String name, String meaning, String otherwise) {
        this.section = section;
        this.name = name;
        this.meaning = meaning;
        this.otherwise = otherwise;
    }

    /** Tells in words what stands for it when it is absent, where that depends on something. */
    Key otherwise(String words) {
        return new Key(section, name, meaning, words);
    }

    Optional<String> string() {
        return find("a text", "", Optional.empty(), given -> given.text().filter(text -> !text.isBlank()));
    }

    String string(String fallback) {
        return read(fallback, "a text", given -> given.text().filter(text -> !text.isBlank()));
    }

    /** A text of some form. */
    Optional<String> text(String expected, Predicate<String> form) {
        return find(expected, "", Optional.empty(), given -> given.text().filter(form));
    }

    int number(int fallback, int least, int most) {
        return read(
                fallback,
                "a number from " + least + " to " + most,
                given -> given.number()
                        .filter(number -> number == Math.rint(number) && number >= least && number <= most)
                        .map(Double::intValue));
    }

    Optional<Rate> rate() {
        return find(Rate.EXPECTED, "", Optional.empty(), given -> given.text().flatMap(Rate::parse));
    }

    /** @param fallback is one */
    Rate rate(String fallback) {
        return find(
                        Rate.EXPECTED,
                        "",
                        Optional.of(fallback),
                        given -> given.text().flatMap(Rate::parse))
                .or(() -> Rate.parse(fallback))
                .orElseThrow();
    }

    boolean flag(boolean fallback) {
        return read(fallback, "true or false", Given::flag);
    }

    /** A number of bytes from 1 to {@code most}. */
    int size(int fallback, int most) {
        return (int) size((long) fallback, most);
    }

    /** The same where there may be more than two gigabytes. */
    long size(long fallback, long most) {
        return find(
                        "a size from 1B to " + Quantity.SIZE.print(most),
                        " such as 65536 or \"64KiB\"",
                        Optional.of(new Size(fallback)),
                        given -> given.amount(Quantity.SIZE, 1).filter(bytes -> bytes >= 1 && bytes <= most))
                .orElse(fallback);
    }

    Duration duration(Duration fallback, Duration least, Duration most) {
        return find(
                        "a duration from " + Quantity.print(least) + " to " + Quantity.print(most),
                        " such as \"30s\", or a number of seconds",
                        Optional.of(fallback),
                        given -> given.amount(Quantity.DURATION, 1000)
                                .map(Duration::ofMillis)
                                .filter(duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0))
                .orElse(fallback);
    }

    /** One of the constants, written in lower case and with hyphens. */
    <E extends Enum<E>> E choice(E fallback) {
        Map<String, E> choices = Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                .collect(Collectors.toMap(Key::written, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        String expected = choices.keySet().stream().map(Given::quoted).collect(Collectors.joining(" or "));
        return read(fallback, expected, given -> given.text().flatMap(text -> Optional.ofNullable(choices.get(text))));
    }

    static String written(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    JsonObject object() {
        return read(new JsonObject(), "an object", given -> given.as(JsonObject.class));
    }

    /** A list of texts, each of which the form accepts; a variable has them with commas between. */
    List<String> list(String expected, Function<String, Optional<String>> form) {
        return list(List.of(), expected, form);
    }

    /** The same with something that stands for a list that is absent. */
    List<String> list(List<String> fallback, String expected, Function<String, Optional<String>> form) {
        tell("a list: " + expected, Optional.of(fallback));
        if (section.given(name).isEmpty()) {
            return fallback;
        }
        List<String> accepted = new ArrayList<>();
        for (Given entry : section.find(name, "a list", Given::entries).orElse(List.of())) {
            Optional<String> text = entry.text().flatMap(form);
            text.ifPresentOrElse(accepted::add, () -> section.report(entry.fault(expected)));
        }
        return List.copyOf(accepted);
    }

    /**
     * What a list holds, or the one thing that is there instead of a list; each with the place that it stands at.
     *
     * @param expected what each of them must be
     */
    List<Given> oneOrMore(String expected) {
        tell(expected + ", or a list of such", Optional.of(List.of()));
        return section.given(name)
                .map(given -> given.isVariable() || given.value() instanceof JsonArray
                        ? given.entries().orElse(List.of())
                        : List.of(given))
                .orElse(List.of());
    }

    /** The object under this key, whose keys are names that the user chose. */
    Section names() {
        tell("an object", Optional.of(new JsonObject()));
        return section.section(name);
    }

    /** The same, or the one in the file that the key names. */
    Section namesOrFile(Function<String, Optional<String>> text) {
        tell("an object, or the name of a file", Optional.of(new JsonObject()));
        return section.sectionOrFile(name, text);
    }

    /** The object under this key, which stands for nothing when it is absent. */
    Section section() {
        tell("an object", Optional.empty());
        return section.section(name);
    }

    /** What stands under the key, to be read by whoever asks; empty when it is absent. */
    Optional<Given> given(String form) {
        tell(form, Optional.empty());
        return section.given(name);
    }

    <T> T read(T fallback, String expected, Function<Given, Optional<T>> kind) {
        return find(expected, "", Optional.of(fallback), kind).orElse(fallback);
    }

    private <T> Optional<T> find(
            String form, String suchAs, Optional<Object> fallback, Function<Given, Optional<T>> kind) {
        tell(form, fallback);
        return section.find(name, form + suchAs, kind);
    }

    private void tell(String form, Optional<Object> fallback) {
        section.tell(name, new Setting(form, fallback, otherwise, meaning));
    }

    /** A number of bytes, where it is shown. */
    record Size(long bytes) {
        @Override
        public String toString() {
            return Quantity.SIZE.print(bytes);
        }
    }
}
