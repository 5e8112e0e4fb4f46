package io.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.ReadStream;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of WeChat's API, as yet without token. Prints as method and path: the rest may be secret or personal.
 *
 * @param path from the API's root, as in {@code /cgi-bin/menu/create}: what its budgets and stops are kept by
 * @param query what is shown to nobody, but is no secret either
 * @param secretQuery likewise part of the URL, and blotted out wherever an answer repeats it
 */
public record Call(
        HttpMethod method,
        String path,
        Map<String, String> query,
        Map<String, Secret> secretQuery,
        Optional<Payload> payload,
        CallOptions manner) {
    private static final int MAX_JSON_BYTES = 1 << 20;
    private static final int MAX_MEDIA_BYTES = 12 << 20;
    private static final int MEDIA_PATIENCE = 6;

    /** @throws IllegalArgumentException for a path that does not begin with a slash or has more than a path in it */
    public Call {
        if (!path.matches("(/[A-Za-z0-9_.-]+)+")) {
            throw new IllegalArgumentException("expected the path of an API, as in /cgi-bin/menu/create");
        }
        query = Map.copyOf(query);
        secretQuery = Map.copyOf(secretQuery);
    }

    /**
     * How a call is made.
     *
     * @param credential made without access_token, with the AppSecret, to get one
     * @param media carries files: larger and slower than others
     * @param handedOn whether an answer is handed on as it comes where it is no JSON object, or a large one
     * @param budget what it is counted as: its path where there is nothing else to say
     * @param traceparent what whoever asks calls it by
     */
    public record CallOptions(
            Repeat repeat,
            boolean credential,
            boolean media,
            boolean handedOn,
            String budget,
            Optional<String> traceparent) {}

    /** A question: safe to repeat. Say {@link #repeat} where a GET is an order, as menu/delete is. */
    public static Call get(String path) {
        return of(HttpMethod.GET, path, Optional.empty(), Repeat.SAFE);
    }

    /** An order: repeated only if it was surely not executed. */
    public static Call post(String path, JsonNode body) {
        return post(path, Payload.json(body));
    }

    /** As {@link #post(String, JsonNode)}, with a body of another kind. */
    public static Call post(String path, Payload payload) {
        return of(HttpMethod.POST, path, Optional.of(payload), Repeat.UNLESS_EXECUTED);
    }

    static Call of(HttpMethod method, String path, JsonNode body) {
        return of(method, path, Optional.of(Payload.json(body)), Repeat.UNLESS_EXECUTED);
    }

    private static Call of(HttpMethod method, String path, Optional<Payload> payload, Repeat repeat) {
        return new Call(
                method,
                path,
                Map.of(),
                Map.of(),
                payload,
                new CallOptions(repeat, false, false, false, path, Optional.empty()));
    }

    /** The same with one more parameter in the URL. */
    public Call with(String name, String value) {
        return new Call(method, path, plus(query, name, value), secretQuery, payload, manner);
    }

    /** The same with one more secret parameter in the URL. */
    public Call withSecret(String name, Secret value) {
        return new Call(method, path, query, plus(secretQuery, name, value), payload, manner);
    }

    public Call repeat(Repeat repeat) {
        return manner(new CallOptions(
                repeat, manner.credential, manner.media, manner.handedOn, manner.budget, manner.traceparent));
    }

    /** The same without token. */
    public Call credential() {
        return manner(
                new CallOptions(manner.repeat, true, manner.media, manner.handedOn, manner.budget, manner.traceparent));
    }

    /** The same with space and time for files. */
    public Call media() {
        return manner(new CallOptions(
                manner.repeat, manner.credential, true, manner.handedOn, manner.budget, manner.traceparent));
    }

    /** The same, counted as something else than its path says. */
    public Call countedAs(String budget) {
        return manner(new CallOptions(
                manner.repeat, manner.credential, manner.media, manner.handedOn, budget, manner.traceparent));
    }

    /** The same, with the header {@code traceparent} of whoever asks. */
    public Call tracedAs(Optional<String> traceparent) {
        return manner(new CallOptions(
                manner.repeat, manner.credential, manner.media, manner.handedOn, manner.budget, traceparent));
    }

    /**
     * Somebody else's call, passed on: with time for files, its answer as it comes.
     *
     * @param query what stands in the URL beside the token
     */
    public static Call passedOn(
            HttpMethod method, String path, Map<String, String> query, Optional<Payload> payload, Repeat repeat) {
        CallOptions options = new CallOptions(repeat, false, true, true, path, Optional.empty());
        return new Call(method, path, query, Map.of(), payload, options);
    }

    int maxAnswerBytes() {
        return manner.media && !manner.handedOn ? MAX_MEDIA_BYTES : MAX_JSON_BYTES;
    }

    /** Whether its body is gone once it is sent. */
    boolean isSentOnce() {
        return payload.flatMap(Payload::stream).isPresent();
    }

    Duration limit(Duration ordinary) {
        return manner.media ? ordinary.multipliedBy(MEDIA_PATIENCE) : ordinary;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    private Call manner(CallOptions other) {
        return new Call(method, path, query, secretQuery, payload, other);
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String name, V value) {
        Map<String, V> more = new HashMap<>(map);
        more.put(name, value);
        return more;
    }

    /** Whether a call may be made again by the client itself. A refused token is another matter: that call was not executed. */
    public enum Repeat {
        /** Made twice it does the same as made once: may be repeated whatever has become of it. */
        SAFE,
        /** May be repeated only when it was surely not executed: when there was no connection. */
        UNLESS_EXECUTED,
        /** Made once; whoever asked for it repeats it. */
        NEVER
    }

    /**
     * The body of a request. Prints as its size only.
     *
     * @param length in bytes
     * @param bytes empty for one that is passed on as it comes
     * @param stream of one that is passed on as it comes, paused; can be sent once
     * @param secrets what of it must never be shown, should WeChat's answer repeat it
     */
    public record Payload(
            String contentType, long length, Buffer bytes, Optional<ReadStream<Buffer>> stream, List<Secret> secrets) {
        public Payload {
            secrets = List.copyOf(secrets);
        }

        public Payload(String contentType, Buffer bytes, List<Secret> secrets) {
            this(contentType, bytes.length(), bytes, Optional.empty(), secrets);
        }

        /** Raw UTF-8, without {@code \}{@code u} escapes (token-and-server-api.md §0). */
        public static Payload json(JsonNode body, Secret... secrets) {
            return new Payload("application/json; charset=utf-8", Buffer.buffer(Json.write(body)), List.of(secrets));
        }

        /** A body that is never whole in memory. */
        public static Payload streamed(String contentType, long length, ReadStream<Buffer> stream) {
            return new Payload(contentType, length, Buffer.buffer(), Optional.of(stream), List.of());
        }

        /** What becomes of it, the response tells. */
        void sendWith(HttpClientRequest request) {
            if (!contentType.isEmpty()) {
                request.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
            }
            request.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
            stream.ifPresentOrElse(request::send, () -> request.send(bytes));
        }

        @Override
        public String toString() {
            return length + " bytes of " + contentType;
        }
    }
}
