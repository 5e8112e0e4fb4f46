package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.client.Futures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link FleetCounter} must do. */
public abstract class FleetCounterContract {
    private static final Duration DAY = Duration.ofHours(25);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** A new one, without counts. */
    protected abstract FleetCounter counts() throws Exception;

    /** Lets the time pass that the counts are kept by. */
    protected abstract void pass(Duration time) throws Exception;

    @Test
    void grantsAsManyAsThereAre() throws Exception {
        FleetCounter counts = counts();

        assertThat(Futures.get(counts.take("a:day", 2, DAY))).isTrue();
        assertThat(Futures.get(counts.take("a:day", 2, DAY))).isTrue();
        assertThat(Futures.get(counts.take("a:day", 2, DAY))).isFalse();
    }

    @Test
    void countsWhatItGrantedOnly() throws Exception {
        FleetCounter counts = counts();

        assertThat(Futures.get(counts.taken("a:day"))).isZero();
        for (int each = 0; each < 5; each++) {
            Futures.get(counts.take("a:day", 2, DAY));
        }

        assertThat(Futures.get(counts.taken("a:day"))).isEqualTo(2);
    }

    @Test
    void grantsMoreWhenTheLimitHasGrown() throws Exception {
        FleetCounter counts = counts();

        Futures.get(counts.take("a:day", 1, DAY));

        assertThat(Futures.get(counts.take("a:day", 2, DAY))).isTrue();
        assertThat(Futures.get(counts.take("a:day", 1, DAY))).isFalse();
    }

    @Test
    void keepsNamesApart() throws Exception {
        FleetCounter counts = counts();

        Futures.get(counts.take("a:day", 1, DAY));

        assertThat(Futures.get(counts.take("b:day", 1, DAY))).isTrue();
    }

    @Test
    void beginsAnewWhenTheWindowIsOver() throws Exception {
        FleetCounter counts = counts();
        Futures.get(counts.take("a", 1, SHORT));
        assertThat(Futures.get(counts.take("a", 1, SHORT))).isFalse();

        pass(SHORT);

        assertThat(Futures.get(counts.taken("a"))).isZero();
        assertThat(Futures.get(counts.take("a", 1, SHORT))).isTrue();
    }

    @Test
    void doesNotProlongTheWindowWithEachOneTaken() throws Exception {
        FleetCounter counts = counts();
        Futures.get(counts.take("a", 2, SHORT));
        pass(SHORT.dividedBy(2));
        Futures.get(counts.take("a", 2, SHORT));

        pass(SHORT.dividedBy(2));

        assertThat(Futures.get(counts.taken("a"))).isZero();
    }

    @Test
    void prolongsTheWindowWithEachOneTakenSince() throws Exception {
        FleetCounter counts = counts();
        Futures.get(counts.takeSince("a", 2, SHORT, DAY));
        pass(SHORT.dividedBy(2));
        Futures.get(counts.takeSince("a", 2, SHORT, DAY));
        pass(SHORT.dividedBy(2));

        assertThat(Futures.get(counts.takeSince("a", 2, SHORT, DAY))).isFalse();
        pass(SHORT);
        assertThat(Futures.get(counts.takeSince("a", 2, SHORT, DAY))).isTrue();
    }

    @Test
    void grantsAllAgainWhenNothingWasTakenSinceTheGrant() throws Exception {
        FleetCounter counts = counts();
        Futures.get(counts.takeSince("a", 1, DAY, DAY));
        assertThat(Futures.get(counts.takeSince("a", 1, DAY, DAY))).isFalse();

        pass(SHORT);

        assertThat(Futures.get(counts.takeSince("a", 1, DAY, SHORT.dividedBy(3))))
                .isTrue();
        assertThat(Futures.get(counts.takeSince("a", 1, DAY, SHORT.dividedBy(3))))
                .isFalse();
    }

    @Test
    void neverGrantsTooManyAtOnce() throws Exception {
        FleetCounter counts = counts();
        List<Future<Boolean>> takes = new ArrayList<>();

        for (int each = 0; each < 100; each++) {
            takes.add(counts.take("a:day", 10, DAY));
        }

        int granted = 0;
        for (Future<Boolean> take : takes) {
            granted += Futures.get(take) ? 1 : 0;
        }
        assertThat(granted).isEqualTo(10);
    }
}
