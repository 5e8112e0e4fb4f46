package io.weir.dispatch.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.client.ManualClock;
import io.weir.dispatch.Answered;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Dispatcher;
import io.weir.dispatch.journal.TestDoor.Request;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.codec.Received;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.Refusal.Cause;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WitnessTest {
    private static final Credentials ACCOUNT = new Credentials(
            "club", "wx0000000000000001", List.of("pushTokenRed2"), List.of(), Mode.PLAINTEXT, Optional.empty());
    private static final Dispatcher ANSWERING = delivery -> Future.succeededFuture(Reply.text("answer"));
    private static final Dispatcher FAILING = failing(ReplyFailure.RECIPIENT_FAILURE);

    private final ManualClock clock = new ManualClock("2026-11-20T07:00:00Z");
    private final Journal journal = new Journal(clock);
    private final HandlerTimes times = new HandlerTimes(clock);
    private final TestDoor door = new TestDoor(ACCOUNT, journal, times, clock);
    private final Request click = door.plain(TestDoor.click("K"));

    private static Dispatcher failing(ReplyFailure how) {
        return delivery -> Future.failedFuture(new ReplyException(how, 1, "java.lang.IllegalStateException: broken"));
    }

    @ParameterizedTest
    @CsvSource({
        "HANDLED, REPLY",
        "TAKEN_OVER, REPLY",
        "JOINED, REPEAT",
        "STORED, REPEAT",
        "ACKNOWLEDGED, LATE",
        "LAPSED, LAPSED"
    })
    void saysWhatBecameOfAnAttempt(Way way, Fate fate) {
        Entry entry = door.came(click, ANSWERING, way, 2);

        assertThat(entry.fate()).isEqualTo(fate);
        assertThat(entry.way()).hasValue(way);
        assertThat(entry.answered().orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void tellsHandlersThatFailFromThoseThatSaySuccess() {
        Dispatcher silent = delivery -> Future.succeededFuture(Reply.NONE);

        assertThat(door.came(click, silent, Way.HANDLED, 1).fate()).isEqualTo(Fate.SUCCESS);
        assertThat(door.came(click, FAILING, Way.HANDLED, 1).fate()).isEqualTo(Fate.FAILED);
        assertThat(door.came(click, failing(ReplyFailure.NO_HANDLERS), Way.HANDLED, 1)
                        .fate())
                .isEqualTo(Fate.UNHANDLED);
    }

    @Test
    void keepsWhatCameAndWhen() {
        Entry entry = door.answered(click, Reply.text("answer"));

        assertThat(entry.at()).isBetween(clock.instant().minusSeconds(1), clock.instant());
        assertThat(entry.incoming().query()).isEqualTo(click.query());
        assertThat(entry.incoming().body()).asString().isEqualTo(click.body());
        assertThat(entry.incoming().peer()).isEqualTo(TestDoor.PEER);
        assertThat(entry.received().orElseThrow().push().type()).isEqualTo(PushType.CLICK);
        assertThat(entry.answered().orElseThrow().text().orElseThrow()).contains("answer");
        Steps steps = entry.steps().orElseThrow();
        assertThat(List.of(
                        entry.incoming().beganNanos(),
                        steps.opened(),
                        steps.claimed().orElseThrow(),
                        steps.handled().orElseThrow(),
                        entry.endedNanos()))
                .isSorted();
        assertThat(entry.micros()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void writesDownTheStepOfAHandlerThatIsLate() throws Exception {
        Promise<Reply> reply = Promise.promise();
        Incoming incoming = door.incoming(click);
        Received received = door.read(click, incoming);
        Steps steps = door.witness.opened(received);
        Deadline deadline = Deadline.in(Duration.ofSeconds(5));
        Future<Reply> handled = door.witness
                .round(delivery -> reply.future())
                .dispatch(Delivery.first(received.push(), "key", deadline));
        door.witness.answered(incoming, received, steps, Answered.of("success", Way.ACKNOWLEDGED, 1));
        Entry entry = journal.newestFirst().get(0);
        assertThat(entry.steps().orElseThrow().handled()).isEmpty();

        reply.complete(Reply.text("late"));

        assertThat(handled.succeeded()).isTrue();
        assertThat(entry.steps().orElseThrow().handled().orElseThrow()).isGreaterThanOrEqualTo(entry.endedNanos());
        assertThat(entry.fate()).isEqualTo(Fate.LATE);
        assertThat(door.witness.underWay()).isZero();
    }

    @Test
    void keepsRefusalsOfTheDoorAndOfTheCorridor() throws Exception {
        Entry refused = door.answered(click.with("timestamp=", "timestamp=9"), Reply.NONE);

        assertThat(refused.fate()).isEqualTo(Fate.REFUSED);
        assertThat(refused.refusal().orElseThrow().refusalCause()).isEqualTo(Cause.TIMESTAMP);
        assertThat(refused.received()).isEmpty();

        Incoming incoming = door.incoming(click);
        Received received = door.read(click, incoming);
        door.witness.refused(incoming, received, door.witness.opened(received), Refusal.replay());

        Entry forged = journal.newestFirst().get(0);
        assertThat(forged.fate()).isEqualTo(Fate.REFUSED);
        assertThat(forged.refusal().orElseThrow().refusalCause()).isEqualTo(Cause.REPLAY);
        assertThat(forged.received()).isPresent();
        assertThat(door.witness.underWay()).isZero();
    }

    @Test
    void measuresHandlersAndRemembersHowOneFailedLast() {
        door.came(click, ANSWERING, Way.HANDLED, 1);
        assertThat(times.lastFailure("club", PushType.CLICK)).isEmpty();
        door.came(click, FAILING, Way.HANDLED, 1);

        assertThat(times.lastFailure("club", PushType.CLICK).orElseThrow().at()).isEqualTo(clock.instant());
        assertThat(times.lastFailure("club", PushType.CLICK).orElseThrow().cause())
                .hasMessageContaining("broken");
        assertThat(times.p99("club", PushType.CLICK).orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(5));
        assertThat(times.p99("main", PushType.CLICK)).isEmpty();
        assertThat(times.p99("club", PushType.TEXT)).isEmpty();
    }

    @Test
    void knowsWhatNinetyNineOfAHundredDidNotExceed() {
        Received received = journalled();
        for (int i = 0; i < 990; i++) {
            times.note(received.push(), 2_000_000, null);
        }
        for (int i = 0; i < 10; i++) {
            times.note(received.push(), 900_000_000, null);
        }
        assertThat(times.p99("club", PushType.CLICK).orElseThrow())
                .isBetween(Duration.ofMillis(2), Duration.ofNanos(2_500_000));

        times.note(received.push(), 900_000_000, null);
        times.note(received.push(), Long.MAX_VALUE, null);
        assertThat(times.p99("club", PushType.CLICK).orElseThrow())
                .isBetween(Duration.ofMillis(900), Duration.ofMillis(1_125));
    }

    private Received journalled() {
        try {
            return door.read(click, door.incoming(click));
        } catch (Refusal e) {
            throw new AssertionError(e);
        }
    }
}
