package io.weir.wechat.menu;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How wide a name is on the screen, in half-width characters: a Chinese character or an emoji is two, a Latin letter or digit
 * one. What makes one sign on the screen counts once, however many characters it is: an emoji joined of several, a letter
 * with its accents. WeChat counts in Chinese characters only and does not tell how it counts others.
 */
final class DisplayWidth {
    private static final Pattern SIGN = Pattern.compile("\\X");
    /** Emoji, and what Unicode's East Asian width calls wide; also the dash, dots and quotes of Chinese. */
    private static final Pattern WIDE = Pattern.compile(
            "[\\x{1100}-\\x{115F}\\x{2014}\\x{2018}-\\x{201D}\\x{2026}\\x{2600}-\\x{27BF}\\x{2E80}-\\x{A4CF}\\x{A960}-\\x{A97F}"
                    + "\\x{AC00}-\\x{D7A3}\\x{F900}-\\x{FAFF}\\x{FE30}-\\x{FE4F}\\x{FF00}-\\x{FF60}\\x{FFE0}-\\x{FFE6}"
                    + "\\x{1F000}-\\x{1FAFF}\\x{20000}-\\x{3FFFD}].*|.\\x{FE0F}.*",
            Pattern.DOTALL);

    private DisplayWidth() {}

    static int halfWidths(String name) {
        return SIGN.matcher(name)
                .results()
                .mapToInt(sign -> WIDE.matcher(sign.group()).matches() ? 2 : 1)
                .sum();
    }

    /** Chinese characters, as in "4.5". */
    static String inChineseCharacters(int halfWidths) {
        return halfWidths % 2 == 0
                ? Integer.toString(halfWidths / 2)
                : String.format(Locale.ROOT, "%.1f", halfWidths / 2.0);
    }
}
