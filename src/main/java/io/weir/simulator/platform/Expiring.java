package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is there for a while only: windows, who types, temporary material. All live equally long, so that the oldest is
 * always the next to go; forgetting costs nothing then but a look at the first.
 */
final class Expiring<V> {
    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();
    private final Clock clock;
    private final Duration life;
    private final int most;
    private final Consumer<V> gone;

    /**
     * @param most how many are kept; the oldest make space
     * @param gone is told of everything that is no longer kept, whatever the reason
     */
    Expiring(Clock clock, Duration life, int most, Consumer<V> gone) {
        this.clock = clock;
        this.life = life;
        this.most = most;
        this.gone = gone;
    }

    /** Begins its life now, in place of what had this key. */
    void put(String key, V value) {
        keep(key, new Entry<>(value, clock.instant().plus(life)));
    }

    /** Another value until the same end. */
    void replace(String key, V value) {
        entries.computeIfPresent(key, (same, entry) -> new Entry<>(value, entry.ends()));
    }

    /** What has this key and has not ended. */
    Optional<Entry<V>> find(String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> entry.ends().isAfter(clock.instant()));
    }

    void remove(String key) {
        Entry<V> entry = entries.remove(key);
        if (entry != null) {
            gone.accept(entry.value());
        }
    }

    /** Forgets the oldest; false when there is none. */
    boolean removeOldest() {
        Iterator<String> keys = entries.keySet().iterator();
        boolean found = keys.hasNext();
        if (found) {
            remove(keys.next());
        }
        return found;
    }

    /** Forgets what has ended. */
    void forgetEnded() {
        Instant now = clock.instant();
        Iterator<Entry<V>> oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext()) {
            Entry<V> entry = oldestFirst.next();
            if (entry.ends().isAfter(now)) {
                return;
            }
            oldestFirst.remove();
            gone.accept(entry.value());
        }
    }

    int size() {
        return entries.size();
    }

    ObjectNode save(Function<V, ? extends JsonNode> writer) {
        forgetEnded();
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        entries.forEach((key, entry) ->
                saved.putObject(key).put("ends", entry.ends().toString()).set("value", writer.apply(entry.value())));
        return saved;
    }

    /** Takes the place of what is there by what {@link #save} has written. */
    void load(JsonNode saved, Function<JsonNode, V> reader) {
        entries.values().forEach(entry -> gone.accept(entry.value()));
        entries.clear();
        saved.properties().forEach(field -> {
            Instant ends = Instant.parse(field.getValue().path("ends").asText());
            keep(field.getKey(), new Entry<>(reader.apply(field.getValue().path("value")), ends));
        });
    }

    private void keep(String key, Entry<V> entry) {
        remove(key);
        forgetEnded();
        entries.put(key, entry);
        while (entries.size() > most) {
            removeOldest();
        }
    }

    /** @param ends from then on it is no longer there */
    record Entry<V>(V value, Instant ends) {}
}
