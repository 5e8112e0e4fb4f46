package io.weir.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a route answers. Prints nothing of it.
 *
 * @param etag the state of what was asked for, which If-Match can name; without its quotes
 */
public record ApiAnswer(int status, String contentType, String body, Optional<String> etag) {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** 200 with JSON, for the eyes of people, too. */
    public static ApiAnswer json(ObjectNode body) {
        return json(body.toPrettyString());
    }

    /** 200 with JSON that is written already. */
    public static ApiAnswer json(String body) {
        return new ApiAnswer(200, JSON, body + "\n", Optional.empty());
    }

    public static ApiAnswer text(int status, String body) {
        return new ApiAnswer(status, TEXT, body + "\n", Optional.empty());
    }

    /** 200 with a text of another kind, as it is. */
    public static ApiAnswer of(String contentType, String body) {
        return new ApiAnswer(200, contentType, body, Optional.empty());
    }

    /** The same: something new has been made. */
    public ApiAnswer created() {
        return new ApiAnswer(201, contentType, body, etag);
    }

    /** The same in this state. */
    public ApiAnswer tagged(String state) {
        return new ApiAnswer(status, contentType, body, Optional.of(state));
    }

    @Override
    public String toString() {
        return "an answer with status " + status;
    }
}
