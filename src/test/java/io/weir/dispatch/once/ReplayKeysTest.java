package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.dispatch.once.PushStore.KeyUse;
import io.weir.wechat.codec.ReplayKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplayKeysTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final long SECONDS = 1_700_000_000L;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final AtomicLong millis = new AtomicLong(SECONDS * 1_000);
    private final ReplayKeys keys = new ReplayKeys(WINDOW, millis::get, nanos::get);
    private final ReplayKey key = new ReplayKey(SECONDS, 42, 7, false);
    private final ReplayKey other = new ReplayKey(SECONDS, 42, 8, false);
    private long nonce = 1L << 40;

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        millis.addAndGet(time.toMillis());
    }

    /** A key of now. */
    private ReplayKey fresh() {
        return new ReplayKey(millis.get() / 1_000, nonce++, 7, false);
    }

    @Test
    void tellsTheSameBodyFromAnother() {
        assertThat(keys.use(key)).isEqualTo(KeyUse.NEW);
        assertThat(keys.use(key)).isEqualTo(KeyUse.SAME);
        assertThat(keys.use(other)).isEqualTo(KeyUse.OTHER);
        assertThat(keys.use(other.apart())).isEqualTo(KeyUse.NEW);
        assertThat(keys.use(other.apart())).isEqualTo(KeyUse.SAME);
    }

    @Test
    void tellsAKeyThatAVerificationUsed() {
        ReplayKey verification = new ReplayKey(SECONDS, 42, ReplayKey.VERIFICATION, false);
        keys.use(verification);

        assertThat(keys.use(key)).isEqualTo(KeyUse.VERIFICATION);
        assertThat(keys.use(verification)).isEqualTo(KeyUse.SAME);
    }

    @Test
    void takesTheWordOfTheStore() {
        keys.use(other);

        keys.correct(key);
        assertThat(keys.use(key)).isEqualTo(KeyUse.SAME);

        keys.disown(key);
        assertThat(keys.use(key)).isEqualTo(KeyUse.OTHER);
        assertThat(keys.use(other)).isEqualTo(KeyUse.OTHER);
    }

    @Test
    void remembersAKeyUntilItsTimestampAloneIsRefused() {
        keys.use(key);

        pass(WINDOW);
        keys.use(fresh());
        assertThat(keys.use(key)).isEqualTo(KeyUse.SAME);

        pass(Duration.ofSeconds(20));
        keys.use(fresh());
        assertThat(keys.use(key)).isEqualTo(KeyUse.NEW);
    }

    @Test
    void remembersAKeyOfAClockThatIsAheadUntilTheOtherRefusesItToo() {
        ReplayKey ahead = new ReplayKey(SECONDS + WINDOW.toSeconds(), 42, 7, false);
        keys.use(ahead);

        pass(WINDOW.multipliedBy(2));
        keys.use(fresh());
        assertThat(keys.use(ahead)).isEqualTo(KeyUse.SAME);
    }

    @Test
    void remembersAKeyWhenTheClockJumpsAheadAndBack() {
        keys.use(key);

        millis.addAndGet(WINDOW.multipliedBy(3).toMillis());
        keys.use(fresh());
        millis.addAndGet(-WINDOW.multipliedBy(3).toMillis());

        assertThat(keys.use(key)).isEqualTo(KeyUse.SAME);
    }

    @Test
    void remembersTheKeyZero() {
        ReplayKey zero = new ReplayKey(0, 0, 7, false);
        keys.use(zero);

        assertThat(keys.use(zero)).isEqualTo(KeyUse.SAME);
    }

    @Test
    void letsTheOldestGoWhenItIsFullAndSaysHowLongTheyLast() {
        ReplayKeys few = new ReplayKeys(WINDOW, 1 << 21, millis::get, nanos::get);
        for (int i = 0; i < 400_000; i++) {
            few.use(fresh());
            pass(Duration.ofMillis(1));
        }
        long first = nonce - 400_000;

        assertThat(few.bytes()).isLessThanOrEqualTo(1 << 21);
        assertThat(few.forgotten()).isBetween(150_000L, 250_000L);
        assertThat(few.lastSeconds()).isBetween(150.0, 250.0);
        assertThat(few.use(new ReplayKey(SECONDS + 399, nonce - 1, 7, false))).isEqualTo(KeyUse.SAME);
        assertThat(few.use(new ReplayKey(SECONDS + 250, first + 250_000, 7, false)))
                .isEqualTo(KeyUse.SAME);
        assertThat(few.use(new ReplayKey(SECONDS, first, 7, false))).isEqualTo(KeyUse.NEW);

        pass(WINDOW);
        assertThat(few.lastSeconds()).isEqualTo(600);
    }

    @Test
    void keepsTheKeysOfTenMinutesAtFiveThousandASecondInAHeapOf256Mebibytes() {
        long budget = ReplayKeys.budget(247L << 20);
        ReplayKeys many = new ReplayKeys(WINDOW, budget, millis::get, nanos::get);
        int pushes = 5_000 * 610;
        for (int i = 0; i < pushes; i++) {
            many.use(fresh());
            if (i % 5 == 0) {
                pass(Duration.ofMillis(1));
            }
        }

        assertThat(many.forgotten()).isZero();
        assertThat(many.bytes()).isLessThanOrEqualTo(budget);
    }

    @Test
    void tellsAMillionKeysOfOneSecondApart() {
        int isNew = 0;
        int known = 0;
        for (int i = 0; i < 1_000_000; i++) {
            isNew += keys.use(fresh()) == KeyUse.NEW ? 1 : 0;
        }
        for (long each = 1L << 40; each < (1L << 40) + 1_000_000; each++) {
            known += keys.use(new ReplayKey(SECONDS, each, 7, false)) == KeyUse.SAME ? 1 : 0;
        }

        assertThat(isNew).isEqualTo(1_000_000);
        assertThat(known).isEqualTo(1_000_000);
    }
}
