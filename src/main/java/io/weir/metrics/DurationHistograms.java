package io.weir.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The histograms of one metric, by the value of its label. To record a duration takes two additions; a timer of Micrometer's also
 * reads a clock and keeps a moving maximum. Any thread.
 */
public final class DurationHistograms implements Collector {
    /** Of answers to pushes: the last is the longest that WeChat waits for one. */
    public static final List<Duration> ANSWER = List.of(
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofMillis(4_500));

    private static final double NANOS = 1e9;

    private final Map<String, Histogram> histograms = new ConcurrentHashMap<>();
    private final String name;
    private final String help;
    private final String label;
    private final long[] bounds;
    private final List<Duration> shown;

    private DurationHistograms(String name, String help, String label, List<Duration> bounds, List<Duration> shown) {
        this.name = name;
        this.help = help;
        this.label = label;
        this.bounds = bounds.stream().mapToLong(Duration::toNanos).toArray();
        this.shown = List.copyOf(shown);
    }

    /**
     * Those of a metric. Only a registry for Prometheus has them.
     *
     * @param name as Prometheus shows it
     * @param label the only one
     * @param bounds upper ends of buckets, in order
     */
    public static DurationHistograms of(
            MeterRegistry metrics, String name, String help, String label, List<Duration> bounds) {
        return new DurationHistograms(name, help, label, bounds, bounds).registered(metrics);
    }

    /**
     * Those of a metric that Prometheus shows as one histogram: what tells them apart is for the gateway itself.
     *
     * @param shown those of the bounds that Prometheus sees
     */
    public static DurationHistograms merged(
            MeterRegistry metrics, String name, String help, List<Duration> bounds, List<Duration> shown) {
        return new DurationHistograms(name, help, "", bounds, shown).registered(metrics);
    }

    private DurationHistograms registered(MeterRegistry metrics) {
        if (metrics instanceof PrometheusMeterRegistry prometheus) {
            prometheus.getPrometheusRegistry().register(this);
        }
        return this;
    }

    /** That of a metric without a label. */
    public static Histogram single(MeterRegistry metrics, String name, String help, List<Duration> bounds) {
        return of(metrics, name, help, "", bounds).of("");
    }

    /** The one of this value; to be kept by whoever records often. */
    public Histogram of(String value) {
        return histograms.computeIfAbsent(value, first -> new Histogram(bounds));
    }

    /** How many there were in each bucket, by the value of the label; the last bucket has no end. */
    public Map<String, long[]> counts() {
        return histograms.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().counts()));
    }

    @Override
    public HistogramSnapshot collect() {
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(name).help(help);
        if (label.isEmpty()) {
            snapshot.dataPoint(point(Labels.EMPTY, histograms.values()));
        } else {
            histograms.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(each -> point(Labels.of(label, each.getKey()), List.of(each.getValue())))
                    .forEach(snapshot::dataPoint);
        }
        return snapshot.build();
    }

    private HistogramDataPointSnapshot point(Labels labels, Collection<Histogram> of) {
        long[] counts = new long[bounds.length + 1];
        long nanos = 0;
        for (Histogram each : of) {
            Arrays.setAll(counts, bucket -> counts[bucket] + each.counts[bucket].sum());
            nanos += each.nanos.sum();
        }
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        int from = 0;
        for (Duration end : shown) {
            int to = Arrays.binarySearch(bounds, end.toNanos()) + 1;
            buckets.bucket(
                    end.toNanos() / NANOS, Arrays.stream(counts, from, to).sum());
            from = to;
        }
        buckets.bucket(
                Double.POSITIVE_INFINITY,
                Arrays.stream(counts, from, counts.length).sum());
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(nanos / NANOS)
                .labels(labels)
                .build();
    }

    /** Durations of one kind. */
    public static final class Histogram {
        private final long[] bounds;
        private final LongAdder[] counts;
        private final LongAdder nanos = new LongAdder();

        private Histogram(long[] bounds) {
            this.bounds = bounds;
            this.counts =
                    Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
        }

        /** Takes one in. */
        public void record(long durationNanos) {
            int bucket = 0;
            while (bucket < bounds.length && durationNanos > bounds[bucket]) {
                bucket++;
            }
            counts[bucket].increment();
            nanos.add(durationNanos);
        }

        /** How many there were in each bucket; the last has no end. */
        public long[] counts() {
            return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
        }
    }
}
