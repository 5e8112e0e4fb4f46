package io.weir.simulator.platform;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Text that nobody guesses, of letters, digits, {@code -} and {@code _}. */
final class RandomText {
    private final RandomGenerator random;

    RandomText(RandomGenerator random) {
        this.random = random;
    }

    /** Four characters for each three bytes. */
    String ofBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
