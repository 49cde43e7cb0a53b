package dev.switchboard.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.7,10.0.0.7,10.0.0.8",
        "10.0.0.0/8,10.255.255.255,11.0.0.0",
        "192.168.4.0/23,192.168.5.255,192.168.6.0",
        "0.0.0.0/0,203.0.113.9,::1",
        "::1,::1,::2",
        "::1,0:0:0:0:0:0:0:1,127.0.0.1",
        "2001:db8::/33,2001:db8:7fff::1,2001:db8:8000::",
        "::/0,2001:db8::1,10.0.0.1",
        "10.0.0.0/8,::ffff:10.0.0.1,::ffff:11.0.0.1"
    })
    void contains_address_isWhetherTheLeadingBitsAgree(String block, String inside, String outside) {
        Network network = Network.parse(block).orElseThrow();

        assertThat(Network.address(inside).filter(network::contains)).isPresent();
        assertThat(Network.address(outside)).isPresent();
        assertThat(Network.address(outside).filter(network::contains)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "localhost",
                "10.0.0",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.1 ",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.1/8",
                "1",
                "::/129",
                "fd00::1/8",
                ":",
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "[::1]",
                "fe80::1%lo",
                "bad.cafe",
                "unix:"
            })
    void parse_anythingElse_isEmpty(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }
}
