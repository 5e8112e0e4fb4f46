package io.weir.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a route answers. Prints nothing of it.
 *
 * @param contentType empty where there is no body
 * @param etag the state of what was asked for, which If-Match can name; without its quotes
 * @param headers further ones
 * @param stream writes the body in place of the text, for as long as it likes
 */
public record ApiAnswer(
        int status,
        String contentType,
        String body,
        Optional<String> etag,
        Map<String, String> headers,
        Optional<Consumer<HttpServerResponse>> stream) {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    public ApiAnswer {
        headers = Map.copyOf(headers);
    }

    private ApiAnswer(int status, String contentType, String body) {
        this(status, contentType, body, Optional.empty(), Map.of(), Optional.empty());
    }

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

    /** 200 with a text of another kind, as it is. */
    public static ApiAnswer of(String contentType, String body) {
        return new ApiAnswer(200, contentType, body);
    }

    /** 204: done, and nothing to say. */
    public static ApiAnswer done() {
        return new ApiAnswer(204, "", "");
    }

    /** 200 with a body that is written bit by bit; whoever writes it sees to its end. */
    public static ApiAnswer streaming(String contentType, Consumer<HttpServerResponse> writer) {
        return new ApiAnswer(200, contentType, "", Optional.empty(), Map.of(), Optional.of(writer));
    }

    /** The same: something new has been made. */
    public ApiAnswer created() {
        return new ApiAnswer(201, contentType, body, etag, headers, stream);
    }

    /** The same: it has been begun. */
    public ApiAnswer accepted() {
        return new ApiAnswer(202, contentType, body, etag, headers, stream);
    }

    /** The same in this state. */
    public ApiAnswer tagged(String state) {
        return new ApiAnswer(status, contentType, body, Optional.of(state), headers, stream);
    }

    /** The same with one further header. */
    public ApiAnswer with(String name, String value) {
        return new ApiAnswer(status, contentType, body, etag, Map.of(name, value), stream);
    }

    @Override
    public String toString() {
        return "an answer with status " + status;
    }
}
