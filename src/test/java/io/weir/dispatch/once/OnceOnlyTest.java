package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Clicks;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Late;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.once.PushesInProgress.LateMessage;
import io.weir.redis.Await;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class OnceOnlyTest {
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(400);

    private final Vertx vertx = Vertx.vertx();
    private final PushStore store = new MemoryPushStore(SimulatedInstance.LIMITS, System::nanoTime);
    private final Push push = Clicks.click("K");
    private final PushId id = PushStoreContract.id();
    private final Promise<Reply> reply = Promise.promise();

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    @Test
    void answersTheFirstAttemptWithTheReplyOfItsRun() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());

        Future<Outcome> answered = one.push(push, id, LONG);
        reply.complete(Reply.text("hello"));

        assertThat(Await.result(answered).kind()).isEqualTo(Kind.REPLY);
        assertThat(text(answered)).contains("<Content><![CDATA[hello]]></Content>");
        assertThat(one.begun)
                .hasSize(1)
                .allSatisfy(run -> assertThat(run.redelivered()).isFalse());
        assertThat(one.counted("reply")).isOne();
    }

    @Test
    void givesAttemptsThatComeMeanwhileAndLaterTheSameAnswerEverywhere() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());
        SimulatedInstance two =
                new SimulatedInstance(vertx, "two", store, delivery -> Future.succeededFuture(Reply.text("wrong")));
        List<Future<Outcome>> attempts = new ArrayList<>();

        attempts.add(one.push(push, id, LONG));
        Await.until("the run has begun", () -> one.begun.size() == 1);
        for (int i = 0; i < 4; i++) {
            attempts.add(one.push(push, id, LONG));
            attempts.add(two.push(push, id, LONG));
        }
        reply.complete(Reply.text("the one"));
        attempts.forEach(Await::result);
        attempts.add(two.push(push, id, LONG));
        attempts.add(one.push(push, id, LONG));

        assertThat(attempts).extracting(OnceOnlyTest::text).containsOnly(text(attempts.get(0)));
        assertThat(text(attempts.get(0))).contains("the one");
        assertThat(one.begun).hasSize(1);
        assertThat(two.begun).isEmpty();
    }

    @Test
    void tellsWhichPushesHaveNoAnswerYet() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());
        Future<Outcome> answered = one.push(push, id, LONG);
        Await.until("it runs", () -> one.begun.size() == 1);

        assertThat(one.executions.running()).extracting(Attempt::id).containsExactly(id);

        reply.complete(Reply.text("there"));
        Await.result(answered);
        assertThat(one.executions.running()).isEmpty();
        assertThat(one.executions.lateReply(id)).isNotEqualTo(Optional.of(PushesInProgress.SENT));
    }

    @Test
    void acknowledgesAtTheDeadlineAndSendsTheLateReplyOnce() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());

        Future<Outcome> answered = one.push(push, id, SHORT);

        assertThat(text(answered)).isEqualTo("success");
        assertThat(one.counted("late")).isOne();
        assertThat(one.executions.lateReply(id)).hasValue(PushesInProgress.PENDING);
        reply.complete(Reply.text("too late"));
        Await.until("the reply is sent", () -> one.late.size() == 1);
        Await.until("it has ended", () -> one.executions.size() == 0);
        assertThat(one.executions.lateReply(id)).hasValue(PushesInProgress.SENT);
        assertThat(one.executions.lateMessage(id).map(LateMessage::reply)).hasValue(Reply.text("too late"));
        assertThat(one.lateTraceparents).containsExactly(SimulatedInstance.TRACEPARENT);
        assertThat(text(one.push(push, id, SHORT))).isEqualTo("success");
        assertThat(one.begun).hasSize(1);
    }

    @Test
    void answersSuccessWhenTheHandlerFails() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> Future.failedFuture("boom"));

        assertThat(text(one.push(push, id, LONG))).isEqualTo("success");
        assertThat(one.counted("failed")).isOne();
        assertThat(text(one.push(push, id, LONG))).isEqualTo("success");
        assertThat(one.begun).hasSize(1);
    }

    @Test
    void letsARepeatTakeOverWhenTheOwnerHasDied() {
        SimulatedInstance dead = new SimulatedInstance(
                vertx, "dead", store, delivery -> Promise.<Reply>promise().future());
        SimulatedInstance two =
                new SimulatedInstance(vertx, "two", store, delivery -> Future.succeededFuture(Reply.text("again")));
        dead.push(push, id, LONG);
        Await.until("the run has begun", () -> dead.begun.size() == 1);
        dead.die();

        Future<Outcome> answered = two.push(push, id, LONG);

        assertThat(text(answered)).contains("again");
        assertThat(Await.result(answered).takenOver()).isTrue();
        assertThat(two.begun)
                .hasSize(1)
                .allSatisfy(run -> assertThat(run.redelivered()).isTrue());
    }

    @Test
    void leavesNoAttemptUnansweredThatWaitsForAnotherInstanceWhileRedisIsAway() {
        Outage outage = new Outage(store);
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());
        SimulatedInstance two = new SimulatedInstance(
                vertx, "two", outage, Late.RETRY, run -> Future.succeededFuture(Reply.text("alone")));
        one.push(push, id, LONG);
        Await.until("the run has begun", () -> one.begun.size() == 1);
        Future<Outcome> second = two.push(push, id, Duration.ofSeconds(1));
        Await.until("it looks for the answer of the other", () -> outage.looks.get() > 0);

        outage.begun.set(true);

        assertThat(Await.result(second).kind()).isEqualTo(Kind.LATE);
        assertThat(text(second)).isEqualTo("success");
        assertThat(two.begun).isEmpty();
    }

    @Test
    void commitsNothingOfARunThatAnotherHasTakenOver() {
        SimulatedInstance frozen = new SimulatedInstance(vertx, "frozen", store, delivery -> reply.future());
        SimulatedInstance two =
                new SimulatedInstance(vertx, "two", store, delivery -> Future.succeededFuture(Reply.text("right")));
        Future<Outcome> first = frozen.push(push, id, LONG);
        Await.until("the run has begun", () -> frozen.begun.size() == 1);
        frozen.die();
        Future<Outcome> second = two.push(push, id, LONG);
        assertThat(text(second)).contains("right");
        frozen.live();

        reply.complete(Reply.text("stale"));

        assertThat(text(first)).isEqualTo(text(second));
        assertThat(text(two.push(push, id, LONG))).isEqualTo(text(second));
        assertThat(frozen.late).isEmpty();
    }

    @Test
    void keepsALongRunAlive() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());
        SimulatedInstance two =
                new SimulatedInstance(vertx, "two", store, delivery -> Future.succeededFuture(Reply.text("wrong")));

        Future<Outcome> first = one.push(push, id, LONG);
        Await.until("the run has begun", () -> one.begun.size() == 1);
        Future<Outcome> second = two.push(push, id, LONG);
        vertx.timer(3 * SimulatedInstance.LIMITS.lease().toMillis())
                .onSuccess(over -> reply.complete(Reply.text("long")));

        assertThat(text(second)).contains("long").isEqualTo(text(first));
        assertThat(two.begun).isEmpty();
    }

    @Test
    void leavesALateAttemptToLapseAndAnswersTheNextWithTheSameRun() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, Late.RETRY, delivery -> reply.future());

        Outcome first = Await.result(one.push(push, id, SHORT));
        Future<Outcome> second = one.push(push, id, LONG);
        reply.complete(Reply.text("at last"));

        assertThat(first.kind()).isEqualTo(Kind.LAPSED);
        assertThat(first.text()).isEmpty();
        assertThat(text(second)).contains("at last");
        assertThat(Await.result(second).attempt()).isEqualTo(2);
        assertThat(one.begun).hasSize(1);
        assertThat(one.late).isEmpty();
    }

    @Test
    void answersAnAttemptThatLapsesWhileItsPeerStillWaits() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, Late.RETRY, delivery -> reply.future());

        Future<Outcome> first = one.push(push, id, SHORT);
        vertx.timer(SHORT.toMillis() + 100).onSuccess(over -> reply.complete(Reply.text("just in time")));

        assertThat(text(first)).contains("just in time");
    }

    @Test
    void acknowledgesTheLastAttempt() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, Late.RETRY, delivery -> reply.future());

        List<Kind> ways = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ways.add(Await.result(one.push(push, id, SHORT)).kind());
        }
        reply.complete(Reply.text("too late"));

        assertThat(ways).containsExactly(Kind.LAPSED, Kind.LAPSED, Kind.LATE);
        Await.until("the reply is sent", () -> one.late.size() == 1);
    }

    @Test
    void acknowledgesWhenTooManyHaveLapsed() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, Late.RETRY, delivery -> reply.future());
        List<Future<Outcome>> attempts = new ArrayList<>();

        for (int i = 0; i < 15; i++) {
            attempts.add(one.push(push, PushStoreContract.id(), SHORT));
        }

        assertThat(attempts.stream().map(each -> Await.result(each).kind()))
                .filteredOn(Kind.LAPSED::equals)
                .hasSize(10);
    }

    @Test
    void sendsAReplyThatNobodyWaitsForInAnotherWay() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());
        AtomicBoolean waiting = new AtomicBoolean(true);

        one.push(push, id, LONG, waiting);
        Await.until("the run has begun", () -> one.begun.size() == 1);
        waiting.set(false);
        reply.complete(Reply.text("to nobody"));

        Await.until("the reply is sent", () -> one.late.size() == 1);
        assertThat(text(one.push(push, id, LONG))).isEqualTo("success");
    }

    @Test
    void keepsAReplyThatNobodyWaitedForAndARepeatTook() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());
        SimulatedInstance two = new SimulatedInstance(vertx, "two", store, delivery -> reply.future());
        AtomicBoolean waiting = new AtomicBoolean(true);
        one.push(push, id, LONG, waiting);
        Await.until("the run has begun", () -> one.begun.size() == 1);
        waiting.set(false);
        reply.complete(Reply.text("taken"));

        assertThat(text(two.push(push, id, LONG))).contains("taken");

        Await.until(
                "the time to take it is over",
                vertx.timer(2 * SimulatedInstance.LIMITS.untaken().toMillis())::succeeded);
        assertThat(one.late).isEmpty();
    }

    @Test
    void answersWhatIsSettledWhenAnotherInstanceAcknowledgedFirst() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());
        Future<Outcome> first = one.push(push, id, Duration.ofMillis(900));
        Await.until("the run has begun", () -> one.begun.size() == 1);
        Await.result(store.replace(
                id,
                PushStore.Expected.beginning(Row.Running.ownedBy("one")),
                Optional.of(new Row.Acknowledged(System.currentTimeMillis(), "one", Optional.empty(), false))));

        reply.complete(Reply.text("too late"));

        assertThat(text(first)).isEqualTo("success");
        Await.until("the reply is sent", () -> one.late.size() == 1);
    }

    @Test
    void refusesAnotherBodyWithTheSameTimestampAndNonce() {
        SimulatedInstance one =
                new SimulatedInstance(vertx, "one", store, delivery -> Future.succeededFuture(Reply.text("hello")));
        ReplayKey key = new ReplayKey(Instant.now().getEpochSecond(), 42, 7, false);
        ReplayKey forged = new ReplayKey(key.seconds(), 42, 8, false);

        Await.result(one.push(attempt(id, key)));

        assertThatThrownBy(() -> Await.result(one.push(attempt(PushStoreContract.id(), forged))))
                .hasRootCauseInstanceOf(Refusal.class);
        assertThat(text(one.push(attempt(id, key)))).contains("hello");
    }

    @Test
    void runsEachOfManySimultaneousPushesOnce() {
        List<SimulatedInstance> fleet = List.of(
                new SimulatedInstance(vertx, "one", store, delivery -> soon("one")),
                new SimulatedInstance(vertx, "two", store, delivery -> soon("two")),
                new SimulatedInstance(vertx, "three", store, delivery -> soon("three")));

        List<List<Future<Outcome>>> pushes = new ArrayList<>();
        for (int number = 0; number < 300; number++) {
            PushId each = PushStoreContract.id();
            List<Future<Outcome>> attempts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                attempts.add(fleet.get(i % 3).push(push, each, LONG));
            }
            pushes.add(attempts);
        }

        assertThat(pushes)
                .allSatisfy(attempts -> assertThat(
                                attempts.stream().map(OnceOnlyTest::text).distinct())
                        .hasSize(1));
        assertThat(fleet.stream().mapToInt(each -> each.begun.size()).sum()).isEqualTo(300);
    }

    @Test
    void answersSuccessWithoutARunWhenThereIsNoRoomAndLetsRepeatsJoin() {
        SimulatedInstance one = smallInstance(delivery -> reply.future());
        List<Future<Outcome>> admitted = new ArrayList<>();
        List<PushId> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ids.add(PushStoreContract.id());
            admitted.add(one.push(push, ids.get(i), LONG));
        }

        Outcome beyond = Await.result(one.push(push, id, LONG));
        Future<Outcome> repeat = one.push(push, ids.get(0), LONG);
        reply.complete(Reply.text("done"));

        assertThat(beyond.kind()).isEqualTo(Kind.SHED);
        assertThat(beyond.text()).contains("success");
        assertThat(text(repeat)).contains("done").isEqualTo(text(admitted.get(0)));
        assertThat(one.metrics.counter("weir.joins").count()).isOne();
        assertThat(one.begun).hasSize(2);
        assertThat(one.metrics
                        .counter("weir.overload.refusals", "server", "push", "policy", "execution")
                        .count())
                .isOne();
        assertThat(text(one.push(push, PushStoreContract.id(), LONG))).contains("done");
    }

    @Test
    void leavesRoomForOtherTypesWhenAHandlerNeverReplies() {
        SimulatedInstance one = smallInstance(delivery -> reply.future());
        for (int i = 0; i < 5; i++) {
            one.push(push, PushStoreContract.id(), LONG);
        }

        one.push(Clicks.view("https://example.com"), PushStoreContract.id(), LONG);

        Await.until(
                "the view is run",
                () -> one.begun.stream()
                        .anyMatch(delivery -> delivery.push().type().equals(PushType.VIEW)));
    }

    @Test
    void waitsForExecutionsAndTheirLateRepliesWhenItStops() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());
        assertThat(text(one.push(push, id, SHORT))).isEqualTo("success");

        Future<Void> finished = one.executions.finish(Loop.current(vertx), LONG);
        assertThat(finished.isComplete()).isFalse();
        reply.complete(Reply.text("late, and sent"));

        Await.result(finished);
        assertThat(one.late).hasSize(1);
        assertThat(one.executions.size()).isZero();
    }

    @Test
    void waitsNoLongerThanItMayForAHandlerThatNeverReplies() {
        SimulatedInstance one = new SimulatedInstance(vertx, "one", store, delivery -> reply.future());
        one.push(push, id, LONG);
        Await.until("the run has begun", () -> one.begun.size() == 1);

        Await.result(one.executions.finish(Loop.current(vertx), Duration.ofMillis(100)));

        assertThat(one.executions.size()).isOne();
    }

    /** A store that cannot be asked from some moment on. */
    private record Outage(PushStore store, AtomicInteger looks, AtomicBoolean begun) implements PushStore {
        Outage(PushStore store) {
            this(store, new AtomicInteger(), new AtomicBoolean());
        }

        @Override
        public Future<ClaimResult> claim(PushId id, ReplayKey key, Row.Running mine) {
            return unlessAway(() -> store.claim(id, key, mine));
        }

        @Override
        public Future<Found> find(PushId id) {
            looks.incrementAndGet();
            return unlessAway(() -> store.find(id));
        }

        @Override
        public Future<Swap> replace(PushId id, Expected expected, Optional<Row> next) {
            return unlessAway(() -> store.replace(id, expected, next));
        }

        @Override
        public Future<KeyUse> use(ReplayKey key) {
            return unlessAway(() -> store.use(key));
        }

        private <T> Future<T> unlessAway(Supplier<Future<T>> question) {
            return begun.get() ? Future.failedFuture("Redis is away") : question.get();
        }
    }

    @Test
    void endsARunWhoseHandlerNeverReplies() {
        SimulatedInstance one = smallInstance(delivery -> reply.future(), Duration.ofMillis(400));
        assertThat(text(one.push(push, id, SHORT))).isEqualTo("success");

        Await.until("the execution has ended", () -> one.executions.size() == 0);
        reply.complete(Reply.text("much too late"));

        assertThat(one.late).isEmpty();
        assertThat(text(one.push(push, id, SHORT))).isEqualTo("success");
        assertThat(one.begun).hasSize(1);
    }

    /** Admits four executions, two of a type. */
    private SimulatedInstance smallInstance(Function<Delivery<?>, Future<Reply>> handler) {
        return smallInstance(handler, SimulatedInstance.LIMITS.run());
    }

    private SimulatedInstance smallInstance(Function<Delivery<?>, Future<Reply>> handler, Duration run) {
        OnceLimits all = SimulatedInstance.LIMITS;
        OnceLimits small = new OnceLimits(
                all.lease(),
                all.kept(),
                run,
                all.claim(),
                all.acknowledge(),
                all.attempts(),
                all.untaken(),
                all.window(),
                4,
                1 << 20);
        return new SimulatedInstance(
                vertx, "small", store, Late.SUCCESS, handler, small, SimulatedInstance.Times.SYSTEM);
    }

    private Future<Reply> soon(String who) {
        return vertx.timer(1).map(Reply.text(who));
    }

    private Attempt attempt(PushId which, ReplayKey key) {
        return SimulatedInstance.attempt(push, which, key, System.nanoTime(), Deadline.in(LONG), () -> true);
    }

    private static String text(Future<Outcome> answered) {
        Optional<String> text = Await.result(answered).text();
        return text.orElse("nothing");
    }
}
