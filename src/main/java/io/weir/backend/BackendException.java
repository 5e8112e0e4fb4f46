package io.weir.backend;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Why a backend gave no reply. Carries no stack trace; its message has nothing of the push and nothing that is secret. */
public final class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int status;
    private final transient Optional<Duration> retryAfter;

    BackendException(Kind kind, String message) {
        this(kind, message, 0, Optional.empty());
    }

    /**
     * The backend has answered with a status that it should not.
     *
     * @param retryAfter when it wants to be asked again
     */
    BackendException(Kind kind, String message, int status, Optional<Duration> retryAfter) {
        super(message, null, false, false);
        this.kind = kind;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The status that came; 0 where none did. */
    int status() {
        return status;
    }

    /** When the backend wants to be asked again, as it has said. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What went wrong, by what the operator has to look at. */
    public enum Kind {
        /** No whole answer within the backend's timeout. */
        TIMEOUT,
        /** No connection, or it was closed before the answer. */
        UNREACHABLE,
        /** The certificates of the two do not fit. */
        TLS,
        /** Another status than 200 and 204. */
        STATUS,
        /** The Content-Type or Content-Encoding is none that Weir reads. */
        TYPE,
        /** More than 64 KiB. */
        TOO_LARGE,
        /** The body is no reply. */
        UNREADABLE,
        /** A reply that must not be given to this kind of push. */
        NOT_PERMITTED,
        /** Not asked: it has failed too often in a row. */
        CIRCUIT_OPEN,
        /** Not asked: as many requests as are allowed are in flight. */
        TOO_MANY;

        /** As metrics and logs name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it says that the backend is in trouble, and not that one answer was wrong. */
        boolean isOutage() {
            return switch (this) {
                case TIMEOUT, UNREACHABLE, TLS, STATUS -> true;
                default -> false;
            };
        }
    }

    public Kind kind() {
        return kind;
    }
}
