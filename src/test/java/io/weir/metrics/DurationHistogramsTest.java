package io.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationHistogramsTest {
    private static final List<Duration> BOUNDS = List.of(Duration.ofMillis(5), Duration.ofSeconds(1));

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void putEachDurationIntoTheBucketThatEndsWithItOrAfterIt() {
        DurationHistograms.Histogram histogram = DurationHistograms.single(metrics, "took_seconds", "How long", BOUNDS);

        histogram.record(Duration.ofMillis(5).toNanos());
        histogram.record(Duration.ofMillis(5).toNanos() + 1);
        histogram.record(Duration.ofSeconds(2).toNanos());

        assertThat(metrics.scrape())
                .contains(
                        "# HELP took_seconds How long",
                        "# TYPE took_seconds histogram",
                        "took_seconds_bucket{le=\"0.005\"} 1",
                        "took_seconds_bucket{le=\"1.0\"} 2",
                        "took_seconds_bucket{le=\"+Inf\"} 3",
                        "took_seconds_count 3",
                        "took_seconds_sum 2.010000001");
    }

    @Test
    void areAtZeroFromTheFirstMentionOfTheirLabel() {
        DurationHistograms all = DurationHistograms.of(metrics, "took_seconds", "How long", "kind", BOUNDS);

        all.of("b");
        all.of("a").record(1);

        assertThat(metrics.scrape()).contains("took_seconds_count{kind=\"b\"} 0", "took_seconds_count{kind=\"a\"} 1");
        assertThat(all.of("a")).isSameAs(all.of("a"));
    }

    @Test
    void areShownAsOneWhereTheyAreToldApartForTheGatewayOnly() {
        List<Duration> fine =
                List.of(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(1), Duration.ofSeconds(2));
        DurationHistograms all = DurationHistograms.merged(metrics, "took_seconds", "How long", fine, BOUNDS);
        String before = metrics.scrape();

        all.of("a").record(Duration.ofMillis(1).toNanos());
        all.of("b").record(Duration.ofMillis(2).toNanos());
        all.of("b").record(Duration.ofMillis(1_500).toNanos());

        assertThat(before).contains("took_seconds_count 0");
        assertThat(metrics.scrape())
                .contains(
                        "took_seconds_bucket{le=\"0.005\"} 2",
                        "took_seconds_bucket{le=\"1.0\"} 2",
                        "took_seconds_bucket{le=\"+Inf\"} 3",
                        "took_seconds_count 3");
        assertThat(all.counts().get("b")).containsExactly(0, 1, 0, 1, 0);
    }

    @Test
    void needNoPrometheus() {
        DurationHistograms.single(new SimpleMeterRegistry(), "took_seconds", "How long", BOUNDS)
                .record(1);
    }
}
