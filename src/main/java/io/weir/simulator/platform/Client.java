package io.weir.simulator.platform;

import java.util.Locale;

/** What a person's WeChat runs on; {@code client_platform_type} of a match rule (menu-api.md §6). */
public enum Client {
    IOS("1"),
    ANDROID("2"),
    OTHER("3");

    private final String code;

    Client(String code) {
        this.code = code;
    }

    /** The digit on the wire. */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
