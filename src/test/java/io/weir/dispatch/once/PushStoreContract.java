package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.dispatch.once.PushStore.Asking;
import io.weir.dispatch.once.PushStore.Claimed;
import io.weir.dispatch.once.PushStore.Claimed.Finished;
import io.weir.dispatch.once.PushStore.Claimed.Forged;
import io.weir.dispatch.once.PushStore.Claimed.Running;
import io.weir.dispatch.once.PushStore.Claimed.Started;
import io.weir.dispatch.once.PushStore.Settled;
import io.weir.dispatch.once.PushStore.Settled.AsSaid;
import io.weir.dispatch.once.PushStore.Settled.Open;
import io.weir.dispatch.once.PushStore.Settled.Otherwise;
import io.weir.redis.Await;
import io.weir.wechat.codec.Stamp;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every store of pushes has to do. */
abstract class PushStoreContract {
    static final OnceLimits LIMITS = new OnceLimits(
            Duration.ofMillis(300),
            Duration.ofMillis(900),
            Duration.ofMillis(1_000),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMinutes(10));

    private static final String A = "instance-a";
    private static final String B = "instance-b";
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** A store that knows nothing of the ids of this test. */
    abstract PushStore store();

    /** Lets time pass for the store. */
    abstract void pass(Duration time);

    private final PushId id = id();
    private final Stamp stamp = stamp();

    static PushId id() {
        long number = NUMBERS.incrementAndGet();
        return new PushId(number * 0x9E3779B97F4A7C15L, Long.reverse(number) ^ (number * 0xd6e8feb86659fd93L));
    }

    static Stamp stamp() {
        return new Stamp(Instant.now().getEpochSecond(), NUMBERS.incrementAndGet());
    }

    Claimed claim(String holder) {
        return claim(id, stamp, holder, Asking.ARRIVED);
    }

    Claimed claim(PushId which, Stamp with, String holder, Asking asking) {
        return Await.result(store().claim(which, with, holder, asking));
    }

    @Test
    void letsTheFirstAttemptRunThePushAndTheOthersWait() {
        assertThat(claim(A)).isEqualTo(new Started(1, false));

        assertThat(claim(B)).isEqualTo(new Running(1));
        assertThat(claim(A)).isEqualTo(new Running(1));
    }

    @Test
    void givesEveryAttemptTheAnswerOfTheRun() {
        claim(A);

        Settled settled = settle(A, "<xml>你好 | 😀|</xml>", true);

        assertThat(settled).isEqualTo(new AsSaid());
        assertThat(claim(B)).isEqualTo(new Finished(1, "<xml>你好 | 😀|</xml>"));
        assertThat(claim(A)).isEqualTo(new Finished(1, "<xml>你好 | 😀|</xml>"));
    }

    @Test
    void keepsAnAnswerThatHasEveryKindOfCharacter() {
        String answer = "a|b|c\n\r\t\"\\%d%s -|+|l|t|' \u0000 末";
        claim(A);

        settle(A, answer, false);

        assertThat(claim(B)).isEqualTo(new Finished(1, answer));
    }

    @Test
    void countsArrivalsThatAreFarEnoughApartAsAttempts() {
        claim(A);
        assertThat(claim(B)).isEqualTo(new Running(1));

        pass(LIMITS.apart());
        assertThat(claim(B)).isEqualTo(new Running(2));
        assertThat(claim(A)).isEqualTo(new Running(2));

        pass(LIMITS.apart());
        assertThat(claim(B)).isEqualTo(new Running(3));
    }

    @Test
    void doesNotCountAnAttemptThatAsksAgain() {
        claim(A);
        pass(LIMITS.apart());

        assertThat(claim(id, stamp, B, Asking.WAITING)).isEqualTo(new Running(1));
        assertThat(claim(id, stamp, B, Asking.WAITING)).isEqualTo(new Running(1));
    }

    @Test
    void letsAnotherTakeOverWhenTheLeaseIsOver() {
        claim(A);
        pass(LIMITS.lease().plusMillis(20));

        assertThat(claim(id, stamp, B, Asking.WAITING)).isEqualTo(new Started(1, true));
        assertThat(claim(id, stamp, A, Asking.WAITING)).isEqualTo(new Running(1));
    }

