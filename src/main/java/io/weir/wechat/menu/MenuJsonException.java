package io.weir.wechat.menu;

import io.weir.config.Problem;
import java.io.Serial;

/** A text that is not the JSON it should be: where, what was found and what was expected. Without stack trace. */
public final class MenuJsonException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final int errcode;

    MenuJsonException(Problem problem, int errcode) {
        super(
                "line " + problem.place().line() + ", column " + problem.place().column() + ": " + problem.rule()
                        + ", found " + problem.found()
                        + problem.hint().map(hint -> " (" + hint + ")").orElse(""),
                null,
                false,
                false);
        this.problem = problem;
        this.errcode = errcode;
    }

    /** Its place has line and column. */
    public Problem problem() {
        return problem;
    }

    /** From 1. */
    public int line() {
        return problem.place().line();
    }

    public String found() {
        return problem.found();
    }

    /** Empty when there is none. */
    public String hint() {
        return problem.hint().orElse("");
    }

    /** What WeChat would answer. */
    public int errcode() {
        return errcode;
    }
}
