package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final long QUIET = 100;

    private final Condition condition = new Condition(QUIET);

    @Test
    void tellsTheFirstFaultOnly() {
        assertThat(condition.fault(RedisFault.TIMEOUT, -50)).isTrue();
        assertThat(condition.fault(RedisFault.TIMEOUT, 0)).isFalse();
        assertThat(condition.fault(RedisFault.TIMEOUT, 5_000)).isFalse();
        assertThat(condition.current()).contains(RedisFault.TIMEOUT);
    }

    @Test
    void tellsAnotherFaultButNotEachOfTwoThatAlternate() {
        condition.fault(RedisFault.TIMEOUT, 0);

        assertThat(condition.fault(RedisFault.UNREACHABLE, 1)).isFalse();
        assertThat(condition.fault(RedisFault.TIMEOUT, 2)).isFalse();
        assertThat(condition.fault(RedisFault.UNREACHABLE, QUIET)).isTrue();
    }

    @Test
    void tellsWhatLastsAfterAShortFault() {
        condition.fault(RedisFault.UNREACHABLE, 0);

        assertThat(condition.fault(RedisFault.NOT_ALLOWED, 1)).isFalse();
        assertThat(condition.fault(RedisFault.NOT_ALLOWED, QUIET)).isTrue();
        assertThat(condition.fault(RedisFault.NOT_ALLOWED, 5 * QUIET)).isFalse();
    }

    @Test
    void isWellAgainAfterAQuietTimeOnly() {
        condition.fault(RedisFault.TIMEOUT, 0);

        assertThat(condition.success(1)).isFalse();
        assertThat(condition.current()).isPresent();
        assertThat(condition.success(QUIET)).isTrue();
        assertThat(condition.success(QUIET + 1)).isFalse();
        assertThat(condition.current()).isEmpty();
    }

    @Test
    void isWellFromTheBeginning() {
        assertThat(condition.success(0)).isFalse();
    }
}
