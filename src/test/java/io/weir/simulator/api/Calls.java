package io.weir.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.time.VirtualTime;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table of calls and an account that makes them, without HTTP. */
final class Calls {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final VirtualTime time = new VirtualTime(Instant.parse("2024-11-20T08:00:00Z"));
    final Platform platform = new Platform(
            List.of(Registration.of("main", "wx1", "secret", "gh_1")),
            time.clock(),
            () -> URI.create("http://127.0.0.1:1234"));
    final PlatformAccount account = platform.byAppId("wx1").orElseThrow();
    private final List<ApiCall> table;

    Calls(List<ApiCall> table) {
        this.table = table;
    }

    /** With single quotes for double ones. */
    CallAnswer post(String path, String body) {
        return call(path, Map.of(), body.replace('\'', '"'), List.of());
    }

    CallAnswer get(String path, Map<String, String> query) {
        return call(path, query, "", List.of());
    }

    CallAnswer upload(String path, String type, String fileName, Buffer bytes, CallRequest.Part... others) {
        var media = new CallRequest.Part("media", Optional.of(fileName), "application/octet-stream", bytes);
        var parts = new ArrayList<>(List.of(others));
        parts.add(media);
        return call(path, Map.of("type", type), "multipart", parts);
    }

    CallAnswer call(String path, Map<String, String> query, String body, List<CallRequest.Part> parts) {
        return line(path).effect().apply(new CallRequest(account, query, Buffer.buffer(body), parts));
    }

    ApiCall line(String path) {
        return table.stream()
                .filter(call -> call.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** Through its text, as a caller gets it. */
    static ObjectNode json(CallAnswer answer) {
        return object(((CallAnswer.Json) answer).body().toString());
    }

    /** With single quotes for double ones. */
    static ObjectNode object(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static CallRequest.Part field(String name, String text) {
        return new CallRequest.Part(name, Optional.empty(), "text/plain", Buffer.buffer(text.replace('\'', '"')));
    }
}
