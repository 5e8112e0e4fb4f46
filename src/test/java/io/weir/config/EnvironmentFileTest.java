package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentFileTest {
    @Test
    void readsALineForEachVariable() {
        String text =
                "\uFEFF# secrets\r\n\r\n; of main\r\nWEIR_TOKEN=abc\r\n  A = b=c  \r\nEMPTY=\r\nFROM_OUTSIDE\r\nA=last\r\n";

        assertThat(EnvironmentFile.parse("weir.env", text))
                .containsOnly(entry("WEIR_TOKEN", "abc"), entry("A", "last"), entry("EMPTY", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "a b"        | a b
            'a "b" \\c'  | a "b" \\c
            "a\\"b\\\\c\\$d\\e" | a"b\\c$d\\e
            it's         | it's
            "            | "
            a # b        | a # b
            """)
    void readsValuesAsSystemdDoes(String written, String value) {
        assertThat(EnvironmentFile.parse("weir.env", "NAME=" + written)).containsEntry("NAME", value);
    }

    @Test
    void namesTheLinesThatItCannotReadAndQuotesNothing() {
        assertThatThrownBy(() -> EnvironmentFile.parse("weir.env", "A=1\nexport B=topSecret\n9C=topSecret\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("weir.env:2: found another line; expected NAME=VALUE; leave out \"export\"")
                .hasMessageContaining("weir.env:3: found another line; expected NAME=VALUE")
                .hasMessageNotContaining("topSecret");
    }
}
