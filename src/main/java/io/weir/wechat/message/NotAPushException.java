package io.weir.wechat.message;

import java.io.Serial;

/** A well-formed document that no genuine push looks like. An expected failure: no stack trace, no content. */
public final class NotAPushException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    NotAPushException(String rule) {
        super(rule, null, false, false);
    }
}
