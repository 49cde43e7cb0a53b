package dev.switchboard.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
    private static final String ANSWER = "permessage-deflate; server_no_context_takeover";

    private static String answer(String... headers) {
        return Agreement.of(List.of(headers)).map(Agreement::header).orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate | ''",
                "permessage-deflate; client_max_window_bits | ''",
                "permessage-deflate;client_max_window_bits=8 | ''",
                "permessage-deflate; client_max_window_bits=\"15\" | ''",
                "permessage-deflate; server_no_context_takeover | ''",
                "permessage-deflate; client_no_context_takeover | ; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=15 | ; server_max_window_bits=15",
                "x-webkit-deflate-frame, permessage-deflate | ''",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate | ''"
            })
    void of_goodOffer_isTaken(String offer, String more) {
        assertThat(answer(offer)).isEqualTo(ANSWER + more);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "permessage-bzip2",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=015",
                "permessage-deflate; client_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; client_max_window_bits; client_max_window_bits=9",
                "permessage-deflate; unknown",
                "permessage-deflate;"
            })
    void of_anythingElse_isDeclined(String offer) {
        assertThat(answer(offer)).isEqualTo("none");
    }

    @Test
    void of_severalHeaders_takesTheFirstGoodOffer() {
        assertThat(answer("permessage-deflate; x", "permessage-deflate; client_no_context_takeover"))
                .isEqualTo(ANSWER + "; client_no_context_takeover");
        assertThat(answer()).isEqualTo("none");
    }
}
