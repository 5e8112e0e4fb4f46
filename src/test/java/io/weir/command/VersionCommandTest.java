package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.CommandRun;
import io.weir.cli.ExitCode;
import org.junit.jupiter.api.Test;

class VersionCommandTest {
    @Test
    void tellsVersionCommitAndJava() {
        CommandRun version = CommandRun.of("version");

        assertThat(version.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(version.out())
                .containsPattern("(?m)^weir \\S+$")
                .containsPattern("(?m)^commit (unknown|[0-9a-f]{12}(-dirty)?)$")
                .contains("java " + System.getProperty("java.runtime.version"));
    }

    @Test
    void tellsTheSameAsAnOptionAndAsJson() {
        String text = CommandRun.of("version").out();

        assertThat(CommandRun.of("--version").out()).isEqualTo(text);
        assertThat(CommandRun.of("version", "--json").json().getString("commit"))
                .isEqualTo(text.lines().toList().get(1).replace("commit ", ""));
    }
}
