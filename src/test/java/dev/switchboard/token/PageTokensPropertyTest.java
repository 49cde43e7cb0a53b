package dev.switchboard.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a client sends as a token, it is one, or it is refused; nothing is kept of it, and nothing else happens. */
class PageTokensPropertyTest {
    private static Mint mint;

    @BeforeContainer
    static void open() {
        mint = new Mint();
    }

    @AfterContainer
    static void close() {
        mint.close();
    }

    private static void assertVerifiedOrRefused(String raw) {
        Future<PageToken> verified = mint.tokens.verify(raw);

        assertThat(verified.isComplete()).isTrue();
        if (verified.failed()) {
            assertThat(verified.cause()).isInstanceOf(TokenRefusedException.class);
            assertThat(verified.cause().getMessage().length()).isLessThan(60);
        } else {
            assertThat(verified.result().user().id()).isNotEmpty();
            assertThat(verified.result().expires()).isAfter(mint.now);
            Future<PageToken> refreshed = mint.tokens.refresh(verified.result());
            assertThat(refreshed.succeeded() || refreshed.cause() instanceof TokenRefusedException)
                    .isTrue();
        }
        assertThat(mint.revocations.entries()).isEmpty();
    }

    @Property(tries = 2000)
    void verify_anyText_isRefusedOrAToken(@ForAll String raw) {
        assertVerifiedOrRefused(raw);
        assertVerifiedOrRefused(raw + "." + raw + "." + raw);
    }

    @Property(tries = 2000)
    void verify_changedToken_isRefusedOrAToken(
            @ForAll("cuts") int from, @ForAll("cuts") int to, @ForAll("letters") String instead) {
        String raw = mint.tokens
                .issue(Mint.ANN, new JsonObject().put("role", "admin"))
                .raw();
        int start = Math.min(from, raw.length());
        int end = Math.min(Math.max(from, to), raw.length());

        assertVerifiedOrRefused(raw.substring(0, start) + instead + raw.substring(end));
    }

    @Property(tries = 3000)
    void verify_anySignedJson_isRefusedOrAToken(
            @ForAll("objects") JsonObject header, @ForAll("objects") JsonObject claims) {
        assertVerifiedOrRefused(Mint.minted(claims));
        assertVerifiedOrRefused(Mint.minted(header, claims, "HmacSHA256"));
        assertVerifiedOrRefused(Mint.minted(header.copy().put("alg", "HS256"), claims, "HmacSHA256"));
        assertVerifiedOrRefused(Mint.minted(Mint.minimal().mergeIn(claims)));
    }

    @Property(tries = 200)
    void verify_deepJson_isRefusedOrAToken(@ForAll("depths") int depth) {
        String deep = "[".repeat(depth) + "]".repeat(depth);
        String claims = "{\"sub\":\"u1\",\"exp\":1e10,\"aud\":\"switchboard\",\"x\":" + deep + "}";

        assertVerifiedOrRefused(Mint.mintedText("{\"alg\":\"HS256\"}", claims));
        assertVerifiedOrRefused(Mint.mintedText("{\"alg\":\"HS256\",\"kid\":" + deep + "}", claims));
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(0, 400);
    }

    @Provide
    Arbitrary<Integer> depths() {
        return Arbitraries.integers().between(0, 3000);
    }

    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.strings().withChars("abcXYZ019-_.= \n\u0000é").ofMaxLength(12);
    }

    @Provide
    Arbitrary<JsonObject> objects() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).map(text -> text),
                Arbitraries.longs().map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.bigIntegers().map(number -> number),
                Arbitraries.of(true, false),
                Arbitraries.of("HS256", "RS256", "none", "switchboard", "u1"),
                Arbitraries.of(Mint.SECOND + 60, 1e300, -1e300, Double.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE));
        Arbitrary<Object> values = Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars,
                () -> scalars.list().ofMaxSize(3).map(list -> new JsonArray(new ArrayList<>(list))),
                () -> Arbitraries.maps(names(), scalars).ofMaxSize(3).map(map -> new JsonObject(new HashMap<>(map))));
        return Arbitraries.maps(names(), values).ofMaxSize(10).map(PageTokensPropertyTest::object);
    }

    private static JsonObject object(Map<String, Object> values) {
        return new JsonObject(new HashMap<>(values));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.of(List.of(
                        "sub",
                        "name",
                        "preferred_username",
                        "iat",
                        "exp",
                        "nbf",
                        "jti",
                        "auth_time",
                        "sid",
                        "aud",
                        "iss",
                        "alg",
                        "kid",
                        "typ",
                        "nonce",
                        "x5c",
                        "amr",
                        "access_token",
                        "crit")),
                Arbitraries.strings().ofMaxLength(8));
    }
}
