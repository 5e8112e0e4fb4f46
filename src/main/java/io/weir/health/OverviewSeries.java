package io.weir.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.health.OverviewBuckets.Bucket;
import io.weir.health.OverviewBuckets.Span;
import io.weir.receiver.Accounts;
import io.weir.redis.RedisMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The buckets of instances, summed: a row of numbers for each name, from the oldest bucket of the span to the newest. One thread. */
final class OverviewSeries {
    private static final String NO_END = ".inf";

    private final Span span;
    private final long last;
    private final String account;
    private final SortedMap<String, long[]> rows = new TreeMap<>();

    /**
     * Without any bucket yet.
     *
     * @param account whose counts they are, or {@link OverviewCounts#ALL}
     */
    OverviewSeries(Span span, Instant now, String account) {
        this.span = span;
        this.last = span.last(now);
        this.account = account;
    }

    /** Adds the buckets of an instance; one that is there twice counts once. */
    void add(List<Bucket> buckets) {
        Map<Long, String> counts = new TreeMap<>();
        buckets.forEach(bucket -> counts.put(bucket.index(), bucket.counts().getOrDefault(account, "")));
        counts.forEach((index, text) -> {
            int at = (int) (index - last + span.count() - 1);
            if (at >= 0 && at < span.count()) {
                OverviewBuckets.read(text)
                        .forEach((name, count) ->
                                rows.computeIfAbsent(name, first -> new long[span.count()])[at] += count);
            }
        });
    }

    /** Adds what the API tells of them. */
    void addTo(ObjectNode json) {
        json.put("until", span.end(last).toString())
                .put("stepSeconds", span.step().toSeconds())
                .put("buckets", span.count());
        ObjectNode series = json.putObject("series");
        rows.forEach((name, row) -> {
            String[] parts = name.split("\\.", 2);
            if (parts.length == 2
                    && !parts[0].equals(OverviewCounts.TOOK)
                    && !parts[0].equals(OverviewCounts.REDIS_TOOK)) {
                series.withObjectProperty(parts[0]).set(parts[1], numbers(row));
            }
        });
        long[] commands = new long[span.count()];
        ends(OverviewCounts.REDIS_TOOK).values().forEach(row -> Arrays.setAll(commands, at -> commands[at] + row[at]));
        if (Arrays.stream(commands).anyMatch(count -> count > 0)) {
            series.withObjectProperty("redis").set("commands", numbers(commands));
        }
        ObjectNode latency = json.putObject("latency");
        percentiles(latency.putObject("pushes"), OverviewCounts.TOOK, Accounts.BOUNDS);
        percentiles(latency.putObject("redis"), OverviewCounts.REDIS_TOOK, RedisMeters.BOUNDS);
    }

    private static ArrayNode numbers(long[] row) {
        ArrayNode numbers = Json.object().arrayNode();
        Arrays.stream(row).forEach(numbers::add);
        return numbers;
    }

    /** The rows of a group of durations by the end of their bucket, in milliseconds. */
    private SortedMap<Double, long[]> ends(String group) {
        SortedMap<Double, long[]> ends = new TreeMap<>();
        rows.forEach((name, row) -> {
            if (name.equals(group + NO_END)) {
                ends.put(Double.POSITIVE_INFINITY, row);
            } else if (name.matches(group + "\\.[0-9]{1,9}(\\.[0-9]{1,3})?")) {
                ends.put(Double.valueOf(name.substring(group.length() + 1)), row);
            }
        });
        return ends;
    }

    private void percentiles(ObjectNode json, String group, List<Duration> bounds) {
        SortedMap<Double, long[]> ends = ends(group);
        for (int percent : new int[] {50, 99}) {
            ArrayNode each = json.putArray("p" + percent + "Millis");
            for (int at = 0; at < span.count(); at++) {
                SortedMap<Double, Long> counts = new TreeMap<>();
                int bucket = at;
                ends.forEach((end, row) -> counts.put(end, row[bucket]));
                percentile(counts, percent, bounds).ifPresentOrElse(each::add, each::addNull);
            }
            SortedMap<Double, Long> all = new TreeMap<>();
            ends.forEach((end, row) -> all.put(end, Arrays.stream(row).sum()));
            percentile(all, percent, bounds).ifPresent(value -> json.put("overallP" + percent + "Millis", value));
        }
    }

    /**
     * What so many of a hundred did not exceed, in milliseconds: by the rule of three inside a bucket, to a tenth. Beyond the longest
     * bound it is that bound; empty where there was none.
     */
    static OptionalDouble percentile(SortedMap<Double, Long> counts, int percent, List<Duration> bounds) {
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        if (sum == 0) {
            return OptionalDouble.empty();
        }
        double wanted = sum * percent / 100.0;
        double below = 0;
        double longest = bounds.get(bounds.size() - 1).toNanos() / 1e6;
        for (Map.Entry<Double, Long> each : counts.entrySet()) {
            if (below + each.getValue() >= wanted && each.getValue() > 0) {
                double end = Math.min(each.getKey(), longest);
                double begin = bounds.stream()
                        .mapToDouble(bound -> bound.toNanos() / 1e6)
                        .filter(bound -> bound < each.getKey())
                        .max()
                        .orElse(0);
                double value = begin + (end - begin) * (wanted - below) / each.getValue();
                return OptionalDouble.of(Math.round(value * 10) / 10.0);
            }
            below += each.getValue();
        }
        return OptionalDouble.of(longest);
    }
}
