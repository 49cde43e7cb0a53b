package dev.switchboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in the headers of proxies, and in those that name an origin. */
class ForwardedPropertyTest {
    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of(
                        "for=",
                        "proto=",
                        "host=",
                        "\"",
                        "\\",
                        ",",
                        ";",
                        " ",
                        "[",
                        "]",
                        ":",
                        "::1",
                        "%eth0",
                        "10.0.0.1",
                        "unknown",
                        "_x",
                        "https",
                        "a.example",
                        "\r\n",
                        "\u0000",
                        "é",
                        "99999")
                .list()
                .ofMaxSize(24)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 500)
    void of_anyLines_isReadWithoutAFault(@ForAll("lines") String forwarded, @ForAll("lines") String other) {
        for (String name : List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host")) {
            MultiMap headers = MultiMap.caseInsensitiveMultiMap();
            headers.add("Forwarded", other);
            headers.add(name, forwarded);

            assertThat(ForwardedHeaders.of(headers)).hasSizeLessThanOrEqualTo(forwarded.length() + other.length() + 1);
        }
    }

    /** What the last proxy adds counts, whatever a client has written before it. */
    @Property(tries = 500)
    void of_anythingBeforeTheLastProxysAddress_leavesThatTheLast(@ForAll("lines") String client) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.add("X-Forwarded-For", client.replaceAll("[\r\n]", "") + ", 203.0.113.9");
        List<Hop> hops = ForwardedHeaders.of(headers);

        assertThat(hops.get(hops.size() - 1).client().orElseThrow().getHostAddress())
                .isEqualTo("203.0.113.9");
    }

    @Property(tries = 500)
    void hop_ofAnything_isMade(@ForAll("lines") String node, @ForAll("lines") String proto, @ForAll String host) {
        assertThat(Hop.of(node, proto, host)).isNotNull();
    }
}
