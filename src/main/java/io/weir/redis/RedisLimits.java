package io.weir.redis;

import java.time.Duration;

/**
 * How long a {@link RedisLink} waits, and how often it tries. Limits count while the link's event loop runs.
 *
 * @param command for the answer to a command, where the caller says nothing else
 * @param connect for each step of making a connection: name look-up with handshake, then its first answers
 * @param silence without any answer, while something is asked, after which Redis is away
 * @param shortestPause before connecting again, growing with each failure
 * @param longestPause where it stops growing
 * @param heartbeat how often an idle connection is tried; zero for never
 * @param waiting how many commands may wait for their answers; more fail at once
 */
public record RedisLimits(
        Duration command,
        Duration connect,
        Duration silence,
        Duration shortestPause,
        Duration longestPause,
        Duration heartbeat,
        int waiting) {

    /** For ordinary commands: as many may wait as a gateway sends within the limit of one. */
    public static final RedisLimits DEFAULT = new RedisLimits(
            Duration.ofMillis(1_500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            16_384);

    /** @throws IllegalArgumentException for limits that would never let anything through */
    public RedisLimits {
        if (command.toMillis() < 1 || connect.toMillis() < 1 || silence.toMillis() < 1 || waiting < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (shortestPause.toMillis() < 1 || longestPause.compareTo(shortestPause) < 0) {
            throw new IllegalArgumentException("pauses must be positive and must not shrink");
        }
    }

    /** For a separate link whose commands may take so long, like {@code BLPOP}; nothing else can pass them on it. */
    public RedisLimits blocking(Duration longest) {
        return new RedisLimits(
                command.plus(longest),
                connect,
                silence.plus(longest),
                shortestPause,
                longestPause,
                Duration.ZERO,
                waiting);
    }
}
