package io.weir.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serial;

/** A request to the admin port that is not fulfilled, told as RFC 9457 has it. Expected: no stack trace; holds no secret. */
public final class ApiProblem extends RuntimeException {
    /** What the answer's Content-Type says. */
    public static final String CONTENT_TYPE = "application/problem+json";

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final ObjectNode more;

    /**
     * Members beside those of every problem.
     *
     * @param title what kind of problem, the same for all of the kind
     * @param detail what was found and what to do
     */
    public ApiProblem(int status, String title, String detail, ObjectNode more) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.more = more;
    }

    /** One without members of its own. */
    public static ApiProblem of(int status, String title, String detail) {
        return new ApiProblem(status, title, detail, JsonNodeFactory.instance.objectNode());
    }

    /** A body or query that does not say what it has to. */
    public static ApiProblem badRequest(String detail) {
        return of(400, "The request is not understood", detail);
    }

    public int status() {
        return status;
    }

    /** The answer's body. */
    public ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("title", title).put("status", status).put("detail", String.valueOf(getMessage()));
        return body.setAll(more);
    }
}
