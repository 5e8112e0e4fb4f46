package io.weir.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.platform.Windows.Trigger;
import io.weir.simulator.time.VirtualTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private final Windows windows = new Windows(new VirtualTime(Instant.parse("2024-11-20T08:00:00Z")).clock());

    @Test
    void areKeptForSoManyPeopleOnly() {
        for (int person = 0; person <= Windows.MOST_PEOPLE; person++) {
            windows.open("o" + person, Trigger.MESSAGE);
        }

        assertThat(windows.open("o0")).isEmpty();
        assertThat(windows.open("o1")).hasSize(1);
        assertThat(windows.open("o" + Windows.MOST_PEOPLE)).hasSize(1);
    }
}
