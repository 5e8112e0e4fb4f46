package io.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
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
     * @param budget what it is counted as: its path where there is nothing else to say
     */
    public record CallOptions(Repeat repeat, boolean credential, boolean media, String budget) {}

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
        return new Call(method, path, Map.of(), Map.of(), payload, new CallOptions(repeat, false, false, path));
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
        return manner(new CallOptions(repeat, manner.credential, manner.media, manner.budget));
    }

    /** The same without token. */
    public Call credential() {
        return manner(new CallOptions(manner.repeat, true, manner.media, manner.budget));
    }

    /** The same with space and time for files. */
    public Call media() {
        return manner(new CallOptions(manner.repeat, manner.credential, true, manner.budget));
    }

    /** The same, counted as something else than its path says. */
    public Call countedAs(String budget) {
        return manner(new CallOptions(manner.repeat, manner.credential, manner.media, budget));
    }

    int maxAnswerBytes() {
        return manner.media ? MAX_MEDIA_BYTES : MAX_JSON_BYTES;
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
     * @param secrets what of it must never be shown, should WeChat's answer repeat it
     */
    public record Payload(String contentType, Buffer bytes, List<Secret> secrets) {
        public Payload {
            secrets = List.copyOf(secrets);
        }

        /** Raw UTF-8, without {@code \}{@code u} escapes (token-and-server-api.md §0). */
        public static Payload json(JsonNode body, Secret... secrets) {
            return new Payload("application/json; charset=utf-8", Buffer.buffer(Json.write(body)), List.of(secrets));
        }

        @Override
        public String toString() {
            return bytes.length() + " bytes of " + contentType;
        }
    }
}
