package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Responded;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Unanswered;
import io.weir.simulator.push.Pusher.Connections;
import io.weir.simulator.push.RecordingGateway.ReceivedPush;
import io.weir.simulator.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class CourierTest {
    private static final Instant START = Instant.ofEpochSecond(1790000000);

    private final VirtualTime time = new VirtualTime(START);
    private final SimulatedPush push =
            new PushFactory(PushTemplates.bundled()).create(PushOrder.of("CLICK"), TestAccounts.withoutKey());

    private Vertx vertx;
    private Courier courier;

    @BeforeEach
    void open(Vertx ownVertx) {
        vertx = ownVertx;
        courier = new Courier(new Pusher(vertx, time, Pusher.WECHAT_LIMIT, Connections.LIKE_WECHAT));
    }

    @Test
    void isCutAfterFiveSecondsThreeTimesInARow() {
        RecordingGateway gateway = RecordingGateway.silent(vertx);

        Future<Delivered> delivering = courier.deliver(push, TestAccounts.in(PushMode.PLAINTEXT), gateway.url);
        List<ReceivedPush> received =
                Stream.generate(() -> cut(gateway)).limit(3).toList();

        Delivered delivered = Gateways.await(delivering);
        assertThat(delivered.attempts()).extracting(DeliveryAttempt::number).containsExactly(1, 2, 3);
        assertThat(delivered.attempts())
                .extracting(DeliveryAttempt::start)
                .containsExactly(START, START.plusSeconds(5), START.plusSeconds(10));
        assertThat(delivered.attempts())
                .allSatisfy(attempt -> assertThat(attempt.outcome().time()).isEqualTo(Duration.ofSeconds(5)));
        assertThat(received).extracting(ReceivedPush::body).containsOnly(push.xml());
        assertThat(delivered.accepted()).isFalse();
        assertThat(delivered.answer()).isEmpty();
        assertThat(delivered.verdict().effect()).isEqualTo(DeliveryVerdict.Effect.FAULT);
        assertThat(delivered.verdict().text()).contains("within 5000 ms");
        assertThat(time.waiting()).isZero();
    }

    @Test
    void doesNotCutBeforeTheFiveSecondsAreOver() {
        RecordingGateway gateway = RecordingGateway.silent(vertx);

        Future<Delivered> delivering = courier.deliver(push, TestAccounts.in(PushMode.PLAINTEXT), gateway.url);
        gateway.next();
        time.advance(Duration.ofMillis(4999));

        assertThat(delivering.isComplete()).isFalse();
        assertThat(time.waiting()).isOne();
        assertThat(gateway.count()).isOne();
    }

    @ParameterizedTest
    @EnumSource(PushMode.class)
    void signsAndEncryptsEachAttemptAfreshAndKeepsWhatIsInIt(PushMode mode) {
        RecordingGateway gateway = RecordingGateway.silent(vertx);

        Future<Delivered> delivering = courier.deliver(push, TestAccounts.in(mode), gateway.url);
        List<ReceivedPush> received =
                Stream.generate(() -> cut(gateway)).limit(3).toList();

        Gateways.await(delivering);
        assertThat(received)
                .extracting(ReceivedPush::timestamp)
                .containsExactly("1790000000", "1790000005", "1790000010");
        assertThat(received).extracting(ReceivedPush::nonce).doesNotHaveDuplicates();
        assertThat(received).allSatisfy(each -> {
            assertThat(each.signature())
                    .isEqualTo(IndependentCrypto.signature(TestAccounts.TOKEN, each.timestamp(), each.nonce()));
            assertThat(inTheClear(each, mode)).isEqualTo(push.xml());
        });
        if (mode.encrypts()) {
            assertThat(received).extracting(ReceivedPush::encrypt).doesNotHaveDuplicates();
        }
    }

    @Test
    void showsTheReplyOfALaterAttempt() {
        RecordingGateway gateway = new RecordingGateway(vertx, (response, number) -> {
            if (number == 2) {
                response.end(AnswerSamples.text("at last"));
            }
        });

        Future<Delivered> delivering = courier.deliver(push, TestAccounts.in(PushMode.PLAINTEXT), gateway.url);
        cut(gateway);

        Delivered delivered = Gateways.await(delivering);
        assertThat(delivered.verdict()).isEqualTo(DeliveryVerdict.shown("at last"));
        assertThat(delivered.accepted()).isTrue();
        assertThat(delivered.attempts().stream().map(DeliveryAttempt::outcome).map(Object::getClass))
                .containsExactly(Unanswered.class, Responded.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 403, 404, 500, 502, 503})
    void asksAgainAfterAnotherStatusThan200(int status) {
        RecordingGateway gateway = new RecordingGateway(
                vertx,
                (response, number) ->
                        response.setStatusCode(number < 3 ? status : 200).end());

        Delivered delivered = deliver(gateway.url);

        assertThat(delivered.attempts()).hasSize(3);
        assertThat(delivered.verdict()).isEqualTo(DeliveryVerdict.nothing(""));
    }

    @Test
    void asksAgainWhenTheConnectionIsRefusedOrClosed() throws Exception {
        assertThat(deliver(Gateways.absent()).attempts()).hasSize(3);
        assertThat(deliver(Gateways.raw(vertx, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<"))
                        .attempts())
                .hasSize(3);
        assertThat(deliver(Gateways.raw(vertx, "")).verdict().text()).contains("closed the connection");
    }

    @Test
    void doesNotAskAgainWhenTheAnswerIsUnusable() {
        RecordingGateway gateway = new RecordingGateway(vertx, (response, number) -> response.end("ok"));

        Delivered delivered = deliver(gateway.url);

        assertThat(delivered.attempts()).hasSize(1);
        assertThat(delivered.verdict().effect()).isEqualTo(DeliveryVerdict.Effect.FAULT);
        assertThat(gateway.count()).isOne();
    }

    @Test
    void makesAsManyAttemptsAsTold() {
        RecordingGateway gateway = new RecordingGateway(
                vertx, (response, number) -> response.setStatusCode(500).end());

        Delivered delivered = Gateways.await(courier.deliver(
                push, TestAccounts.in(PushMode.PLAINTEXT), gateway.url, Handling.LIKE_WECHAT.withAttempts(4)));

        assertThat(delivered.attempts()).hasSize(4);
        assertThat(gateway.count()).isEqualTo(4);
    }

    private Delivered deliver(URI gateway) {
        return Gateways.await(courier.deliver(push, TestAccounts.in(PushMode.PLAINTEXT), gateway));
    }

    /** Waits until the gateway has the push, then lets the five seconds pass. */
    private ReceivedPush cut(RecordingGateway gateway) {
        ReceivedPush received = gateway.next();
        time.advance(Duration.ofSeconds(5));
        return received;
    }

    private static String inTheClear(ReceivedPush received, PushMode mode) {
        return mode.encrypts()
                ? IndependentCrypto.decrypt(received.encrypt(), TestAccounts.AES_KEY, TestAccounts.APP_ID)
                : received.body();
    }
}
