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
        assertThat(Terminal.columns("菜单")).isEqualTo(4);
        assertThat(Terminal.columns("🎉")).isEqualTo(2);
        assertThat(Terminal.columns("❤\uFE0F")).isEqualTo(1);
        assertThat(Terminal.columns("e\u0301")).isEqualTo(1);
    }
}
