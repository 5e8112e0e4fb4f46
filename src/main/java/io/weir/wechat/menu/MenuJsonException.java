package io.weir.wechat.menu;

import java.io.Serial;

/** A text that is not the JSON it should be: where, what was found and what was expected. Without stack trace. */
public final class MenuJsonException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String found;
    private final String expected;
    private final String hint;
    private final int errcode;

    MenuJsonException(int line, int column, String found, String expected, String hint, int errcode) {
        super(
                "line " + line + ", column " + column + ": expected " + expected + ", found " + found
                        + (hint.isEmpty() ? "" : " (" + hint + ")"),
                null,
                false,
                false);
        this.line = line;
        this.column = column;
        this.found = found;
        this.expected = expected;
        this.hint = hint;
        this.errcode = errcode;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1, in characters: an emoji is one. */
    public int column() {
        return column;
    }

    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }

    /** Empty when there is none. */
    public String hint() {
        return hint;
    }

    /** What WeChat would answer. */
    public int errcode() {
        return errcode;
    }
}
