package io.weir.simulator.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.Refused;

/** Reads the bodies of calls as JSON. */
final class Bodies {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Bodies() {}

    /**
     * The object that is the body.
     *
     * @throws Refused 44002 when it is empty, 47001 when it is no JSON object
     */
    static ObjectNode json(ApiRequest request) {
        if (request.body().length() == 0) {
            throw new Refused(44002, "empty post data");
        }
        try {
            if (MAPPER.readTree(request.body().toString()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new Refused(47001, "data format error");
        }
        throw new Refused(47001, "data format error");
    }
}
