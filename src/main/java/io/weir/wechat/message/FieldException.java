package io.weir.wechat.message;

import java.io.Serial;

/** A field that is not what its kind says. Makes the push {@link Unknown}; carries no stack trace and no content. */
final class FieldException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    FieldException(String field, String problem) {
        super(field + " " + problem, null, false, false);
    }
}
