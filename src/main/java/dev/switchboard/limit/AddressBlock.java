package dev.switchboard.limit;

import dev.switchboard.config.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Which addresses count as one: a client has an IPv4 address, but a whole block of 64 bits in IPv6 (RFC 6177). */
final class AddressBlock {
    private static final int BYTES = 8;

    private AddressBlock() {}

    /** The name of the block. What is no address is a block of its own. */
    static String of(String address) {
        int zone = address.indexOf('%');
        return Network.address(zone < 0 ? address : address.substring(0, zone))
                .map(AddressBlock::of)
                .orElse(address);
    }

    private static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), BYTES)) + "/64"
                : address.getHostAddress();
    }
}