    @Test
    void countsTheAttemptThatTakesOver() {
        claim(A);
        pass(LIMITS.lease().plusMillis(20));

        assertThat(claim(B)).isEqualTo(new Started(2, true));
    }

    @Test
    void letsAnArrivalWaitWhereThePushRunsWhateverTheLease() {
        claim(A);
        pass(LIMITS.lease().plusMillis(20));

        assertThat(claim(id, stamp, A, Asking.ARRIVED_AT_OWNER)).isEqualTo(new Running(2));
    }

    @Test
    void keepsARunWithItsOwnerWhoRenews() {
        claim(A);
        for (int i = 0; i < 3; i++) {
            pass(LIMITS.lease().dividedBy(2));
            assertThat(Await.result(store().renew(id, A))).isTrue();
        }

        assertThat(claim(id, stamp, B, Asking.WAITING)).isInstanceOf(Running.class);
        assertThat(Await.result(store().renew(id, B))).isFalse();
    }

    @Test
    void takesNothingFromAnOwnerWhoHasLostTheRun() {
        claim(A);
        pass(LIMITS.lease().plusMillis(20));
        claim(B);

        assertThat(Await.result(store().renew(id, A))).isFalse();
        assertThat(settle(A, "stale", true)).isEqualTo(new Open());
        assertThat(Await.result(store().release(id, A))).isFalse();
        assertThat(settle(B, "right", true)).isEqualTo(new AsSaid());
        assertThat(settle(A, "stale", true)).isEqualTo(new Otherwise("right"));
        assertThat(claim(A))
                .isInstanceOfSatisfying(
                        Finished.class, is -> assertThat(is.answer()).isEqualTo("right"));
    }

    @Test
    void takesTheAnswerOfARunThatItHasForgotten() {
        assertThat(settle(A, "answer", true)).isEqualTo(new AsSaid());

        assertThat(claim(B)).isEqualTo(new Finished(1, "answer"));
    }

    @Test
    void keepsARunThatItHasForgotten() {
        assertThat(Await.result(store().renew(id, A))).isTrue();

        assertThat(claim(B)).isEqualTo(new Running(1));
    }

    @Test
    void acknowledgesWhatHasNoAnswerByTheDeadlineOfItsLastAttempt() {
        claim(A);

        assertThat(acknowledge(1)).isEqualTo(new AsSaid());

        assertThat(claim(B)).isEqualTo(new Finished(1, "success"));
        assertThat(settle(A, "late", false)).isEqualTo(new Otherwise("success"));
    }

    @Test
    void doesNotAcknowledgeForAnAttemptThatAnotherHasFollowed() {
        claim(A);
        pass(LIMITS.apart());
        claim(B);

        assertThat(acknowledge(1)).isEqualTo(new Open());
        assertThat(settle(A, "in time", true)).isEqualTo(new AsSaid());
    }

    @Test
    void doesNotAcknowledgeWhatHasAnAnswer() {
        claim(A);
        settle(A, "answer", true);

        assertThat(acknowledge(1)).isEqualTo(new Otherwise("answer"));
    }

    @Test
    void releasesAnAnswerThatNobodyTookOnceAndThenAnswersSuccess() {
        claim(A);
        settle(A, "answer", false);

        assertThat(Await.result(store().release(id, B))).isFalse();
        assertThat(Await.result(store().release(id, A))).isTrue();
        assertThat(Await.result(store().release(id, A))).isFalse();
        assertThat(claim(B)).isEqualTo(new Finished(1, "success"));
    }

    @Test
    void releasesTheAnswerOfAPushThatWasAcknowledgedOnce() {
        claim(A);
        acknowledge(1);

        assertThat(Await.result(store().release(id, A))).isTrue();
        assertThat(Await.result(store().release(id, A))).isFalse();
    }

    @Test
    void releasesARunWhoseAnswerItNeverGot() {
        claim(A);

        assertThat(Await.result(store().release(id, A))).isTrue();
        assertThat(Await.result(store().release(id, A))).isFalse();
        assertThat(claim(B)).isEqualTo(new Finished(1, "success"));
    }

    @Test
    void doesNotKeepWithItsOwnerWhatHasAnAnswer() {
        claim(A);
        settle(A, "answer", true);

        assertThat(Await.result(store().renew(id, A))).isFalse();
    }

    @Test
    void doesNotReleaseAnAnswerThatAnAttemptTook() {
        claim(A);
        settle(A, "answer", false);
        claim(B);

        assertThat(Await.result(store().release(id, A))).isFalse();
    }

