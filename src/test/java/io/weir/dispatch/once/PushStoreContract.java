package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.dispatch.once.PushStore.ClaimResult;
import io.weir.dispatch.once.PushStore.Expected;
import io.weir.dispatch.once.PushStore.Found;
import io.weir.dispatch.once.PushStore.KeyUse;
import io.weir.dispatch.once.PushStore.Swap;
import io.weir.dispatch.once.Row.Acknowledged;
import io.weir.dispatch.once.Row.AnsweredRow;
import io.weir.dispatch.once.Row.Running;
import io.weir.redis.Await;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every store of pushes that a fleet shares has to do. */
abstract class PushStoreContract {
    static final OnceLimits LIMITS = OnceLimits.DEFAULT;
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Running A = new Running("a", 0, 1_700_000_000_123L);
    private static final Running B = new Running("b", 0, 1_700_000_000_456L);

    /** A store that knows nothing of the ids of this test. */
    abstract PushStore store();

    /** Lets time pass for the store. */
    abstract void pass(Duration time);

    private final PushId id = id();
    private final ReplayKey key = key();

    static PushId id() {
        long number = NUMBERS.incrementAndGet();
        return new PushId(number * 0x9E3779B97F4A7C15L, Long.reverse(number) ^ (number * 0xd6e8feb86659fd93L));
    }

    static ReplayKey key() {
        return new ReplayKey(Instant.now().getEpochSecond(), NUMBERS.incrementAndGet(), 77, false);
    }

    ClaimResult claim(Running mine) {
        return Await.result(store().claim(id, key, mine));
    }

    private Optional<Row> row() {
        return Await.result(store().find(id)).row();
    }

    private Swap replace(Expected expected, Row next) {
        return Await.result(store().replace(id, expected, Optional.of(next)));
    }

    @Test
    void givesAPushToTheFirstWhoClaimsIt() {
        assertThat(claim(A)).isEqualTo(new ClaimResult(Optional.empty(), KeyUse.NEW));
        assertThat(claim(B)).isEqualTo(new ClaimResult(Optional.of(A), KeyUse.RECENT));
        assertThat(claim(A)).isEqualTo(new ClaimResult(Optional.of(A), KeyUse.RECENT));
        assertThat(row()).contains(A);
    }

    @Test
    void knowsNothingOfAPushThatNobodyClaimed() {
        assertThat(Await.result(store().find(id))).isEqualTo(new Found(Optional.empty(), Duration.ZERO));
    }

    @Test
    void keepsEveryKindOfRow() {
        String text = "a|b|c\n\r\t\"\\%d%s -|+|l|t|' \u0000 末 1 k 2";
        for (Row row : List.of(
                new Running("owner-1", 17, 1),
                new AnsweredRow(2, text, true),
                new AnsweredRow(3, text, false),
                new AnsweredRow(4, "", true),
                new Acknowledged(5, "owner-1", Optional.empty(), false),
                new Acknowledged(6, "owner-2", Optional.of("17-0"), true))) {
            PushId each = id();
            assertThat(Await.result(store().replace(each, Expected.FREE, Optional.of(row))))
                    .isEqualTo(Swap.WRITTEN);
            assertThat(Await.result(store().find(each)).row()).contains(row);
        }
    }

    @Test
    void replacesWhatIsExpectedAndNothingElse() {
        claim(A);

        assertThat(replace(Expected.exactly(B), B)).isEqualTo(new Swap(false, Optional.of(A)));
        assertThat(replace(Expected.beginning(Running.ownedBy("b")), B)).isEqualTo(new Swap(false, Optional.of(A)));
        assertThat(replace(Expected.freeOrBeginning(Running.ownedBy("b")), B))
                .isEqualTo(new Swap(false, Optional.of(A)));
        assertThat(replace(Expected.FREE, B)).isEqualTo(new Swap(false, Optional.of(A)));
        assertThat(row()).contains(A);

        assertThat(replace(Expected.exactly(A), B)).isEqualTo(Swap.WRITTEN);
        assertThat(replace(Expected.beginning(Running.ownedBy("b")), A)).isEqualTo(Swap.WRITTEN);
        assertThat(replace(Expected.freeOrBeginning(Running.ownedBy("a")), B)).isEqualTo(Swap.WRITTEN);
        assertThat(row()).contains(B);
    }

