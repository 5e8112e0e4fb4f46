package io.weir.simulator.people;

import java.io.Serial;

/** A person was told to write or tap who does not follow the account and so has no chat with it. */
public final class NotAFollowerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotAFollowerException(String message) {
        super(message);
    }
}
