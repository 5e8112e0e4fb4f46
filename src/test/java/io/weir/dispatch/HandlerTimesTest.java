package io.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandlerTimesTest {
    private static final Click CLICK = new Click(new Head("main", "gh_1", "oA", Instant.EPOCH), "K", Optional.empty());
    private static final long TOOK = Duration.ofMillis(20).toNanos();

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HandlerTimes times = new HandlerTimes(Clock.systemUTC(), metrics);

    @Test
    void areAtZeroForTheUsualKindsOfEachAccount() {
        times.expect(List.of("main", "club"));

        assertThat(metrics.scrape())
                .contains(
                        "weir_executions_total{account=\"club\",type=\"CLICK\"} 0.0",
                        "weir_executions_total{account=\"main\",type=\"text\"} 0.0",
                        "weir_execution_seconds_count{type=\"CLICK\"} 0");
    }

    @Test
    void countRunsThatFailedAsWell() {
        times.note(CLICK, false, TOOK, null);
        times.note(CLICK, false, TOOK, new IllegalStateException());

        assertThat(metrics.scrape())
                .contains(
                        "weir_executions_total{account=\"main\",type=\"CLICK\"} 2.0",
                        "weir_execution_seconds_bucket{type=\"CLICK\",le=\"0.005\"} 0",
                        "weir_execution_seconds_bucket{type=\"CLICK\",le=\"0.05\"} 2",
                        "weir_execution_seconds_sum{type=\"CLICK\"} 0.04");
    }

    @Test
    void keepReplaysForTheConsoleOnly() {
        times.note(CLICK, true, TOOK, null);

        assertThat(metrics.scrape()).contains("weir_executions_total{account=\"main\",type=\"CLICK\"} 0.0");
        assertThat(times.p99("main", PushType.CLICK)).isPresent();
    }
}
