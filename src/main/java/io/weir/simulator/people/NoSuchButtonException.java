package io.weir.simulator.people;

import java.io.Serial;

/** A person was told to tap what they do not see; the message says what there is. */
public final class NoSuchButtonException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NoSuchButtonException(String message) {
        super(message);
    }
}
