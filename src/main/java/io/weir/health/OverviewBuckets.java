package io.weir.health;

import io.weir.client.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was counted in the last hour and in the last day, in buckets, by account. What is added are counts since the start; a bucket
 * has what has come since the count before. The edges of buckets are the same for all instances. Any thread.
 *
 * <p>A bucket of an account is a text of its counts that are not 0, at most {@value #MOST_SERIES} of them, about 300 bytes. There are
 * {@code 360 + 288} buckets, for all accounts together and for {@value #MOST_ACCOUNTS} accounts at most, the busiest of each bucket: 0.2 MB
 * for each account that always has pushes, 10 MB at most, and next to nothing for an account without pushes.
 */
final class OverviewBuckets {
    static final int MOST_ACCOUNTS = 50;
    static final int MOST_SERIES = 60;

    /** How much time is looked back at. */
    enum Span {
        HOUR(Duration.ofSeconds(10), 360),
        DAY(Duration.ofMinutes(5), 288);

        private final Duration step;
        private final int count;

        Span(Duration step, int count) {
            this.step = step;
            this.count = count;
        }

        /** The length of a bucket. */
        Duration step() {
            return step;
        }

        /** How many buckets there are. */
        int count() {
            return count;
        }

        /** The last bucket that has ended by then. */
        long last(Instant time) {
            return Math.floorDiv(time.toEpochMilli(), step.toMillis()) - 1;
        }

        Instant end(long index) {
            return Instant.ofEpochMilli((index + 1) * step.toMillis());
        }
    }

    /**
     * What was counted in a time that has ended.
     *
     * @param index how many buckets there were before it since 1970
     * @param counts by account, as {@link #read} reads them
     */
    record Bucket(Span span, long index, Map<String, String> counts) {
        Bucket {
            counts = Map.copyOf(counts);
        }

        String json() {
            var json = Json.object();
            counts.forEach(json::put);
            return json.toString();
        }

        /** What {@link #json} has written; empty where this is none of it. */
        static Optional<Bucket> of(Span span, long index, String json) {
            return Json.read(json)
                    .filter(read -> read.isObject() && read.size() <= MOST_ACCOUNTS + 1)
                    .map(read -> new Bucket(
                            span,
                            index,
                            read.properties().stream()
                                    .collect(Collectors.toMap(
                                            Entry::getKey,
                                            each -> each.getValue().asText()))));
        }
    }

    private final Map<Span, Ring> rings =
            new EnumMap<>(Map.of(Span.HOUR, new Ring(Span.HOUR), Span.DAY, new Ring(Span.DAY)));
    private Map<String, Map<String, Long>> before = Map.of();

    /**
     * Takes in what has been counted until now.
     *
     * @param counted since the start, by account and name
     * @return the buckets that have ended
     */
    synchronized List<Bucket> add(Instant now, Map<String, Map<String, Long>> counted) {
        Map<String, Map<String, Long>> more = new HashMap<>();
        counted.forEach((account, counts) -> {
            Map<String, Long> old = before.getOrDefault(account, Map.of());
            counts.forEach((name, count) -> {
                long since = count - old.getOrDefault(name, 0L);
                if (since > 0) {
                    more.computeIfAbsent(account, first -> new HashMap<>()).put(name, since);
                }
            });
        });
        before = counted;
        List<Bucket> ended = new ArrayList<>();
        rings.values().forEach(ring -> ring.add(now, more, ended));
        return ended;
    }

    /** The buckets of a span that have ended, the oldest first. */
    synchronized List<Bucket> ended(Span span) {
        return rings.getOrDefault(span, new Ring(span)).ended();
    }

    private static final class Ring {
        private final Span span;
        private final ArrayDeque<Bucket> ended = new ArrayDeque<>();
        private final Map<String, Map<String, Long>> open = new HashMap<>();
        private @Nullable Long index;

        Ring(Span span) {
            this.span = span;
        }

        List<Bucket> ended() {
            return List.copyOf(ended);
        }

        /** A count belongs to the time before it: that of an edge to the bucket that ends there. */
        void add(Instant now, Map<String, Map<String, Long>> more, List<Bucket> closed) {
            long current = span.last(now.minus(Span.HOUR.step().dividedBy(2))) + 1;
            if (index != null && current < index - 1) {
                // The clock was set back.
                ended.clear();
                index = null;
            }
            if (index != null && current > index) {
                closed.add(end(index));
            }
            long into = index == null ? current : Math.max(current, index);
            index = into;
            more.forEach((account, counts) -> {
                Map<String, Long> sums = open.computeIfAbsent(account, first -> new HashMap<>());
                counts.forEach((name, count) -> sums.merge(name, count, Long::sum));
            });
            if (!now.isBefore(span.end(into))) {
                closed.add(end(into));
                index = into + 1;
            }
        }

        private Bucket end(long at) {
            Map<String, String> counts = open.entrySet().stream()
                    .sorted(Comparator.comparing((Entry<String, Map<String, Long>> each) ->
                                    each.getKey().equals(OverviewCounts.ALL))
                            .thenComparing(each -> sum(each.getValue()))
                            .reversed())
                    .limit(MOST_ACCOUNTS + 1)
                    .collect(Collectors.toMap(Entry::getKey, each -> write(each.getValue())));
            open.clear();
            Bucket bucket = new Bucket(span, at, counts);
            ended.add(bucket);
            while (ended.element().index <= at - span.count) {
                ended.remove();
            }
            return bucket;
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String write(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_SERIES)
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    /** The counts of an account in a bucket, by name; what cannot be read is left out. */
    static Map<String, Long> read(String counts) {
        Map<String, Long> read = new TreeMap<>();
        for (String each : counts.split(" ", MOST_SERIES + 1)) {
            int sign = each.indexOf('=');
            if (sign > 0 && each.substring(sign + 1).matches("[0-9]{1,15}")) {
                read.put(each.substring(0, sign), Long.parseLong(each.substring(sign + 1)));
            }
        }
        return read;
    }
}
