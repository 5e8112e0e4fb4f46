package io.weir.redis;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Redis answered to a command. */
public final class RedisAnswer {
    private final @Nullable Response response;
    private final List<RedisAnswer> together;

    private RedisAnswer(@Nullable Response response, List<RedisAnswer> together) {
        this.response = response;
        this.together = together;
    }

    static RedisAnswer of(@Nullable Response response) {
        return new RedisAnswer(response, List.of());
    }

    /** To several commands that were sent together. */
    static RedisAnswer ofAll(@Nullable List<Response> responses) {
        List<RedisAnswer> all = new ArrayList<>();
        if (responses != null) {
            responses.forEach(response -> all.add(of(response)));
        }
        return new RedisAnswer(null, all);
    }

    /** To several commands that were sent one after the other. */
    static RedisAnswer together(List<RedisAnswer> answers) {
        return new RedisAnswer(null, List.copyOf(answers));
    }

    /** The value as text; empty for nil. */
    public Optional<String> text() {
        return response == null ? Optional.empty() : Optional.of(response.toString());
    }

    /** The value as a whole number; anything else is an {@link IllegalStateException}. */
    public long number() {
        try {
            return Long.parseLong(text().orElse("nil"));
        } catch (NumberFormatException e) {
            throw new IllegalStateException("expected a whole number from Redis", e);
        }
    }

    /** The elements of a list, or the answers to commands that were sent together; none for nil. */
    public List<RedisAnswer> items() {
        return response == null
                ? together
                : response.stream().map(RedisAnswer::of).toList();
    }

    /** The entries of the one stream that was read, whether Redis sends streams as a map or as a list; none for nil. */
    public List<RedisAnswer> entries() {
        if (response == null || response.size() == 0) {
            return List.of();
        }
        Response entries = response.isMap()
                ? response.get(response.getKeys().iterator().next())
                : response.get(0).get(1);
        return of(entries).items();
    }

    /** The fields of a map, as text, both when Redis sends it as a map and as a list of names and values. */
    public Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        if (response != null && response.isMap()) {
            response.getKeys().forEach(name -> fields.put(name, String.valueOf(response.get(name))));
        } else {
            List<RedisAnswer> items = items();
            for (int name = 0; name + 1 < items.size(); name += 2) {
                fields.put(
                        items.get(name).text().orElse(""),
                        items.get(name + 1).text().orElse(""));
            }
        }
        return fields;
    }
}
