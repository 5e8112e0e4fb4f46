package io.weir.redis;

import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Redis answered to a command. */
public final class RedisAnswer {
    private final @Nullable Response response;

    private RedisAnswer(@Nullable Response response) {
        this.response = response;
    }

    static RedisAnswer of(@Nullable Response response) {
        return new RedisAnswer(response);
    }

    /** The value as text; empty for nil. */
    public Optional<String> text() {
        return response == null ? Optional.empty() : Optional.of(response.toString());
    }

    /** The value as a whole number; anything else is an {@link IllegalStateException}. */
    public long number() {
        try {
            return Long.parseLong(text().orElse("nil"));
        } catch (NumberFormatException e) {
            throw new IllegalStateException("expected a whole number from Redis", e);
        }
    }

    /** The elements of a list; none for nil. */
    public List<RedisAnswer> items() {
        return response == null
                ? List.of()
                : response.stream().map(RedisAnswer::new).toList();
    }
}
