package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signal that is harmless to raise")
class SignalsTest {
    @Test
    void callsTheHandlerWithTheNameOfTheSignal() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();

        assertThat(Signals.on("WINCH", seen::complete)).isTrue();
        raise("WINCH");

        assertThat(seen.get(5, TimeUnit.SECONDS)).isEqualTo("WINCH");
    }

    @Test
    void doesNothingWhereTheSignalDoesNotExist() {
        assertThat(Signals.on("NO_SUCH_SIGNAL", name -> {})).isFalse();
    }

    private static void raise(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance(name));
    }
}
