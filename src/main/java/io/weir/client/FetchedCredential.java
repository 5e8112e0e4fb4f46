package io.weir.client;

import io.weir.config.Secret;
import java.time.Duration;

/**
 * A credential as WeChat has just given it.
 *
 * @param life how long it lasts from now: {@code expires_in}, the remaining time
 */
public record FetchedCredential(Secret value, Duration life) {
    /** @throws IllegalArgumentException for a blank value or a life that is over */
    public FetchedCredential {
        if (value.reveal().isBlank() || life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("a credential needs a value and a life, found a life of " + life);
        }
    }
}