    @Test
    void replacesNothingWhereARowMustBeAndNoneIs() {
        assertThat(replace(Expected.exactly(A), B)).isEqualTo(new Swap(false, Optional.empty()));
        assertThat(replace(Expected.beginning(Running.ownedBy("a")), B)).isEqualTo(new Swap(false, Optional.empty()));
        assertThat(row()).isEmpty();

        assertThat(replace(Expected.freeOrBeginning(Running.ownedBy("a")), B)).isEqualTo(Swap.WRITTEN);
        assertThat(row()).contains(B);
    }

    @Test
    void doesNotTakeOneOwnerForAnotherWhoseNameBeginsLikeIt() {
        replace(Expected.FREE, new Running("ab", 0, 1));

        assertThat(replace(Expected.beginning(Running.ownedBy("a")), A).written())
                .isFalse();
    }

    @Test
    void removesARow() {
        claim(A);

        Swap swap = Await.result(store().replace(id, Expected.beginning(Running.ownedBy("a")), Optional.empty()));

        assertThat(swap).isEqualTo(Swap.WRITTEN);
        assertThat(row()).isEmpty();
    }

    @Test
    void tellsHowLongAgoARowWasWritten() {
        claim(A);
        pass(Duration.ofSeconds(4));
        assertThat(Await.result(store().find(id)).age()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));

        replace(Expected.exactly(A), new Running("a", 1, A.firstMillis()));

        assertThat(Await.result(store().find(id)).age()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void forgetsARowAfterItsTimeAndNotItsKey() {
        claim(A);
        pass(LIMITS.kept().minusSeconds(3));
        assertThat(row()).contains(A);

        pass(Duration.ofSeconds(4));

        assertThat(row()).isEmpty();
        assertThat(claim(B)).isEqualTo(new ClaimResult(Optional.empty(), KeyUse.SAME));
    }

    @Test
    void keepsARowForItsTimeFromTheLastTimeThatItWasWritten() {
        claim(A);
        pass(LIMITS.kept().minusSeconds(5));
        replace(Expected.exactly(A), new AnsweredRow(1, "answer", true));
        pass(LIMITS.kept().minusSeconds(5));

        assertThat(row()).contains(new AnsweredRow(1, "answer", true));
    }

    @Test
    void tellsTheSameBodyFromAnotherUnderAKey() {
        claim(A);
        ReplayKey other = new ReplayKey(key.seconds(), key.hash(), 78, false);

        assertThat(Await.result(store().use(other))).isEqualTo(KeyUse.OTHER);
        assertThat(Await.result(store().use(key))).isEqualTo(KeyUse.RECENT);
        assertThat(Await.result(store().claim(id(), other, B)).key()).isEqualTo(KeyUse.OTHER);
    }

    @Test
    void tellsAKeyThatAVerificationUsed() {
        Await.result(store().use(new ReplayKey(key.seconds(), key.hash(), ReplayKey.VERIFICATION, false)));

        assertThat(Await.result(store().use(key))).isEqualTo(KeyUse.VERIFICATION);
    }

    @Test
    void keepsAKeyUntilItsTimestampAloneIsRefused() {
        Await.result(store().use(key));

        pass(LIMITS.window().multipliedBy(2).minusSeconds(70));

        assertThat(Await.result(store().use(key))).isEqualTo(KeyUse.SAME);
    }

    @Test
    void givesAPushToOneOfMany() {
        for (int round = 0; round < 200; round++) {
            PushId each = id();
            List<Future<ClaimResult>> claims = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                claims.add(store().claim(each, key(), new Running("instance-" + i, 0, 1)));
            }

            assertThat(claims.stream().map(Await::result))
                    .filteredOn(claim -> claim.row().isEmpty())
                    .hasSize(1);
        }
    }

    @Test
    void suppressesNoneOfManyDifferentPushes() {
        List<Future<ClaimResult>> claims = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            claims.add(store().claim(id(), key(), A));
        }

        assertThat(claims)
                .allSatisfy(claim ->
                        assertThat(Await.result(claim)).isEqualTo(new ClaimResult(Optional.empty(), KeyUse.NEW)));
    }
}
