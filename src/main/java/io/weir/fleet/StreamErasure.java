package io.weir.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Deletes entries of a stream by what is in them, as those of a person who has unsubscribed: from the oldest to the newest, a page at a
 * time with a pause between, so that neither Redis nor a push waits for it. Called on an event loop.
 */
public record StreamErasure(Vertx vertx, RedisLink link) {
    static final int PAGE = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Deletes the entries that match; how many they were. Fails where Redis does, and may be begun again then. */
    public Future<Integer> erase(String key, Predicate<Entry> matches) {
        return erase(key, "-", matches, 0);
    }

    private Future<Integer> erase(String key, String from, Predicate<Entry> matches, int before) {
        return link.send("XRANGE", key, from, "+", "COUNT", Integer.toString(PAGE))
                .map(Entry::all)
                .compose(page -> {
                    List<String> found =
                            page.stream().filter(matches).map(Entry::id).toList();
                    int deleted = before + found.size();
                    Future<?> step = found.isEmpty() ? Future.succeededFuture() : delete(key, found);
                    return page.size() < PAGE
                            ? step.map(deleted)
                            : step.compose(done -> vertx.timer(PAUSE.toMillis()))
                                    .compose(waited ->
                                            erase(key, "(" + page.get(PAGE - 1).id(), matches, deleted));
                });
    }

    private Future<RedisAnswer> delete(String key, List<String> ids) {
        List<String> arguments = new ArrayList<>(List.of(key));
        arguments.addAll(ids);
        return link.send("XDEL", arguments.toArray(String[]::new));
    }

    /**
     * One of a stream.
     *
     * @param id as Redis gave it; grows
     */
    public record Entry(String id, Map<String, String> fields) {
        public Entry {
            fields = Map.copyOf(fields);
        }

        /** Those that {@code XRANGE} or {@code XREVRANGE} answers with, in its order. */
        public static List<Entry> all(RedisAnswer answer) {
            return answer.items().stream().map(Entry::of).toList();
        }

        private static Entry of(RedisAnswer entry) {
            List<RedisAnswer> parts = entry.items();
            List<RedisAnswer> pairs = parts.size() > 1 ? parts.get(1).items() : List.of();
            Map<String, String> fields = new HashMap<>();
            for (int name = 0; name + 1 < pairs.size(); name += 2) {
                fields.put(
                        pairs.get(name).text().orElse(""),
                        pairs.get(name + 1).text().orElse(""));
            }
            return new Entry(parts.get(0).text().orElse(""), fields);
        }

        /** What stands in a field; empty where it is not there. */
        public String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }
}
