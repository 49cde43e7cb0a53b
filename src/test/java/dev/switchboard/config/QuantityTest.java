package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void largestThatALongCounts_isRead_oneMoreIsNone() {
        assertThat(Quantity.SIZE.parse("8589934591GiB")).hasValue(8_589_934_591L << 30);
        assertThat(Quantity.SIZE.parse("8589934592GiB")).isEmpty();
    }
}
