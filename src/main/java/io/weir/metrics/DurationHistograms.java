package io.weir.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
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

    private DurationHistograms(String name, String help, String label, List<Duration> bounds) {
        this.name = name;
        this.help = help;
        this.label = label;
        this.bounds = bounds.stream().mapToLong(Duration::toNanos).toArray();
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
        DurationHistograms all = new DurationHistograms(name, help, label, bounds);
        if (metrics instanceof PrometheusMeterRegistry prometheus) {
            prometheus.getPrometheusRegistry().register(all);
        }
        return all;
    }

    /** That of a metric without a label. */
    public static Histogram single(MeterRegistry metrics, String name, String help, List<Duration> bounds) {
        return of(metrics, name, help, "", bounds).of("");
    }

    /** The one of this value; to be kept by whoever records often. */
    public Histogram of(String value) {
        return histograms.computeIfAbsent(value, first -> new Histogram(bounds));
    }

    @Override
    public HistogramSnapshot collect() {
        List<HistogramDataPointSnapshot> points = histograms.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getValue().point(label.isEmpty() ? Labels.EMPTY : Labels.of(label, each.getKey())))
                .toList();
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(name).help(help);
        points.forEach(snapshot::dataPoint);
        return snapshot.build();
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

        private HistogramDataPointSnapshot point(Labels labels) {
            ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
            for (int bucket = 0; bucket <= bounds.length; bucket++) {
                double end = bucket == bounds.length ? Double.POSITIVE_INFINITY : bounds[bucket] / NANOS;
                buckets.bucket(end, counts[bucket].sum());
            }
            return HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(buckets.build())
                    .sum(nanos.sum() / NANOS)
                    .labels(labels)
                    .build();
        }
    }
}
