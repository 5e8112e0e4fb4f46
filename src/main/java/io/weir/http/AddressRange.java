package io.weir.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses, as in {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is a range of one. */
public final class AddressRange {
    /** What is not on the public internet: IANA's special-purpose registries, RFC 6890. */
    private static final List<AddressRange> SPECIAL = List.of(
            of("0.0.0.0/8"),
            of("10.0.0.0/8"),
            of("100.64.0.0/10"),
            of("127.0.0.0/8"),
            of("169.254.0.0/16"),
            of("172.16.0.0/12"),
            of("192.0.0.0/24"),
            of("192.168.0.0/16"),
            of("198.18.0.0/15"),
            of("224.0.0.0/3"),
            of("::/127"),
            of("64:ff9b::/32"),
            of("fc00::/7"),
            of("fe80::/9"),
            of("ff00::/8"));

    private final String text;
    private final byte[] base;
    private final int bits;

    private AddressRange(String text, byte[] base, int bits) {
        this.text = text;
        this.base = base;
        this.bits = bits;
    }

    /** Reads an address with or without the number of its first bits that count; empty for anything else, names too. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        byte[] base = address(slash < 0 ? text : text.substring(0, slash));
        if (base == null) {
            return Optional.empty();
        }
        String count = slash < 0 ? String.valueOf(base.length * Byte.SIZE) : text.substring(slash + 1);
        return count.matches("[0-9]{1,3}") && Integer.parseInt(count) <= base.length * Byte.SIZE
                ? Optional.of(new AddressRange(text, base, Integer.parseInt(count)))
                : Optional.empty();
    }

    private static AddressRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** Whether a text is an address, not a name. */
    public static boolean isAddress(String host) {
        return address(host) != null;
    }

    /** Whether one of the ranges has the address; never for what is none. */
    public static boolean anyContains(List<AddressRange> ranges, String host) {
        byte[] address = address(host);
        return address != null && ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** Whether an address is not on the public internet: this machine's, a private network's or another special one. */
    public static boolean isSpecial(String host) {
        return anyContains(SPECIAL, host);
    }

    private boolean contains(byte[] address) {
        if (address.length != base.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != base[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((address[whole] ^ base[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
    }

    /** Written in the same way. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && text.equals(range.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was read. */
    @Override
    public String toString() {
        return text;
    }

    /** Four or sixteen bytes, those of IPv4 for an IPv6 address that maps one. */
    private static byte @Nullable [] address(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(bare);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
