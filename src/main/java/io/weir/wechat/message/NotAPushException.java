package io.weir.wechat.message;

import java.io.Serial;

/** A well-formed document that no genuine push looks like. An expected failure: no stack trace, no content. */
public final class NotAPushException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    NotAPushException(Kind kind, String rule) {
        super(rule, null, false, false);
        this.kind = kind;
    }

    /** What it is instead. */
    public Kind kind() {
        return kind;
    }

    /** What a document is that is no push of an official account (alarms-and-formats.md). */
    public enum Kind {
        /** Nothing that WeChat sends. */
        FORM,
        /** A push to a third-party platform (第三方平台), about itself or an account that has authorized it. */
        COMPONENT,
        /** A callback of WeCom (企业微信). */
        WECOM
    }
}
