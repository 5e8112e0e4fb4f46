package io.weir.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells which names and addresses mean this machine and nothing else, without asking DNS. */
public final class Loopback {
    private static final Pattern NAMES = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    private Loopback() {}

    /** Whether a host, as a configuration, a URL or a Host header has it without port, is this machine. */
    public static boolean is(String host) {
        return NAMES.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
