package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.dispatch.Outcome.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The attempts to deliver one push that came to this instance, and the first, wherever it came: the store knows when, and a first
 * attempt that no entry of the journal goes with was another instance's.
 */
record PushAttempts(Journal journal, JournalEntry entry) {
    /** Between a request's beginning and its claim. */
    private static final Duration NEAR = Duration.ofSeconds(1);

    /** An attempt, so long ago. */
    private record Seen(Duration age, Optional<JournalEntry> here) {}

    /** @param first how long ago the first attempt came; empty when the store does not know */
    ArrayNode json(Optional<Duration> first) {
        long now = System.nanoTime();
        List<Seen> all = new ArrayList<>();
        List<JournalEntry> here = here();
        first.ifPresent(age -> {
            Optional<JournalEntry> nearest = here.stream()
                    .filter(each -> distance(age, age(each, now)).compareTo(NEAR) < 0)
                    .min(Comparator.comparing(each -> distance(age, age(each, now))));
            nearest.ifPresent(here::remove);
            all.add(new Seen(nearest.map(each -> age(each, now)).orElse(age), nearest));
        });
        here.forEach(each -> all.add(new Seen(age(each, now), Optional.of(each))));
        all.sort(Comparator.comparing(Seen::age).reversed());
        return json(all, now);
    }

    private ArrayNode json(List<Seen> all, long now) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Seen seen : all) {
            Duration before = age(entry, now).minus(seen.age);
            ObjectNode json = list.addObject()
                    .put("at", PushSummary.MILLIS.format(entry.at().plus(before)))
                    .put("instance", seen.here.isPresent() ? "own" : "other")
                    .put("offsetMillis", all.get(0).age.minus(seen.age).toMillis());
            seen.here.flatMap(JournalEntry::way).ifPresent(way -> json.put("way", way));
            seen.here.ifPresent(each -> json.put("id", each.id()));
        }
        return list;
    }

    private List<JournalEntry> here() {
        return entry.pushId()
                .map(id -> journal.newestFirst().stream()
                        .filter(each -> each.kind() != Kind.REPLAY
                                && each.pushId().filter(id::equals).isPresent())
                        .collect(Collectors.toCollection(ArrayList::new)))
                .orElseGet(ArrayList::new);
    }

    private static Duration age(JournalEntry each, long nowNanos) {
        return Duration.ofNanos(nowNanos - each.request().beganNanos());
    }

    private static Duration distance(Duration one, Duration other) {
        return one.minus(other).abs();
    }
}
