package io.weir.redis;

import java.time.Duration;

/**
 * How long a {@link RedisLink} waits, and how often it tries.
 *
 * @param command for the answer to a command
 * @param connect for a connection that answers, name look-up and handshake included
 * @param failures in a row after which commands fail at once
 * @param rest how long they fail at once, before one is let through to try
 * @param shortestPause before connecting again, growing with each failure
 * @param longestPause where it stops growing
 * @param heartbeat how often an idle connection is tried; zero for never
 * @param waiting how many commands may wait for their answers; more fail at once
 */
public record RedisLimits(
        Duration command,
        Duration connect,
        int failures,
        Duration rest,
        Duration shortestPause,
        Duration longestPause,
        Duration heartbeat,
        int waiting) {

    /** For ordinary commands. */
    public static final RedisLimits DEFAULT = new RedisLimits(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            5,
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            2048);

    /** @throws IllegalArgumentException for limits that would never let anything through */
    public RedisLimits {
        if (command.toMillis() < 1 || connect.toMillis() < 1 || failures < 1 || waiting < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (shortestPause.toMillis() < 1 || longestPause.compareTo(shortestPause) < 0) {
            throw new IllegalArgumentException("pauses must be positive and must not shrink");
        }
    }

    /** For a link of its own whose commands may take so long, like {@code BLPOP}; nothing else can pass them on it. */
    public RedisLimits blocking(Duration longest) {
        return new RedisLimits(
                command.plus(longest), connect, failures, rest, shortestPause, longestPause, Duration.ZERO, waiting);
    }
}
