package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void growsAndKeepsCallersOutOfStep() {
        assertThat(BackOff.pause(1, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(BackOff.pause(1, 1)).isEqualTo(Duration.ofMillis(200));
        assertThat(BackOff.pause(2, 0)).isEqualTo(Duration.ofMillis(300));
        assertThat(BackOff.pause(2, 1)).isEqualTo(Duration.ofMillis(600));
    }
}
