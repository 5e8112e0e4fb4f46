package io.weir.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * What goes back over HTTP.
 *
 * @param fileName of a file, for Content-Disposition
 */
record WireAnswer(int status, String contentType, Optional<String> fileName, Buffer body) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The content type that the platform gives to JSON; {@code encoding} is no parameter that HTTP knows. */
    private static final String JSON_TYPE = "application/json; encoding=utf-8";

    /** The other one that it gives to JSON. Which calls have it is the simulator's choice: those of media and material. */
    private static final String TEXT_TYPE = "text/plain";

    /** The answer of a call; HTTP 200 in any case. */
    static WireAnswer of(String path, CallAnswer answer) {
        if (answer instanceof CallAnswer.Bytes file) {
            return new WireAnswer(200, file.contentType(), Optional.of(file.fileName()), file.body());
        }
        return json(path, ((CallAnswer.Json) answer).body());
    }

    static WireAnswer json(String path, ObjectNode body) {
        boolean ofFiles = path.startsWith("/cgi-bin/media/") || path.startsWith("/cgi-bin/material/");
        return new WireAnswer(200, ofFiles ? TEXT_TYPE : JSON_TYPE, Optional.empty(), encode(body));
    }

    /** Plain HTTP, not the platform's form. */
    static WireAnswer http(int status, String contentType, String body) {
        return new WireAnswer(status, contentType, Optional.empty(), Buffer.buffer(body));
    }

    /** The first half of it, as if that were all. */
    WireAnswer truncated() {
        return new WireAnswer(status, contentType, fileName, body.slice(0, body.length() / 2));
    }

    static Buffer encode(ObjectNode body) {
        try {
            // By way of text: written to bytes, Jackson would escape what is beyond the basic plane, emoji for one.
            return Buffer.buffer(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON that cannot be written", e);
        }
    }
}
