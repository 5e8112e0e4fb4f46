package io.weir.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.client.ManualClock;
import io.weir.dispatch.Attempt.ExecutionInfo;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.PushPipeline;
import io.weir.journal.TestPushPort.Request;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.Refusal.Cause;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalledTest {
    private static final Credentials ACCOUNT = new Credentials(
            "club", "wx0000000000000001", List.of("pushTokenRed2"), List.of(), Mode.PLAINTEXT, Optional.empty());
    private static final Function<Delivery<?>, Future<Reply>> FAILING = failing(ReplyFailure.RECIPIENT_FAILURE);

    private final ManualClock clock = new ManualClock("2026-11-20T07:00:00Z");
    private final Journal journal = new Journal(clock);
    private final HandlerTimes times = new HandlerTimes(clock);
    private final TestPushPort pushPort = new TestPushPort(ACCOUNT, journal, times, clock);
    private final Request click = pushPort.plain(TestPushPort.click("K"));

    private static Future<Reply> answering(Delivery<?> delivery) {
        return Future.succeededFuture(Reply.text("answer"));
    }

    private static Function<Delivery<?>, Future<Reply>> failing(ReplyFailure how) {
        return delivery -> Future.failedFuture(new ReplyException(how, 1, "java.lang.IllegalStateException: broken"));
    }

    @ParameterizedTest
    @CsvSource({
        "REPLY, reply, handled",
        "JOINED, repeat, joined",
        "STORED, repeat, stored",
        "EXPIRED, repeat, expired",
        "LATE, late, acknowledged",
        "LAPSED, lapsed, lapsed",
        "SHED, shed, shed"
    })
    void saysWhatBecameOfAnAttempt(Kind kind, String label, String way) {
        JournalEntry entry = pushPort.came(click, JournalledTest::answering, kind, 2);

        assertThat(entry.kind()).isEqualTo(kind);
        assertThat(entry.kind().label()).isEqualTo(label);
        assertThat(entry.way()).hasValue(way);
        assertThat(entry.outcome().orElseThrow().attempt()).isEqualTo(2);
        assertThat(entry.outcome().orElseThrow().text().isPresent()).isEqualTo(kind != Kind.LAPSED);
    }

    @Test
    void knowsARunThatWasTakenOver() throws Exception {
        PushPipeline handlers = new HandlerStage(JournalledTest::answering, times, clock);

        JournalEntry entry = pushPort.came(
                click,
                attempt ->
                        handlers.answer(attempt.running(new ExecutionInfo(3, true, true, false), attempt.deadline())));

        assertThat(entry.way()).hasValue("taken_over");
        assertThat(entry.outcome().orElseThrow().attempt()).isEqualTo(3);
    }

    @Test
    void tellsHandlersThatFailFromThoseThatSaySuccess() {
        Function<Delivery<?>, Future<Reply>> silent = delivery -> Future.succeededFuture(Reply.NONE);

        assertThat(pushPort.came(click, silent, Kind.REPLY, 1).kind()).isEqualTo(Kind.SUCCESS);
        assertThat(pushPort.came(click, FAILING, Kind.REPLY, 1).kind()).isEqualTo(Kind.FAILED);
        assertThat(pushPort.came(click, failing(ReplyFailure.NO_HANDLERS), Kind.REPLY, 1)
                        .kind())
                .isEqualTo(Kind.UNHANDLED);
    }

    @Test
    void keepsWhatCameAndWhen() {
        JournalEntry entry = pushPort.answered(click, Reply.text("answer"));

        assertThat(entry.at()).isBetween(clock.instant().minusSeconds(1), clock.instant());
        assertThat(entry.request().query()).isEqualTo(click.query());
        assertThat(entry.request().body()).asString().isEqualTo(click.body());
        assertThat(entry.request().peer()).hasToString(TestPushPort.PEER);
        assertThat(entry.received().orElseThrow().push().type()).isEqualTo(PushType.CLICK);
        assertThat(entry.outcome().orElseThrow().text().orElseThrow()).contains("answer");
        Outcome steps = entry.outcome().orElseThrow();
        assertThat(List.of(
                        entry.request().beganNanos(),
                        entry.acceptedNanos().orElseThrow(),
                        steps.claimed().orElseThrow(),
                        steps.handled().orElseThrow(),
                        entry.endedNanos()))
                .isSorted();
        assertThat(entry.micros()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void keepsRefusalsOfTheCodecAndOfThePipeline() throws Exception {
        JournalEntry refused = pushPort.answered(click.with("timestamp=", "timestamp=9"), Reply.NONE);

        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused.refusal().orElseThrow().refusalCause()).isEqualTo(Cause.TIMESTAMP);
        assertThat(refused.received()).isEmpty();

        JournalEntry forged = pushPort.came(click, attempt -> Future.failedFuture(Refusal.replay()));

        assertThat(forged.kind()).isEqualTo(Kind.REFUSED);
        assertThat(forged.refusal().orElseThrow().refusalCause()).isEqualTo(Cause.REPLAY);
        assertThat(forged.received()).isPresent();
    }

    @Test
    void measuresHandlersAndRemembersHowOneFailedLast() {
        pushPort.came(click, JournalledTest::answering, Kind.REPLY, 1);
        assertThat(times.lastFailure("club", PushType.CLICK)).isEmpty();
        pushPort.came(click, FAILING, Kind.REPLY, 1);

        assertThat(times.lastFailure("club", PushType.CLICK).orElseThrow().at()).isEqualTo(clock.instant());
        assertThat(times.lastFailure("club", PushType.CLICK).orElseThrow().cause())
                .hasMessageContaining("broken");
        assertThat(times.p99("club", PushType.CLICK).orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(5));
        assertThat(times.p99("main", PushType.CLICK)).isEmpty();
        assertThat(times.p99("club", PushType.TEXT)).isEmpty();
    }

    @Test
    void knowsWhatNinetyNineOfAHundredDidNotExceed() {
        OpenedPush received = journalled();
        for (int i = 0; i < 990; i++) {
            times.note(received.push(), false, 2_000_000, null);
        }
        for (int i = 0; i < 10; i++) {
            times.note(received.push(), false, 900_000_000, null);
        }
        assertThat(times.p99("club", PushType.CLICK).orElseThrow())
                .isBetween(Duration.ofMillis(2), Duration.ofNanos(2_500_000));

        times.note(received.push(), false, 900_000_000, null);
        times.note(received.push(), false, Long.MAX_VALUE, null);
        assertThat(times.p99("club", PushType.CLICK).orElseThrow())
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(1_125));
    }

    private OpenedPush journalled() {
        try {
            return pushPort.read(pushPort.raw(click));
        } catch (Refusal e) {
            throw new AssertionError(e);
        }
    }
}
