package dev.switchboard.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7",
        "::ffff:10.0.0.7, 10.0.0.7",
        "2001:db8:1:2::1, 20010db800010002/64",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 20010db800010002/64",
        "2001:db8:1:3::1, 20010db800010003/64",
        "fe80::1%eth0, fe80000000000000/64",
        "unknown, unknown",
        "'', ''"
    })
    void of_address_isItsBlock(String address, String block) {
        assertThat(AddressBlock.of(address)).isEqualTo(block);
    }
}
