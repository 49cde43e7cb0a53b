package dev.switchboard.it;

import org.junit.jupiter.api.Test;

class FrameFuzzIT {
    @Test
    void peers_thatSendFramesOfAllSorts_harmNobody() {
        try (FrameFuzz fuzz = new FrameFuzz()) {
            fuzz.run(1, 200);
            fuzz.assertNothingStays();
        }
    }
}
