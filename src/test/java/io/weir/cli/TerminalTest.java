package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.Terminal.Colour;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void keepsResultsAndTalkApart() {
        Terminal terminal = new Terminal(out, err, false);

        terminal.result("one");
        terminal.talk("two");

        assertThat(out.toString().strip()).isEqualTo("one");
        assertThat(err.toString().strip()).isEqualTo("two");
    }

    @Test
    void paintsOnlyWhereColoursAreShown() {
        assertThat(new Terminal(out, err, true).paint(Colour.GOOD, "x")).isEqualTo("\u001B[32mx\u001B[0m");
        assertThat(new Terminal(out, err, false).paint(Colour.GOOD, "x")).isEqualTo("x");
    }

    @Test
    void wantsColoursOnlyAtATerminalThatHasNotSaidNo() {
        assertThat(Terminal.coloursWanted(Map.of("TERM", "xterm"), true)).isTrue();
        assertThat(Terminal.coloursWanted(Map.of("NO_COLOR", ""), true)).isTrue();
        assertThat(Terminal.coloursWanted(Map.of("TERM", "xterm"), false)).isFalse();
        assertThat(Terminal.coloursWanted(Map.of("NO_COLOR", "1"), true)).isFalse();
        assertThat(Terminal.coloursWanted(Map.of("TERM", "dumb"), true)).isFalse();
    }

    @Test
    void disarmsControlCharactersOfForeignText() {
        assertThat(Terminal.harmless("a\u001B[2J\tb\nc\u0007\u009B好👋"))
                .isEqualTo("a\\u001b[2J\tb\nc\\u0007\\u009b好👋");
    }
}
