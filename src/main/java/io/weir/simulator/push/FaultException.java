package io.weir.simulator.push;

import java.io.Serial;

/** An answer that the platform cannot use; the message says why. Expected: no stack trace. */
public final class FaultException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    FaultException(String why) {
        super(why, null, false, false);
    }

    /** Why; never null, unlike {@link #getMessage()} as far as the compiler knows. */
    String why() {
        return String.valueOf(getMessage());
    }
}
