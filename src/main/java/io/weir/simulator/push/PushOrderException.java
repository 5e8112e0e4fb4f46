package io.weir.simulator.push;

import java.io.Serial;

/** A push was ordered that cannot be built: unknown type, a key where there is none. Expected: no stack trace. */
public final class PushOrderException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PushOrderException(String message) {
        super(message, null, false, false);
    }
}