    @Test
    void doesNotReleaseAnAnswerThatWasTakenWhereItWasMade() {
        claim(A);
        settle(A, "answer", true);

        assertThat(Await.result(store().release(id, A))).isFalse();
    }

    @Test
    void releasesWhatItHasForgottenToOneOnly() {
        assertThat(Await.result(store().release(id, A))).isTrue();
        assertThat(Await.result(store().release(id, B))).isFalse();
        assertThat(Await.result(store().release(id, A))).isFalse();
    }

    @Test
    void forgetsAnAnswerAfterItsTime() {
        claim(A);
        settle(A, "answer", true);
        pass(LIMITS.kept().plusMillis(50));

        assertThat(claim(id, stamp, B, Asking.WAITING)).isEqualTo(new Started(1, false));
    }

    @Test
    void refusesAnotherPushWithTheSameStampAndNeverTheSamePush() {
        claim(A);
        settle(A, "answer", true);

        assertThat(claim(id(), stamp, A, Asking.ARRIVED)).isEqualTo(new Forged());
        assertThat(claim(id(), stamp, B, Asking.ARRIVED_AT_OWNER)).isEqualTo(new Forged());
        assertThat(claim(id, stamp, B, Asking.ARRIVED)).isEqualTo(new Finished(1, "answer"));
        assertThat(claim(id, stamp(), B, Asking.ARRIVED)).isEqualTo(new Finished(1, "answer"));
    }

    @Test
    void remembersTheStampOfARepeatAsWell() {
        Stamp another = stamp();
        claim(A);
        claim(id, another, A, Asking.ARRIVED);

        assertThat(claim(id(), another, B, Asking.ARRIVED)).isEqualTo(new Forged());
    }

    @Test
    void letsOneOfManyRunAPushWhateverHappensAtOnce() {
        for (int round = 0; round < 200; round++) {
            PushId each = id();
            List<Future<Claimed>> claims = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                claims.add(store().claim(each, stamp(), "instance-" + i, Asking.ARRIVED));
            }

            List<Claimed> claimed = claims.stream().map(Await::result).toList();

            assertThat(claimed).filteredOn(Started.class::isInstance).hasSize(1);
            assertThat(claimed).filteredOn(Running.class::isInstance).hasSize(7);
        }
    }

    @Test
    void suppressesNoneOfManyDifferentPushes() {
        List<Future<Claimed>> claims = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            claims.add(store().claim(id(), stamp(), A, Asking.ARRIVED));
        }

        assertThat(claims).allSatisfy(claim -> assertThat(Await.result(claim)).isEqualTo(new Started(1, false)));
    }

    @Test
    void tellsHowLongAgoTheAttemptsArrived() {
        claim(A);
        pass(LIMITS.apart());
        claim(B);
        claim(id, stamp, B, Asking.WAITING);
        pass(LIMITS.apart());
        settle(A, "answer | 1+2", true);
        claim(A);

        List<Duration> ages = Await.result(store().arrivals(id));

        assertThat(ages).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(ages.get(0))
                .isBetween(
                        LIMITS.apart().multipliedBy(2),
                        LIMITS.apart().multipliedBy(2).plusSeconds(2));
        assertThat(ages.get(0).minus(ages.get(1)))
                .isBetween(LIMITS.apart().minusMillis(2), LIMITS.apart().plusSeconds(2));
        assertThat(ages.get(2)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void knowsNoAttemptsOfAPushThatItDoesNotKnow() {
        assertThat(Await.result(store().arrivals(id))).isEmpty();
        claim(A);
        settle(A, "answer", true);
        pass(LIMITS.kept().plusMillis(50));

        assertThat(Await.result(store().arrivals(id))).isEmpty();
    }

    @Test
    void asksForAttemptsWithoutChangingAnything() {
        claim(A);
        Await.result(store().arrivals(id));
        Await.result(store().arrivals(id));

        assertThat(Await.result(store().arrivals(id))).hasSize(1);
        assertThat(claim(B)).isEqualTo(new Running(1));
    }

    private Settled settle(String holder, String answer, boolean taken) {
        return Await.result(store().settle(id, holder, answer, taken));
    }

    private Settled acknowledge(int attempt) {
        return Await.result(store().acknowledge(id, attempt));
    }
}
