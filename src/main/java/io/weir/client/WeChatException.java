package io.weir.client;

import io.weir.wechat.api.ErrorCode;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call to WeChat that did not succeed. Expected: no stack trace; the message holds no secret. */
public final class WeChatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 2L;

    private final Kind kind;
    private final @Nullable ErrorCode code;
    private final String errmsg;
    private final @Nullable String rid;
    private final boolean nameUnresolved;

    private WeChatException(Kind kind, String message, @Nullable ErrorCode code, String errmsg, @Nullable String rid) {
        super(message, null, false, false);
        this.nameUnresolved = false;
        this.kind = kind;
        this.code = code;
        this.errmsg = errmsg;
        this.rid = rid;
    }

    /** WeChat said no. */
    public static WeChatException refused(ErrorCode code, String errmsg, Optional<String> rid) {
        return new WeChatException(Kind.REFUSED, (code.code() + " " + errmsg).strip(), code, errmsg, rid.orElse(null));
    }

    /** WeChat said no earlier, and nothing has changed since. */
    public static WeChatException stopped(String message, WeChatException earlier) {
        return new WeChatException(Kind.STOPPED, message, earlier.code, earlier.errmsg, earlier.rid);
    }

    private WeChatException(String message) {
        super(message, null, false, false);
        this.kind = Kind.UNREACHABLE;
        this.code = null;
        this.errmsg = "";
        this.rid = null;
        this.nameUnresolved = true;
    }

    /** No connection, since the name of WeChat's API led to no address. */
    static WeChatException nameUnresolved(String message) {
        return new WeChatException(message);
    }

    /** No usable answer. */
    public static WeChatException of(Kind kind, String message) {
        return new WeChatException(kind, message, null, "", null);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether there was no connection because the name of WeChat's API led to no address. */
    public boolean isNameUnresolved() {
        return nameUnresolved;
    }

    /** WeChat's code; only of {@link Kind#REFUSED} and {@link Kind#STOPPED}. */
    public Optional<ErrorCode> code() {
        return Optional.ofNullable(code);
    }

    /** WeChat's own words, shortened and without secrets; empty when it said nothing. */
    public String errmsg() {
        return errmsg;
    }

    /** The id under which WeChat explains the request, when it gave one. */
    public Optional<String> rid() {
        return Optional.ofNullable(rid);
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
        /** An earlier answer forbids this call for a while; {@link #code} is that of the earlier one: not sent. */
        STOPPED
    }
}
