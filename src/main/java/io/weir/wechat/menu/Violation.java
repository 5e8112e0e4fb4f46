package io.weir.wechat.menu;

import java.util.Optional;

/**
 * Something in a menu that WeChat would refuse, or that users would see differently from what was written.
 *
 * @param path such as {@code button[1].sub_button[0].name}; empty for the whole
 * @param size what was counted, where it was too much or too little
 * @param errcode what WeChat would answer; 0 for a warning, since it would accept
 * @param message what is wrong, with what was found and what is allowed
 * @param hint what to do
 */
public record Violation(
        String path,
        Optional<Size> size,
        int errcode,
        Severity severity,
        String message,
        String hint,
        String chineseMessage,
        String chineseHint) {

    /** Whether WeChat would refuse. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /**
     * A count and its limit.
     *
     * @param unit {@code bytes} (of UTF-8), {@code buttons}, {@code domains}, or {@code half-width characters}
     */
    public record Size(int found, int allowed, String unit) {}

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
