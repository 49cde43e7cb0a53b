package dev.switchboard.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses (CIDR, RFC 4632 and RFC 4291 section 2.3), or one address. No name is ever looked up.
 *
 * <pre>{@code
 * Network office = Network.parse("10.1.0.0/16").orElseThrow();
 * boolean inside = Network.address("10.1.2.3").filter(office::contains).isPresent();
 * }</pre>
 *
 * @param first the lowest address of the block
 * @param bits how many of its leading bits all addresses of the block share
 */
public record Network(InetAddress first, int bits) {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET);
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final Pattern BLOCK = Pattern.compile("([^/]*)(?:/([0-9]{1,3}))?");

    /** What an entry looks like, for those who got it wrong. */
    static final String EXPECTED = "an address such as 10.0.0.7 or a block such as 10.0.0.0/8 or fd00::/8";

    /** {@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code ::1}, {@code fd00::/8}; no block whose first address is another. */
    public static Optional<Network> parse(String text) {
        Matcher block = BLOCK.matcher(text);
        if (!block.matches()) {
            return Optional.empty();
        }
        return address(block.group(1)).flatMap(first -> {
            int length = first.getAddress().length * Byte.SIZE;
            int bits = block.group(2) == null ? length : Integer.parseInt(block.group(2));
            boolean isWhole = bits <= length && isZero(first.getAddress(), bits);
            return isWhole ? Optional.of(new Network(first, bits)) : Optional.empty();
        });
    }

    /** An address that is written as digits, without brackets, port and zone; empty for anything else. */
    public static Optional<InetAddress> address(String digits) {
        if (!V4.matcher(digits).matches() && !V6.matcher(digits).matches()) {
            return Optional.empty();
        }
        try {
            // Asks no name server: whatever holds a colon, or is four numbers, is taken for an address or refused.
            return Optional.of(InetAddress.getByName(digits));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        byte[] own = first.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(own, bit) != bit(other, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] address, int from) {
        for (int bit = from; bit < address.length * Byte.SIZE; bit++) {
            if (bit(address, bit) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(byte[] address, int index) {
        return address[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
    }
}
