package io.weir.client;

import io.weir.wechat.api.ErrorCode;
import java.io.Serial;
import java.util.Optional;

/** A call to WeChat that did not succeed. Expected: no stack trace; the message holds no secret. */
public final class WeChatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Optional<ErrorCode> code;
    private final String rid;

    private WeChatException(Kind kind, Optional<ErrorCode> code, String message, String rid) {
        super(message, null, false, false);
        this.kind = kind;
        this.code = code;
        this.rid = rid;
    }

    /** WeChat said no. */
    public static WeChatException refused(ErrorCode code, String errmsg, Optional<String> rid) {
        return new WeChatException(Kind.REFUSED, Optional.of(code), code.code() + " " + errmsg, rid.orElse(""));
    }

    /** No usable answer. */
    public static WeChatException of(Kind kind, String message) {
        return new WeChatException(kind, Optional.empty(), message, "");
    }

    public Kind kind() {
        return kind;
    }

    /** WeChat's code; only of {@link Kind#REFUSED}. */
    public Optional<ErrorCode> code() {
        return code;
    }

    /** The id under which WeChat explains the request, when it gave one. */
    public Optional<String> rid() {
        return Optional.of(rid).filter(id -> !id.isEmpty());
    }

    /** How a call can fail. */
    public enum Kind {
        /** An error code came. */
        REFUSED,
        /** No connection: the call was not executed. */
        UNREACHABLE,
        /** The connection ended or the time was over after the request had been sent: it may have been executed. */
        NO_ANSWER,
        /** What came is not an answer of WeChat's: HTTP status, HTML, cut JSON. It may have been executed. */
        GARBAGE,
        /** Our own budget for this call is used up: not sent. */
        OVER_BUDGET,
        /** An earlier answer said that only the operator can mend it: not sent. */
        STOPPED
    }
}
