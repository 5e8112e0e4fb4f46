package io.weir.simulator.api;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request as it came, before any check.
 *
 * @param query decoded, the first value of each name; empty when it cannot be decoded
 * @param address of the caller, without the port
 */
record IncomingCall(
        String method, String path, Map<String, String> query, String contentType, Buffer body, String address) {

    static IncomingCall of(HttpServerRequest request, Buffer body) {
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return new IncomingCall(
                request.method().name(),
                String.valueOf(request.path()),
                query(request.uri()),
                contentType == null ? "" : contentType,
                body,
                String.valueOf(request.remoteAddress().hostAddress()));
    }

    /** A query parameter; empty text when it is not there. */
    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    private static Map<String, String> query(String uri) {
        Map<String, String> first = new LinkedHashMap<>();
        try {
            new QueryStringDecoder(uri).parameters().forEach((name, values) -> first.put(name, values.get(0)));
        } catch (IllegalArgumentException undecodable) {
            return Map.of();
        }
        return first;
    }

    @Override
    public String toString() {
        return "Incoming[" + method + " " + path + "]";
    }
}
