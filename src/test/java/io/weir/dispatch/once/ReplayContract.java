package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.Clicks;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Late;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.redis.Await;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recorded request is never handled again, whatever keeps the keys; with a clock that the test moves. */
abstract class ReplayContract {
    static final OnceLimits LIMITS = OnceLimits.DEFAULT;
    private static final AtomicLong NUMBERS = new AtomicLong(1L << 40);
    private static final Duration EXPIRED = LIMITS.kept().plusSeconds(1);

    final Vertx vertx = Vertx.vertx();
    private final PushId id = PushStoreContract.id();
    private final ReplayKey key =
            new ReplayKey(Instant.now().getEpochSecond(), NUMBERS.incrementAndGet(), 1_001, false);
    private SimulatedInstance one;

    /** An instance, like its fellows where there are some. */
    abstract SimulatedInstance instance(String name);

    /** Lets time pass for all that is kept. */
    abstract void pass(Duration time);

    /** What the instances read as {@link System#nanoTime()}. */
    abstract long nanoTime();

    @BeforeEach
    void start() {
        one = instance("one");
    }

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    static Future<Reply> hello(Delivery<?> delivery) {
        return Future.succeededFuture(Reply.text("hello"));
    }

    static Late late() {
        return Late.SUCCESS;
    }

    private ReplayKey withBody(long digest) {
        return new ReplayKey(key.seconds(), key.hash(), digest, false);
    }

    private ReplayKey signedWithBody(long digest) {
        return new ReplayKey(key.seconds(), key.hash(), digest, true);
    }

    Outcome push(SimulatedInstance at, PushId which, ReplayKey with) {
        Deadline deadline = new Deadline(nanoTime() + Duration.ofSeconds(4).toNanos());
        return Await.result(
                at.push(SimulatedInstance.attempt(Clicks.click("K"), which, with, nanoTime(), deadline, () -> true)));
    }

    private void assertRefused(SimulatedInstance at, PushId which, ReplayKey with) {
        assertThatThrownBy(() -> push(at, which, with)).hasRootCauseInstanceOf(Refusal.class);
    }

    @Test
    void givesARepeatTheAnswerWhileItIsKept() {
        Outcome first = push(one, id, key);
        pass(LIMITS.kept().minusSeconds(3));

        Outcome again = push(one, id, key);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.kind()).isEqualTo(Kind.STORED);
        assertThat(one.begun).hasSize(1);
    }

    @Test
    void answersARecordingSuccessWithoutARunOnceTheAnswerHasExpired() {
        push(one, id, key);
        pass(EXPIRED);

        Outcome recorded = push(one, id, key);

        assertThat(recorded).isEqualTo(Outcome.of(Kind.EXPIRED, "success").numbered(recorded.attempt()));
        assertThat(one.begun).hasSize(1);
    }

    @Test
    void knowsARecordingUntilItsTimestampAloneIsRefused() {
        push(one, id, key);
        pass(LIMITS.window().multipliedBy(2).minusSeconds(70));

        assertThat(push(one, id, key).kind()).isEqualTo(Kind.EXPIRED);
        assertThat(one.begun).hasSize(1);
    }

    @Test
    void refusesAnotherBodyUnderAKeyWhetherTheAnswerIsKeptOrNot() {
        push(one, id, key);

        assertRefused(one, PushStoreContract.id(), withBody(1_002));
        assertRefused(one, id, withBody(1_002));
        pass(EXPIRED);
        assertRefused(one, PushStoreContract.id(), withBody(1_002));
        assertRefused(one, id, withBody(1_002));
        assertThat(push(one, id, key).kind()).isEqualTo(Kind.EXPIRED);
        assertThat(one.begun).hasSize(1);
    }

    @Test
    void losesNothingWhenTwoGenuinePushesShareAKey() {
        PushId other = PushStoreContract.id();
        push(one, id, signedWithBody(1_001));

        assertThat(push(one, other, signedWithBody(1_002)).kind()).isEqualTo(Kind.REPLY);
        assertThat(push(one, other, signedWithBody(1_002)).kind()).isEqualTo(Kind.STORED);

        pass(EXPIRED);
        assertThat(push(one, id, signedWithBody(1_001)).kind()).isEqualTo(Kind.EXPIRED);
        assertThat(push(one, other, signedWithBody(1_002)).kind()).isEqualTo(Kind.EXPIRED);
        assertThat(one.begun).hasSize(2);
    }

    @Test
    void knowsTheRecordingOfARepeatThatWasSignedAnew() {
        ReplayKey anew = new ReplayKey(key.seconds() + 5, NUMBERS.incrementAndGet(), 1_001, false);
        push(one, id, key);
        push(one, id, anew);
        pass(EXPIRED);

        assertThat(push(one, id, anew).kind()).isEqualTo(Kind.EXPIRED);
        assertThat(push(one, id, key).text()).contains("success");
        assertThat(one.begun).hasSize(1);
    }

    @Test
    void refusesAPushUnderTheKeyOfAVerificationAndLetsTheVerificationComeAgain() {
        ReplayKey verification = new ReplayKey(key.seconds(), key.hash(), ReplayKey.VERIFICATION, false);
        one.verify(verification);

        assertRefused(one, id, key);
        assertRefused(one, id, signedWithBody(1_001));
        one.verify(verification);
        assertThat(one.begun).isEmpty();
    }
}
