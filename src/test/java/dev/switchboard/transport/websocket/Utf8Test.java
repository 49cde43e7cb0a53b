package dev.switchboard.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    /** Bytes at which something changes, so that a good part of the arrays is nearly text. */
    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.of(
                        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
                        0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF)
                .map(Integer::byteValue)
                .array(byte[].class)
                .ofMaxSize(6);
    }

    @Property(tries = 20_000)
    void take_anyBytes_agreesWithTheJdk(@ForAll("bytes") byte[] bytes) {
        Utf8 utf8 = new Utf8();
        boolean good = true;
        for (byte next : bytes) {
            good = good && utf8.take(next);
        }
        assertThat(good && utf8.isWhole()).isEqualTo(decodes(bytes));
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** How many bytes are taken before the one that no text has there. */
    @ParameterizedTest
    @CsvSource({"ff,0", "c080,0", "e080,1", "eda0,1", "f08080,1", "f490,1", "e4bd41,2", "f09f9841,3", "41ff,1"})
    void take_badByte_isRefusedAtOnce(String hex, int good) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        Utf8 utf8 = new Utf8();
        int taken = 0;
        while (taken < bytes.length && utf8.take(bytes[taken])) {
            taken++;
        }
        assertThat(taken).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({"c3", "e282", "f09f98"})
    void reset_withinACharacter_forgetsIt(String hex) {
        Utf8 utf8 = new Utf8();
        for (byte next : java.util.HexFormat.of().parseHex(hex)) {
            utf8.take(next);
        }
        assertThat(utf8.isWhole()).isFalse();

        utf8.reset();

        assertThat(utf8.isWhole()).isTrue();
        assertThat(utf8.take((byte) 'a')).isTrue();
    }
}
