package io.weir.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.util.stream.Stream;

/**
 * What a page is looked at with.
 *
 * @param locale of the browser: {@code en-GB}, {@code zh-CN}
 */
public record Look(int width, int height, boolean dark, String locale) {
    /** A phone, in English and light. */
    public static final Look PHONE = new Look(390, 844, false, "en-GB");

    /** A screen on a desk, in English and light. */
    public static final Look DESK = new Look(1280, 900, false, "en-GB");

    /** Both widths, both colour schemes, both languages. */
    public static Stream<Look> all() {
        return Stream.of(PHONE, DESK)
                .flatMap(look -> Stream.of(look, new Look(look.width, look.height, true, look.locale)))
                .flatMap(look -> Stream.of(look, new Look(look.width, look.height, look.dark, "zh-CN")));
    }

    Browser.NewContextOptions context() {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setLocale(locale)
                .setTimezoneId("Asia/Shanghai");
    }

    /** As part of a file's name. */
    public String name() {
        return width + (dark ? "-dark-" : "-light-") + locale.substring(0, 2);
    }
}
