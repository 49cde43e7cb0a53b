package dev.switchboard.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class CloseReasonTest {
    @Test
    void of_codesOfApplications_areTaken() {
        assertThat(CloseReason.of(4500, "Full", true).reconnect()).isTrue();
        assertThat(CloseReason.of(1000, "Bye", false).code()).isEqualTo(1000);
    }

    @Test
    void of_codesOfTheProtocol_areRefused() {
        for (int code : new int[] {0, 999, 1001, 1006, 2999, 5000}) {
            assertThatIllegalArgumentException().isThrownBy(() -> CloseReason.of(code, "x", false));
        }
    }

    @Test
    void because_longText_isCut() {
        assertThat(CloseReason.KICKED.because("x".repeat(500)).text()).hasSize(120);
        assertThat(CloseReason.KICKED.because("x" + "😀".repeat(100)).text()).isEqualTo("x" + "😀".repeat(29));
    }

    @Test
    void of_textThatNoCloseFrameCarries_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CloseReason.of(4500, "あ".repeat(60), false));
    }

    @Test
    void isSendable_brokenConnection_isNot() {
        assertThat(CloseReason.BROKEN.isSendable()).isFalse();
        assertThat(CloseReason.KICKED.isSendable()).isTrue();
    }
}
