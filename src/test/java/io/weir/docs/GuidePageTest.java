package io.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.docs.GuidePage.Step.Command;
import io.weir.docs.GuidePage.Step.CtrlC;
import io.weir.docs.GuidePage.Step.Written;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuidePageTest {
    @Test
    void findsCommandsWithTheirOutputAndFilesInTheirOrder() {
        List<String> page = """
                Write `conf/menu.yaml`:

                ```yaml
                button: []
                ```
                ```yaml
                just: read
                ```
                1. Plan:
                   ```console
                   $ weir menu plan \\
                       conf/menu.yaml
                   Changes: none
                   $ weir check
                   ```
                <!-- Ctrl-C -->
                ```sh
                # a comment
                export A='two
                lines'
                cat > a <<'END'
                $x
                END
                ```
                """.lines().toList();

        assertThat(GuidePage.steps(page))
                .containsExactly(
                        new Written("conf/menu.yaml", "button: []\n"),
                        new Command("weir menu plan \\\n    conf/menu.yaml", List.of("Changes: none"), false),
                        new Command("weir check", List.of(), false),
                        new CtrlC(),
                        new Command("export A='two\nlines'", List.of(), true),
                        new Command("cat > a <<'END'\n$x\nEND", List.of(), true));
    }

    @Test
    void takesNumbersTimesAndIdsAsEqualAndWordsNot() {
        String said = """
                2026-11-30T10:00:00.123Z INFO  ServeCommand gateway ready push="0.0.0.0:8080/wx"
                hash 6c1dd59990b5, in 12.5 ms
                done
                """;

        assertThat(ShownOutput.missing(
                        List.of(
                                "2026-01-02T03:04:05.678Z INFO  ServeCommand gateway ready …",
                                "…",
                                "hash 0123456789ab, in 3 s"),
                        said))
                .isEmpty();
        assertThat(ShownOutput.missing(List.of("done", "hash …"), said)).contains("hash …");
        assertThat(ShownOutput.missing(List.of("gone"), said)).contains("gone");
    }
}
