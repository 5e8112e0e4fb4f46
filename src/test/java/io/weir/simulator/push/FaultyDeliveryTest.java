package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.simulator.push.Courier.DeliveryOrder;
import io.weir.simulator.push.PushOrder.FieldSetting;
import io.weir.simulator.push.Pusher.Connections;
import io.weir.simulator.push.RecordingGateway.ReceivedPush;
import io.weir.simulator.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class FaultyDeliveryTest {
    private static final Instant START = Instant.ofEpochSecond(1790000000);

    private final VirtualTime time = new VirtualTime(START);
    private final PushFaults faults = new PushFaults();
    private final PushFactory factory = new PushFactory(PushTemplates.bundled(), time.clock());

    private Vertx vertx;
    private Courier courier;

    @BeforeEach
    void open(Vertx ownVertx) {
        vertx = ownVertx;
        courier = new Courier(new Pusher(vertx, time, Pusher.WECHAT_LIMIT, Connections.LIKE_WECHAT), faults);
    }

    @Test
    void duplicatesAPush() {
        RecordingGateway gateway = RecordingGateway.successful(vertx);
        faults.next(1, new PushFault.Duplicate(2));

        Delivered delivered = Gateways.await(push("one", gateway));

        assertThat(delivered.duplicates()).hasSize(2).allMatch(Delivered::accepted);
        assertThat(delivered.answersAlike()).isTrue();
        assertThat(Stream.generate(gateway::next).limit(3).map(ReceivedPush::body))
                .containsOnly(delivered.push().xml());
        assertThat(gateway.count()).isEqualTo(3);
    }

    @Test
    void keepsEachAttemptFromTheGatewayUntilTheFaultNotice() {
        RecordingGateway gateway = RecordingGateway.successful(vertx);
        faults.next(1, new PushFault.Unreachable());

        Delivered delivered = Gateways.await(push("one", gateway));

        assertThat(delivered.attempts()).hasSize(3);
        assertThat(delivered.verdict().effect()).isEqualTo(DeliveryVerdict.Effect.FAULT);
        assertThat(gateway.count()).isZero();
    }

    @Test
    void noticesThatDuplicatesAreAnsweredDifferently() {
        RecordingGateway gateway =
                new RecordingGateway(vertx, (response, number) -> response.end(AnswerSamples.text("no. " + number)));
        faults.next(1, new PushFault.Duplicate(1));

        assertThat(Gateways.await(push("one", gateway)).answersAlike()).isFalse();
    }

    @Test
    void delaysAPushThatKeepsItsCreateTime() {
        RecordingGateway gateway = RecordingGateway.successful(vertx);
        faults.next(1, new PushFault.Delay(Duration.ofMinutes(2)));

        Future<Delivered> late = push("late", gateway);
        time.advance(Duration.ofMillis(119_999));
        assertThat(late.isComplete()).isFalse();
        time.advance(Duration.ofMillis(1));

        assertThat(Gateways.await(late).attempts().get(0).start()).isEqualTo(START.plusSeconds(120));
        ReceivedPush received = gateway.next();
        assertThat(received.element("CreateTime")).isEqualTo("1790000000");
        assertThat(received.timestamp()).isEqualTo("1790000120");
    }

    @Test
    void losesAPush() {
        RecordingGateway gateway = RecordingGateway.successful(vertx);
        faults.next(1, new PushFault.Drop());

        Delivered lost = Gateways.await(push("lost", gateway));
        Delivered next = Gateways.await(push("next", gateway));

        assertThat(lost.attempts()).isEmpty();
        assertThat(lost.accepted()).isFalse();
        assertThat(lost.verdict()).isEqualTo(DeliveryVerdict.nothing("the push was dropped: the gateway never got it"));
        assertThat(next.accepted()).isTrue();
        assertThat(gateway.count()).isOne();
    }

    @Test
    void letsTheNextPushOvertake() {
        RecordingGateway gateway = RecordingGateway.successful(vertx);
        faults.next(2, new PushFault.Reorder());

        Future<Delivered> first = push("first", gateway);
        Future<Delivered> second = push("second", gateway);

        Gateways.await(Future.all(first, second));
        assertThat(List.of(gateway.next().element("Content"), gateway.next().element("Content")))
                .containsExactly("second", "first");
    }

    @Test
    void holdsBackOnlyForThePushesOfTheSameAccountAndNotForEver() {
        RecordingGateway gateway = RecordingGateway.successful(vertx);
        faults.next(1, new PushFault.Reorder(), "dev");

        Future<Delivered> held = push("held", gateway);
        SimulatedAccount other = named("other");
        Gateways.await(courier.deliver(text("other's"), other, gateway.url));
        assertThat(held.isComplete()).isFalse();
        time.advance(DeliveryOrder.LIMIT);

        assertThat(Gateways.await(held).accepted()).isTrue();
        assertThat(gateway.next().element("Content")).isEqualTo("other's");
        assertThat(gateway.next().element("Content")).isEqualTo("held");
        assertThat(time.waiting()).isZero();
    }

    @Test
    void pushesFromAMachineWhoseClockIsWrong() {
        RecordingGateway gateway = RecordingGateway.successful(vertx);
        faults.next(1, new PushFault.ClockOffset(Duration.ofHours(-1)));

        Gateways.await(push("early", gateway));
        Gateways.await(push("right", gateway));

        ReceivedPush early = gateway.next();
        assertThat(early.timestamp()).isEqualTo("1789996400");
        assertThat(early.element("CreateTime")).isEqualTo("1789996400");
        assertThat(early.signature())
                .isEqualTo(IndependentCrypto.signature(TestAccounts.TOKEN, early.timestamp(), early.nonce()));
        assertThat(gateway.next().timestamp()).isEqualTo("1790000000");
    }

    @Test
    void doesNotAskAgainWhenToldSo() {
        RecordingGateway gateway = new RecordingGateway(
                vertx, (response, number) -> response.setStatusCode(500).end());
        faults.untilCleared(new PushFault.NoRetry());

        assertThat(Gateways.await(push("one", gateway)).attempts()).hasSize(1);
        assertThat(Gateways.await(push("two", gateway)).attempts()).hasSize(1);
        faults.clear();
        assertThat(Gateways.await(push("three", gateway)).attempts()).hasSize(3);
    }

    private Future<Delivered> push(String content, RecordingGateway gateway) {
        return courier.deliver(text(content), TestAccounts.in(PushMode.PLAINTEXT), gateway.url);
    }

    private SimulatedPush text(String content) {
        PushOrder order = new PushOrder(
                "text", Optional.empty(), List.of(FieldSetting.parse("Content=" + content)), Optional.empty());
        return factory.create(order, TestAccounts.withoutKey());
    }

    private static SimulatedAccount named(String name) {
        SimulatedAccount account = TestAccounts.in(PushMode.PLAINTEXT);
        return new SimulatedAccount(
                name, account.appId(), account.token(), account.aesKey(), account.originalId(), account.mode());
    }
}
