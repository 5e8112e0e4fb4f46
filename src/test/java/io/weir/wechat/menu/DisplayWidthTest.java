package io.weir.wechat.menu;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.menu.ButtonChecks.DisplayWidth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
    @ParameterizedTest
    @CsvSource({
        "今日动态, 8, 4",
        "abc, 3, 1.5",
        "A今, 3, 1.5",
        "😀, 2, 1",
        "👨‍👩‍👧, 2, 1",
        "👍🏽, 2, 1",
        "🇨🇳, 2, 1",
        "❤️, 2, 1",
        "1️⃣, 2, 1",
        "é, 1, 0.5",
        "é, 1, 0.5",
        "ＡＢ, 4, 2",
        "“今”…, 8, 4",
        "한글, 4, 2",
        "𠮷, 2, 1"
    })
    void countsWhatIsSeen(String name, int halfWidths, String chineseCharacters) {
        assertThat(DisplayWidth.halfWidths(name)).isEqualTo(halfWidths);
        assertThat(DisplayWidth.inChineseCharacters(halfWidths)).isEqualTo(chineseCharacters);
    }
}
