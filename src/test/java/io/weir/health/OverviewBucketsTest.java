package io.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.ManualClock;
import io.weir.health.OverviewBuckets.Bucket;
import io.weir.health.OverviewBuckets.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverviewBucketsTest {
    private static final String REPLY = "pushes.reply";

    private final ManualClock clock = new ManualClock("2026-11-20T07:00:00.030Z");
    private final OverviewBuckets buckets = new OverviewBuckets();
    private final Map<String, Map<String, Long>> counted = new HashMap<>();

    @Test
    void aBucketHasWhatHasComeSinceTheCountBefore() {
        look();
        count("main", REPLY, 5);
        pass(10);
        count("main", REPLY, 2);
        pass(10);
        pass(10);

        assertThat(hour(4)).containsExactly("", "pushes.reply=5", "pushes.reply=2", "");
    }

    @Test
    void whatWasCountedBeforeTheFirstLookIsInItsBucket() {
        count("main", REPLY, 3);

        look();

        assertThat(hour(1)).containsExactly("pushes.reply=3");
    }

    @Test
    void edgesAreTheSameForAllWhoLookSoonAfterThem() {
        OverviewBuckets other = new OverviewBuckets();
        look();
        other.add(clock.instant().minusMillis(29), counted);

        assertThat(buckets.ended(Span.HOUR).get(0).index())
                .isEqualTo(other.ended(Span.HOUR).get(0).index());
        assertThat(Span.HOUR.end(buckets.ended(Span.HOUR).get(0).index())).isEqualTo("2026-11-20T07:00:00Z");
    }

    @Test
    void aLookThatComesEarlyOrTwiceLosesNothing() {
        look();
        count("main", REPLY, 1);
        clock.pass(Duration.ofMillis(9_900));
        look();
        count("main", REPLY, 10);
        pass(10);
        count("main", REPLY, 100);
        clock.pass(Duration.ofMillis(1));
        look();
        pass(10);

        assertThat(String.join(" ", hour(9)).replaceAll("[^0-9]+", " ").strip()).isEqualTo("1 110");
    }

    @Test
    void aDayHasTheSumOfFiveMinutes() {
        look();
        count("main", REPLY, 7);
        count("club", "refusals.signature", 1);
        pass(10);
        count("main", REPLY, 1);
        IntStream.range(1, 30).forEach(each -> pass(10));

        List<Bucket> day = buckets.ended(Span.DAY);
        assertThat(day).hasSize(2);
        assertThat(Span.DAY.end(day.get(1).index())).isEqualTo("2026-11-20T07:05:00Z");
        assertThat(day.get(1).counts())
                .containsEntry("main", "pushes.reply=8")
                .containsEntry("club", "refusals.signature=1");
    }

    @Test
    void isBoundedByTime() {
        IntStream.range(0, Span.HOUR.count() + 50).forEach(each -> pass(10));

        assertThat(buckets.ended(Span.HOUR)).hasSize(Span.HOUR.count());
    }

    @Test
    void isBoundedByAccountsAndKeepsTheBusiestAndAll() {
        IntStream.rangeClosed(1, 200).forEach(each -> count("a" + each, REPLY, each));
        counted.put(OverviewCounts.ALL, Map.of(REPLY, 1L));

        look();

        Map<String, String> counts = buckets.ended(Span.HOUR).get(0).counts();
        assertThat(counts)
                .hasSize(OverviewBuckets.MOST_ACCOUNTS + 1)
                .containsKeys(OverviewCounts.ALL, "a200", "a151")
                .doesNotContainKeys("a150");
    }

    @Test
    void isBoundedByNames() {
        IntStream.rangeClosed(1, 500).forEach(each -> count("main", "apiCalls." + each, each));

        look();

        String counts = buckets.ended(Span.HOUR).get(0).counts().getOrDefault("main", "");
        assertThat(OverviewBuckets.read(counts))
                .hasSize(OverviewBuckets.MOST_SERIES)
                .containsKey("apiCalls.500");
    }

    @Test
    void beginsAnewWhenTheClockIsSetBack() {
        look();
        pass(10);
        clock.pass(Duration.ofHours(-2));
        count("main", REPLY, 4);

        look();

        assertThat(hour(1)).containsExactly("pushes.reply=4");
    }

    @Test
    void isReadAsItWasWritten() {
        count("main", REPLY, 4);
        count("main", "took.0.2", 3);
        look();
        Bucket written = buckets.ended(Span.HOUR).get(0);

        assertThat(Bucket.of(Span.HOUR, written.index(), written.json())).contains(written);
        assertThat(OverviewBuckets.read(written.counts().getOrDefault("main", "")))
                .isEqualTo(Map.of(REPLY, 4L, "took.0.2", 3L));
    }

    @Test
    void whatAnotherReleaseWritesIsReadAsFarAsPossible() {
        assertThat(Bucket.of(Span.HOUR, 1, "not JSON")).isEmpty();
        assertThat(Bucket.of(Span.HOUR, 1, "[1]")).isEmpty();
        assertThat(OverviewBuckets.read("a=1 b =2 c=-3 d=4x =5 e=" + "9".repeat(40) + " f=6"))
                .isEqualTo(Map.of("a", 1L, "f", 6L));
    }

    private void look() {
        Map<String, Map<String, Long>> now = new HashMap<>();
        counted.forEach((account, counts) -> now.put(account, Map.copyOf(counts)));
        buckets.add(clock.instant(), now);
    }

    private void pass(int seconds) {
        clock.pass(Duration.ofSeconds(seconds));
        look();
    }

    private void count(String account, String name, long more) {
        counted.computeIfAbsent(account, first -> new HashMap<>()).merge(name, more, Long::sum);
    }

    private List<String> hour(int last) {
        List<Bucket> all = buckets.ended(Span.HOUR);
        return all.stream()
                .skip(Math.max(0, all.size() - last))
                .map(bucket -> bucket.counts().getOrDefault("main", ""))
                .toList();
    }
}
