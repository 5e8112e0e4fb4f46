package io.weir.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a route answers. Prints nothing of it. */
public record ApiAnswer(int status, String contentType, String body) {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** 200 with JSON, for the eyes of people, too. */
    public static ApiAnswer json(ObjectNode body) {
        return json(body.toPrettyString());
    }

    /** 200 with JSON that is written already. */
    public static ApiAnswer json(String body) {
        return new ApiAnswer(200, JSON, body + "\n");
    }

    public static ApiAnswer text(int status, String body) {
        return new ApiAnswer(status, TEXT, body + "\n");
    }

    @Override
    public String toString() {
        return "an answer with status " + status;
    }
}
