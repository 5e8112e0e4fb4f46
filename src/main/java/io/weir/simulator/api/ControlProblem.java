package io.weir.simulator.api;

import java.io.Serial;

/** A request to the control API that cannot be done; told as application/problem+json. Expected: no stack trace. */
public final class ControlProblem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    /**
     * @param title what kind of problem, the same for all of the kind
     * @param detail what was found and what to do
     */
    public ControlProblem(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    /** A body or path that does not say what it has to: 400. */
    public static ControlProblem badRequest(String detail) {
        return new ControlProblem(400, "The request is not understood", detail);
    }

    /** Something in the path does not exist: 404. */
    public static ControlProblem notFound(String detail) {
        return new ControlProblem(404, "There is no such thing", detail);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
