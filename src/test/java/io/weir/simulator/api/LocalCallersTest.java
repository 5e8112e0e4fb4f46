package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalCallersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "192.168.1.5", "2001:db8:0:0:0:0:0:1", "::ffff:10.0.0.1", "1127.0.0.1", "null", ""})
    void turnsAwayCallersOnOtherMachines(String address) {
        assertThat(LocalCallers.problem(address, "localhost", Optional.empty()))
                .contains("The control API is for callers on this machine only.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "0:0:0:0:0:0:0:1", "::1", "::1%lo", "::ffff:127.0.0.1"})
    void takesCallersOnThisMachine(String address) {
        assertThat(LocalCallers.problem(address, "localhost", Optional.empty())).isEmpty();
    }
}
