package dev.switchboard.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.transport.polling.Body;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever clients write into bodies, paths and callbacks is taken or refused, and never fails or grows. */
class SockJsPropertyTest {
    // ---- bodies

    @Property(seed = "2", edgeCases = EdgeCasesMode.NONE)
    void messages_ofAnyText_areStringsOrNone(@ForAll("bodies") String text) {
        List<byte[]> messages = SockJsFrames.messages(text);

        if (messages != null) {
            // A character of JSON text makes three bytes at most.
            assertThat(messages.stream().mapToLong(message -> message.length).sum())
                    .isLessThanOrEqualTo(3L * text.length());
            assertThat(messages).hasSizeLessThanOrEqualTo(text.length());
        }
    }

    @Property(seed = "3", edgeCases = EdgeCasesMode.NONE)
    void messages_ofStrings_areThese(@ForAll("sayings") List<String> strings) {
        List<byte[]> messages = SockJsFrames.messages(new JsonArray(strings).encode());

        assertThat(messages)
                .isNotNull()
                .extracting(message -> new String(message, StandardCharsets.UTF_8))
                .isEqualTo(strings);
    }

    @Property(seed = "4", edgeCases = EdgeCasesMode.NONE)
    void messages_nestedOrBrokenOff_areNone(
            @ForAll("openings") String opening, @ForAll @IntRange(min = 1, max = 2_000) int depth) {
        assertThat(SockJsFrames.messages(opening.repeat(depth))).isNull();
    }

    @Property(seed = "5", edgeCases = EdgeCasesMode.NONE)
    void form_ofAnyText_isUnwrappedOrLeft(@ForAll("types") String type, @ForAll("bodies") String body) {
        String unwrapped = Body.unwrap(type, body);

        assertThat(unwrapped.length()).isLessThanOrEqualTo(body.length());
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            assertThat(unwrapped).isEqualTo(body);
        }
    }

    @Property(seed = "6", edgeCases = EdgeCasesMode.NONE)
    void form_ofAMessage_isTheMessage(@ForAll("sayings") List<String> strings) {
        String json = new JsonArray(strings).encode();
        String form = "x=1&d=" + URLEncoder.encode(json, StandardCharsets.UTF_8) + "&y";

        assertThat(Body.unwrap("Application/X-WWW-Form-URLencoded; charset=UTF-8", form))
                .isEqualTo(json);
    }

    // ---- paths and callbacks

    @Property(seed = "7", edgeCases = EdgeCasesMode.NONE)
    void path_ofAnyText_namesASessionOrNone(@ForAll("paths") String path) {
        SessionPath parts = SessionPath.parse(path);

        if (parts != null) {
            assertThat(path).endsWith("/" + parts.id() + "/" + parts.transport());
            assertThat(path.chars().filter(c -> c == '/')).hasSize(3);
            assertThat(parts.id()).isNotEmpty().doesNotContain("/", ".");
            assertThat(parts.transport()).matches("[a-z_]+");
            assertThat(SessionPath.length(parts.id())).isBetween(1, parts.id().length());
        }
    }

    @Property(seed = "8", edgeCases = EdgeCasesMode.NONE)
    void path_ofAnyLength_endsQuickly(@ForAll("pieces") String piece, @ForAll @IntRange(max = 5_000) int times) {
        SessionPath.parse("/" + piece.repeat(times));
        SessionPath.parse("/a/" + piece.repeat(times) + "/xhr");
        HttpTransport.isCallback(piece.repeat(times));
    }

    @Property(seed = "9", edgeCases = EdgeCasesMode.NONE)
    void frame_inAScript_isAStringAndNothingElse(
            @ForAll("callbacks") String callback, @ForAll("sayings") List<String> strings) {
        if (!HttpTransport.isCallback(callback)) {
            return;
        }
        String frame = "a" + new JsonArray(strings).encode();

        String called = HttpTransport.JSONP.wrap(frame, callback);
        assertThat(called).startsWith(callback + "(").endsWith(");\r\n").doesNotContain("\u2028", "\u2029", "<");
        assertThat(Json.decodeValue(called.substring(callback.length() + 1, called.length() - 4)))
                .isEqualTo(frame);
        String script = HttpTransport.HTMLFILE.wrap(frame, callback);
        assertThat(script.substring("<script>".length(), script.length() - "</script>\r\n".length()))
                .doesNotContain("<");
        assertThat(HttpTransport.HTMLFILE.prelude(callback)).contains("parent." + callback + ";\n");
    }

    // ---- what clients write

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                pieces(
                        "[",
                        "]",
                        "{",
                        "}",
                        "\"",
                        ",",
                        ":",
                        "\\",
                        "\\u",
                        "d800",
                        "a",
                        "d=",
                        "&",
                        "%",
                        "%5B",
                        "%zz",
                        "+",
                        " ",
                        "\n",
                        "null",
                        "1e999999",
                        "-",
                        "\ud800",
                        "\u2028",
                        "\0",
                        "é"));
    }

    @Provide
    Arbitrary<List<String>> sayings() {
        return pieces(
                        "a",
                        "\"",
                        "\\",
                        "</script>",
                        "<!--",
                        "\u2028",
                        "\u2029",
                        "\0",
                        "\n",
                        "é",
                        "\ud83d\ude00",
                        "%",
                        "&",
                        "+",
                        "=")
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> openings() {
        return Arbitraries.of("[", "[[", "{\"a\":", "[{\"a\":", "[\"a\",", "\"a", "[1,");
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(
                "", "text/plain", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded;a=b", "\0");
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                pieces(
                        "/",
                        "/a",
                        "/xhr",
                        "/000",
                        "/session1",
                        ".",
                        "%2e",
                        "%2F",
                        "%61",
                        "%",
                        "%z",
                        "%4",
                        "\n",
                        "é",
                        "_",
                        "X"));
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of("/", "a", "a/", "%61", "%", ".", "_/", "\0", "é", "%2e");
    }

    @Provide
    Arbitrary<String> callbacks() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(10),
                Arbitraries.strings().withChars("abcXYZ_.-019CWS").ofMaxLength(130),
                pieces("a", "(", ")", ";", "<", "\n", "CWS", ".", "\u2028"));
    }

    private static Arbitrary<String> pieces(String... pieces) {
        return Arbitraries.of(pieces).list().ofMaxSize(30).map(all -> String.join("", all));
    }
}
