package io.weir.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.RequestBody;

/** Reads the bodies of calls as the platform does, refusals included (token-and-server-api.md §0 and §4). */
public final class Bodies {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Bodies() {}

    /**
     * The JSON object that a body is: 44002 when there is none, 47001 when it is something else or not UTF-8, 47002 when it
     * escapes what is not ASCII. Not for menus, which say 40033 to the latter.
     */
    public static ObjectNode json(CallRequest request) {
        return json(request.body());
    }

    /** The JSON object that a text is, else 47001; escapes are taken as JSON has them. */
    public static ObjectNode object(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw notJson();
        }
        throw notJson();
    }

    static ObjectNode json(Buffer body) {
        return RequestBody.ARGUMENTS.read(body);
    }

    private static Refused notJson() {
        return new Refused(47001, "data format error");
    }
}
