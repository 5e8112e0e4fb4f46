package io.weir.client.admin;

import java.io.Serial;

/** The running gateway could not be asked. Expected: no stack trace; the message says what to do and holds no secret. */
public final class AdminException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    AdminException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** How it failed. */
    public enum Kind {
        /** Nothing listens there: no gateway runs on this machine. */
        ABSENT,
        /** Something listens and does not answer. */
        SILENT,
        /** It wants an admin token, and the configuration has none. */
        TOKEN_MISSING,
        /** It does not take the admin token of the configuration. */
        TOKEN_WRONG,
        /** What answers is not a gateway of this version. */
        NOT_A_GATEWAY,
        /** It answered with a problem of its own. */
        PROBLEM,
        /** No gateway answers, and fetching without one would harm others. */
        HARMFUL
    }
}
