package io.weir.simulator.push;

import java.util.Arrays;
import java.util.Locale;

/** How WeChat sends an account's pushes, as set in its console (push-protocol.md §4). */
public enum PushMode {
    /** Clear XML, the body not authenticated. */
    PLAINTEXT,
    /** All clear elements and the encrypted ones beside them. */
    COMPATIBLE,
    /** Encrypted only. */
    SAFE;

    /** Whether there is an {@code Encrypt} element and a {@code msg_signature}. */
    boolean encrypts() {
        return this != PLAINTEXT;
    }

    /**
     * The mode of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static PushMode named(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the mode has to be plaintext, compatible or safe, found " + name));
    }

    /** The name as it stands in a configuration file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
