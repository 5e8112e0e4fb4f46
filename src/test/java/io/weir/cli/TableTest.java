package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsColumnsByTheWidthOfTheirText() {
        Table table = new Table().row("菜单", "a").row("menus", "b").row("é", "c");

        assertThat(table.lines()).containsExactly("菜单    a", "menus   b", "é       c");
    }

    @Test
    void countsTwoColumnsForChineseAndEmojiAndNoneForMarks() {
        assertThat(TerminalWidth.of("菜单")).isEqualTo(4);
        assertThat(TerminalWidth.of("🎉")).isEqualTo(2);
        assertThat(TerminalWidth.of("❤\uFE0F")).isEqualTo(1);
        assertThat(TerminalWidth.of("e\u0301")).isEqualTo(1);
    }
}
