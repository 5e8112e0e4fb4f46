package io.weir.redis;

import io.vertx.redis.client.Response;
import java.io.Serial;
import java.util.concurrent.TimeoutException;

/** A command that Redis did not carry out, as far as is known. Expected: no stack trace; the message quotes no argument. */
public final class RedisException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final RedisFault fault;

    RedisException(RedisFault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    /**
     * A row that this version of Weir cannot read, for {@link RedisLink#report}.
     *
     * @param row what kind of row it is; neither its value nor what identifies a person
     */
    public static RedisException otherVersion(String row) {
        return new RedisException(RedisFault.OTHER_VERSION, "this version of Weir cannot read " + row);
    }

    static RedisException of(Throwable failure) {
        if (failure instanceof RedisException known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return new RedisException(RedisFault.TIMEOUT, "Redis did not answer in time");
        }
        if (failure instanceof Response && !"CONNECTION_CLOSED".equals(failure.getMessage())) {
            String error = String.valueOf(failure.getMessage());
            return new RedisException(RedisFault.ofAnswer(error), "Redis answered " + RedisFault.codeOf(error));
        }
        if (String.valueOf(failure.getMessage()).endsWith("queue is full")) {
            return new RedisException(RedisFault.CROWDED, "too many commands wait for Redis");
        }
        return new RedisException(RedisFault.UNREACHABLE, "no connection to Redis: " + failure.getMessage());
    }

    /** What was wrong. */
    public RedisFault fault() {
        return fault;
    }
}
