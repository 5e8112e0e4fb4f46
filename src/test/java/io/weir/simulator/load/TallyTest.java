package io.weir.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.load.Load.Tally;
import io.weir.simulator.load.LoadSummary.Percentiles;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryVerdict.Effect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void countsWhatUsersSeeAndWhy() {
        tally.add(TestDeliveries.answered("hi", Effect.SHOWN, Duration.ofMillis(2)));
        tally.add(TestDeliveries.answered("success", Effect.NOTHING, Duration.ofMillis(4)));
        tally.add(TestDeliveries.answered("not XML", Effect.FAULT, Duration.ofMillis(6)));
        tally.add(TestDeliveries.unanswered("refused"));
        tally.add(TestDeliveries.unanswered("refused"));

        LoadSummary summary = tally.summary(Duration.ofSeconds(2));

        assertThat(summary.pushes()).isEqualTo(5);
        assertThat(summary.accepted()).isEqualTo(2);
        assertThat(summary.failed()).isEqualTo(3);
        assertThat(summary.unanswered()).isEqualTo(2);
        assertThat(summary.failures().entrySet())
                .extracting(Object::toString)
                .containsExactly("refused=2", "not XML=1");
        assertThat(summary.users()).isEqualTo(new LoadSummary.Users(1, 1, 3));
        assertThat(summary.pushesPerSecond()).isEqualTo(2.5);
        assertThat(summary.attemptsPerPush()).isEqualTo(1.0);
        assertThat(summary.times().orElseThrow().max()).isEqualTo(Duration.ofMillis(6));
    }

    @Test
    void countsAPushAsFailedWhenOneOfItsDuplicatesIs() {
        Delivered good = TestDeliveries.answered("success", Effect.NOTHING, Duration.ofMillis(1));
        Delivered bad = TestDeliveries.answered("wrong", Effect.FAULT, Duration.ofMillis(1));
        tally.add(new Delivered(good.push(), good.account(), good.attempts(), good.verdict(), List.of(bad)));

        LoadSummary summary = tally.summary(Duration.ofSeconds(1));

        assertThat(summary.accepted()).isZero();
        assertThat(summary.failures()).containsEntry("wrong", 1);
        assertThat(summary.users()).isEqualTo(new LoadSummary.Users(0, 1, 0));
        assertThat(summary.duplicates()).isEqualTo(new LoadSummary.Duplicates(1, 1));
        assertThat(summary.attempts()).isEqualTo(2);
    }

    @Test
    void keepsOnlySoManyReasons() {
        for (int i = 0; i < 1000; i++) {
            tally.add(TestDeliveries.unanswered("problem " + i));
        }

        assertThat(tally.summary(Duration.ZERO).failures())
                .hasSize(Tally.MOST_REASONS + 1)
                .containsEntry(Tally.OTHER_REASONS, 1000 - Tally.MOST_REASONS);
        assertThat(tally.summary(Duration.ZERO).pushesPerSecond()).isZero();
        assertThat(tally.summary(Duration.ZERO).times()).isEmpty();
    }

    @Test
    void findsThePercentilesOfAllAnswersToATenThousandth() {
        for (int millis = 5000; millis > 0; millis--) {
            tally.add(TestDeliveries.answered("hi", Effect.SHOWN, Duration.ofMillis(millis)));
        }

        Percentiles times = tally.summary(Duration.ZERO).times().orElseThrow();
        assertThat(times.p50()).isCloseTo(Duration.ofMillis(2_500), Duration.ofNanos(250_000));
        assertThat(times.p90()).isCloseTo(Duration.ofMillis(4_500), Duration.ofNanos(450_000));
        assertThat(times.p99()).isCloseTo(Duration.ofMillis(4_950), Duration.ofNanos(495_000));
        assertThat(times.max()).isCloseTo(Duration.ofSeconds(5), Duration.ofNanos(500_000));
    }
}
