package io.weir.redis;

import java.time.Instant;
import java.util.Optional;

/**
 * How a {@link RedisLink} is, for {@code /health}.
 *
 * @param up whether commands are sent; they fail at once otherwise
 * @param since when the connection was made or lost
 * @param fault what has been wrong within the last seconds
 * @param faultSince when that began
 * @param error the same in words, without any secret or key
 * @param role what Redis says it is, {@code master}; empty when it does not say
 */
public record RedisState(
        boolean up,
        Instant since,
        Optional<RedisFault> fault,
        Optional<Instant> faultSince,
        Optional<String> error,
        Optional<String> role) {}
