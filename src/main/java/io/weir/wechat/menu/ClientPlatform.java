package io.weir.wechat.menu;

import java.util.Optional;
import java.util.stream.Stream;

/** The kind of client that {@code client_platform_type} names. */
public enum ClientPlatform {
    IOS("1"),
    ANDROID("2"),
    OTHERS("3");

    private final String code;

    ClientPlatform(String code) {
        this.code = code;
    }

    /** The digit on the wire. */
    public String code() {
        return code;
    }

    /** Empty for a digit that WeChat does not have. */
    public static Optional<ClientPlatform> ofCode(String code) {
        return Stream.of(values()).filter(each -> each.code.equals(code)).findFirst();
    }
}
