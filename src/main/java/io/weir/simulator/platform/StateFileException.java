package io.weir.simulator.platform;

import java.io.Serial;
import java.nio.file.Path;

/** The state file cannot be used; says which, what was found and what to do. Expected: no stack trace. */
public final class StateFileException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StateFileException(Path file, String found, String remedy) {
        super("The simulator's state file " + file + " " + found + ". " + remedy, null, false, false);
    }
}
