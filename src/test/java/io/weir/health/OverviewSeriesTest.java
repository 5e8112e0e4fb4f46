package io.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.health.OverviewBuckets.Bucket;
import io.weir.health.OverviewBuckets.Span;
import io.weir.health.OverviewCounts.Alarm;
import io.weir.receiver.Accounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverviewSeriesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T07:00:04Z");
    private static final long LAST = Span.HOUR.last(NOW);

    @Test
    void sumsTheBucketsOfInstancesEachOnce() {
        OverviewSeries series = new OverviewSeries(Span.HOUR, NOW, "main");
        series.add(List.of(bucket(LAST, "pushes.reply=2"), bucket(LAST, "pushes.reply=2"), bucket(LAST - 1, "")));
        series.add(List.of(bucket(LAST, "pushes.reply=3 pushes.late=1"), bucket(LAST - 359, "pushes.reply=9")));

        JsonNode json = json(series);

        assertThat(json.path("until").asText()).isEqualTo("2026-11-20T07:00:00Z");
        assertThat(json.at("/series/pushes/reply")).hasSize(360);
        assertThat(json.at("/series/pushes/reply/359").asLong()).isEqualTo(5);
        assertThat(json.at("/series/pushes/reply/0").asLong()).isEqualTo(9);
        assertThat(json.at("/series/pushes/late/359").asLong()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatIsOlderOrNotOverYet() {
        OverviewSeries series = new OverviewSeries(Span.HOUR, NOW, "main");
        series.add(List.of(bucket(LAST - 360, "pushes.reply=1"), bucket(LAST + 1, "pushes.reply=1")));

        assertThat(json(series).path("series")).isEmpty();
    }

    @Test
    void tellsHowLongPushesAndRedisTook() {
        OverviewSeries series = new OverviewSeries(Span.HOUR, NOW, "main");
        series.add(List.of(
                bucket(LAST, "took.5=98 took.inf=2 redisTook.1=10 redisTook.inf=1 redis.TIMEOUT=1"),
                bucket(LAST - 1, "took.0.2=1")));

        JsonNode json = json(series);

        assertThat(json.at("/latency/pushes/p50Millis/359").asDouble()).isBetween(2.0, 5.0);
        assertThat(json.at("/latency/pushes/p99Millis/359").asDouble()).isEqualTo(5_000);
        assertThat(json.at("/latency/pushes/p99Millis/358").asDouble()).isLessThanOrEqualTo(0.2);
        assertThat(json.at("/latency/pushes/p99Millis/357").isNull()).isTrue();
        assertThat(json.at("/latency/pushes/overallP50Millis").asDouble()).isBetween(2.0, 5.0);
        assertThat(json.at("/series/redis/commands/359").asLong()).isEqualTo(11);
        assertThat(json.at("/series/redis/TIMEOUT/359").asLong()).isEqualTo(1);
        assertThat(json.path("series").has("took")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"50, 7.5", "90, 9.5", "100, 10"})
    void aPercentileLiesInsideItsBucket(int percent, double expected) {
        assertThat(OverviewSeries.percentile(new TreeMap<>(Map.of(10.0, 20L)), percent, Accounts.BOUNDS))
                .hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource({"14, none", "15, warn", "29, warn", "30, bad"})
    void anAlarmIsNearFromHalfOfWeChatsThresholdOn(long failures, String level) {
        assertThat(WeChatAlarm.row(new Alarm("main", "request_timeout"), failures)
                        .map(row -> row.path("level").asText())
                        .orElse("none"))
                .isEqualTo(level);
    }

    @Test
    void anAlarmIsToldInWeChatsWordsWithWhatToDo() {
        ObjectNode row = WeChatAlarm.row(new Alarm("main", "bad_answer"), 31).orElseThrow();
        ObjectNode connections =
                WeChatAlarm.row(new Alarm("*", "connect_timeout"), 20).orElseThrow();

        assertThat(row.path("alarm").asText()).isEqualTo("回应失败");
        assertThat(row.path("cause").asText()).contains("回应失败 is reached for main: 31 failures within 5 minutes");
        assertThat(row.path("causeZh").asText()).contains("main", "「回应失败」", "31 次", "30 次");
        assertThat(row.path("remedy").asText()).contains("refusals", "MarkFail");
        assertThat(row.path("remedyZh").asText()).contains("自动屏蔽");
        assertThat(connections.path("alarm").asText()).isEqualTo("连接超时");
        assertThat(connections.has("account")).isFalse();
        assertThat(WeChatAlarm.row(new Alarm("main", "dns"), 99)).isEmpty();
    }

    private static Bucket bucket(long index, String counts) {
        return new Bucket(Span.HOUR, index, Map.of("main", counts));
    }

    private static JsonNode json(OverviewSeries series) {
        ObjectNode json = Json.object();
        series.addTo(json);
        return json;
    }
}
