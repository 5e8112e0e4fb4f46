package io.weir.dispatch.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Environment;
import io.weir.config.Problems;
import io.weir.config.Section;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalConfigTest {
    private static final long MIB = 1L << 20;

    private final Problems problems = new Problems();

    @Test
    void hasDefaultsWhereNothingIsSaid() {
        assertThat(read("push: { port: 1 }")).contains(JournalConfig.DEFAULT);
    }

    @Test
    void takesEveryKey() {
        assertThat(read("journal: { keep: 2h, maxMemory: 8MiB, keepDead: 48h, maxSpool: 16MiB, recent: 5000,"
                        + " recentMemory: 64MiB }"))
                .contains(new JournalConfig(
                        Duration.ofHours(2),
                        8 * MIB,
                        Duration.ofHours(48),
                        16 * MIB,
                        5_000,
                        OptionalLong.of(64 * MIB)));
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recent: 99",
                "recent: 100001",
                "recentMemory: 1KiB",
                "recentMemory: 5GiB",
                "keep: 1m",
                "recents: 1"
            })
    void refusesWhatMakesNoSense(String line) {
        assertThat(read("journal: { " + line + " }")).isEmpty();
        assertThat(problems.all()).isNotEmpty();
    }

    private Optional<JournalConfig> read(String yaml) {
        return JournalConfig.read(Section.parse("weir.yaml", yaml, Environment.of(Map.of()), problems));
    }
}
