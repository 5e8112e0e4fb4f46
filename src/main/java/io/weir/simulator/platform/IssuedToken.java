package io.weir.simulator.platform;

import java.time.Duration;
import java.time.Instant;

/**
 * What a caller gets who asks for a token or ticket. Never shows its value.
 *
 * @param expiresIn what is left of its life, in seconds
 */
public record IssuedToken(String value, long expiresIn) {
    static IssuedToken at(Instant now, String value, Instant end) {
        return new IssuedToken(value, Math.max(1, Duration.between(now, end).toSeconds()));
    }

    @Override
    public String toString() {
        return "IssuedToken[***, " + expiresIn + " s]";
    }
}
