package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;

/** What a call answers; refusals are thrown as {@link io.weir.simulator.platform.Refused}. */
public sealed interface CallAnswer {
    /** {@code {"errcode":0,"errmsg":"ok"}}, the success of calls that do something. */
    static CallAnswer ok() {
        return new Json(JsonNodeFactory.instance.objectNode().put("errcode", 0).put("errmsg", "ok"));
    }

    /** A JSON object, the success of calls that get something: without errcode. */
    record Json(ObjectNode body) implements CallAnswer {}

    /** A file. */
    record Bytes(String contentType, String fileName, Buffer body) implements CallAnswer {}
}
