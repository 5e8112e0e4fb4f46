package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final long REST = RedisLimits.DEFAULT.rest().toNanos();
    private static final long START = -5;

    private final Breaker breaker = new Breaker(RedisLimits.DEFAULT);

    @Test
    void letsAllThroughUntilEnoughHaveFailedInARow() {
        fail(RedisLimits.DEFAULT.failures() - 1);
        breaker.succeeded();
        fail(RedisLimits.DEFAULT.failures() - 1);

        assertThat(breaker.admits(START)).isTrue();
        assertThat(breaker.isCalm()).isTrue();
    }

    @Test
    void letsOneThroughAfterARest() {
        fail(RedisLimits.DEFAULT.failures());

        assertThat(breaker.admits(START + REST - 1)).isFalse();
        assertThat(breaker.admits(START + REST)).isTrue();
        assertThat(breaker.admits(START + REST)).isFalse();
        assertThat(breaker.isCalm()).isFalse();
    }

    @Test
    void letsAllThroughAgainWhenTheOneHasSucceeded() {
        fail(RedisLimits.DEFAULT.failures());
        breaker.admits(START + REST);
        breaker.succeeded();

        assertThat(breaker.admits(START + REST)).isTrue();
        assertThat(breaker.admits(START + REST)).isTrue();
    }

    @Test
    void restsAgainWhenTheOneHasFailed() {
        fail(RedisLimits.DEFAULT.failures());
        breaker.admits(START + REST);
        breaker.failed(START + REST + 1);

        assertThat(breaker.admits(START + REST + REST)).isFalse();
        assertThat(breaker.admits(START + REST + REST + 1)).isTrue();
    }

    private void fail(int times) {
        for (int each = 0; each < times; each++) {
            breaker.failed(START);
        }
    }
}
