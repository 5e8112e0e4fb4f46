package io.weir.redis;

import io.vertx.redis.client.Response;
import java.io.Serial;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command that Redis did not carry out, as far as is known. Expected: no stack trace; the message quotes no argument. */
public final class RedisException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final RedisFault fault;
    private final transient @Nullable Redirect redirect;

    RedisException(RedisFault fault, String message) {
        this(fault, message, null);
    }

    private RedisException(RedisFault fault, String message, @Nullable Redirect redirect) {
        super(message, null, false, false);
        this.fault = fault;
        this.redirect = redirect;
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
        if (failure instanceof Response && !String.valueOf(failure.getMessage()).endsWith("CONNECTION_CLOSED")) {
            String error = String.valueOf(failure.getMessage());
            return new RedisException(
                    RedisFault.ofAnswer(error),
                    "Redis answered " + RedisFault.codeOf(error),
                    Redirect.parse(error).orElse(null));
        }
        if (String.valueOf(failure.getMessage()).endsWith("queue is full")) {
            return new RedisException(RedisFault.CROWDED, "too many commands wait for Redis");
        }
        Optional<String> refused = certificate(failure);
        if (refused.isPresent()) {
            return new RedisException(RedisFault.CERTIFICATE, refused.get());
        }
        return new RedisException(RedisFault.UNREACHABLE, "no connection to Redis: " + failure.getMessage());
    }

    /** Why a certificate was not accepted, by the causes that Java's TLS gives; the most telling one may be the last. */
    private static Optional<String> certificate(Throwable failure) {
        if (isCausedBy(failure, CertificateExpiredException.class)) {
            return Optional.of("Redis's certificate has expired");
        }
        if (isCausedBy(failure, CertificateNotYetValidException.class)) {
            return Optional.of("Redis's certificate is not valid yet");
        }
        if (isCausedBy(failure, CertPathBuilderException.class)
                || isCausedBy(failure, CertPathValidatorException.class)) {
            return Optional.of("Redis's certificate is not signed by a CA that is trusted");
        }
        return isCausedBy(failure, CertificateException.class)
                ? Optional.of("Redis's certificate is for another host")
                : Optional.empty();
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(kind::isInstance);
    }

    /** What was wrong. */
    public RedisFault fault() {
        return fault;
    }

    /** Which node of a Redis Cluster has the key; nothing was carried out. */
    Optional<Redirect> redirect() {
        return Optional.ofNullable(redirect);
    }

    /**
     * The answer of a node that has not the key.
     *
     * @param isOnce whether it is elsewhere for this command, on its way to another node; for all that follow otherwise
     * @param host empty for that of the node that was asked
     */
    record Redirect(boolean isOnce, String host, int port) {
        private static final Pattern TEXT =
                Pattern.compile("(?:ERR \\[[0-9]+\\] )?(MOVED|ASK) [0-9]+ (.*):([1-9][0-9]{0,4})");

        static Optional<Redirect> parse(String error) {
            Matcher parts = TEXT.matcher(error);
            return parts.matches()
                    ? Optional.of(new Redirect(
                            parts.group(1).equals("ASK"), parts.group(2), Integer.parseInt(parts.group(3))))
                    : Optional.empty();
        }
    }
}
