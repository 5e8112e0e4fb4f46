package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Observers;
import io.weir.http.RawHttp;
import io.weir.redis.Await;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AnswerTest {
    private static final byte[] PUSH = Forge.post("/wx/plain", Forge.signed(), Forge.CLICK);
    private static final String SUCCESS = """
            HTTP/1.1 200 OK
            content-type: text/plain; charset=utf-8
            X-Content-Type-Options: nosniff
            content-length: 7

            success""".replace("\n", "\r\n");

    @Test
    void answersAPlainPushWithAPlainReply(Vertx vertx) throws IOException {
        String answer = TestReceiver.start(vertx).response(PUSH);

        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("content-type: text/xml; charset=utf-8", "X-Content-Type-Options: nosniff")
                .contains("<ToUserName><![CDATA[oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4]]></ToUserName>")
                .contains("<Content><![CDATA[" + TestReceiver.ANSWERED + "]]></Content>");
    }

    @Test
    void answersAnEncryptedPushEncrypted(Vertx vertx) throws IOException {
        TestReceiver receiver = TestReceiver.start(vertx);
        String encrypt = Forge.encrypt(Forge.CLICK);

        for (String account : List.of("compatible", "safe")) {
            String answer =
                    receiver.response(Forge.post("/wx/" + account, Forge.sealed(encrypt), Forge.envelope(encrypt)));

            assertThat(answer)
                    .contains("text/xml", "<Encrypt>", "<MsgSignature>", "<TimeStamp>", "<Nonce>")
                    .doesNotContain("<Content>", TestReceiver.ANSWERED);
        }
        assertThat(receiver.response(Forge.post("/wx/compatible", Forge.signed(), Forge.CLICK)))
                .contains(TestReceiver.ANSWERED);
    }

    @Test
    void answersSuccessWhenTheCorridorFails(Vertx vertx) throws IOException {
        assertThat(answer(vertx, delivery -> Future.failedFuture("broken"))).isEqualTo(SUCCESS);
    }

    @Test
    void answersSuccessAtTheDeadlineWhenTheHandlerNeverAnswers(Vertx vertx) throws IOException {
        IdentityCodec.install(vertx);
        vertx.eventBus().localConsumer(PushType.CLICK.address() + "@any", message -> {});

        assertThat(answer(
                        vertx,
                        delivery ->
                                HandlerStage.bus(vertx, new Observers(vertx)).apply(delivery)))
                .isEqualTo(SUCCESS);
    }

    @Test
    void answersSuccessToAReplyThatCannotBeWritten(Vertx vertx) throws IOException {
        assertThat(answer(vertx, delivery -> Future.succeededFuture(unwritable())))
                .isEqualTo(SUCCESS);
    }

    @Test
    void answersSuccessInClearAlsoToAnEncryptedPush(Vertx vertx) throws IOException {
        TestReceiver receiver = TestReceiver.start(vertx, delivery -> Future.failedFuture("x"), Duration.ofSeconds(4));
        String encrypt = Forge.encrypt(Forge.CLICK);

        assertThat(receiver.response(Forge.post("/wx/safe", Forge.sealed(encrypt), Forge.envelope(encrypt))))
                .isEqualTo(SUCCESS);
    }

    @Test
    void countsWhoHangsUpBeforeTheAnswer(Vertx vertx) throws IOException {
        Promise<Reply> reply = Promise.promise();
        TestReceiver receiver = TestReceiver.start(vertx, delivery -> reply.future(), Duration.ofSeconds(4));
        double before = receiver.metrics
                .get("weir.last.push.timestamp")
                .tag("account", "plain")
                .gauge()
                .value();

        try (RawHttp http = receiver.connect()) {
            http.send(Forge.post("/wx/plain", Forge.signed(), Forge.CLICK));
            Await.until("it has arrived", () -> !receiver.arrived.isEmpty());
        }
        Await.until("its end is seen", () -> receiver.connections() == 0);
        reply.complete(Reply.text("too late"));

        Await.until("counted", () -> receiver.alarms("plain", "request_timeout") == 1);
        assertThat(receiver.alarms("plain", "bad_answer")).isZero();
        assertThat(receiver.alarms("safe", "request_timeout")).isZero();
        assertThat(before).isZero();
        assertThat(receiver.metrics
                        .get("weir.last.push.timestamp")
                        .tag("account", "plain")
                        .gauge()
                        .value())
                .isEqualTo(Forge.NOW);
    }

    @Test
    void dropsForbiddenCharactersAndCountsThem(Vertx vertx) throws IOException {
        TestReceiver receiver = TestReceiver.start(vertx);

        String answer = receiver.response(
                Forge.post("/wx/plain", Forge.signed(), Forge.CLICK.replace("[K]", "[\u0001K\u0008\uffff]")));

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(((Click) receiver.arrived.element()).eventKey()).isEqualTo("K");
        assertThat(receiver.count("weir.dropped.characters")).isEqualTo(3);
    }

    @Test
    void answersPipelinedPushesInTheirOrder(Vertx vertx) throws IOException {
        TestReceiver receiver = TestReceiver.start(
                vertx,
                delivery -> {
                    String key = ((Click) delivery.push()).eventKey();
                    Future<Reply> reply = Future.succeededFuture(Reply.text("answer to " + key));
                    return key.equals("0")
                            ? vertx.timer(100, TimeUnit.MILLISECONDS).compose(late -> reply)
                            : reply;
                },
                Duration.ofSeconds(4));

        try (RawHttp http = receiver.connect()) {
            for (int i = 0; i < 5; i++) {
                http.send(Forge.post("/wx/plain", Forge.signedAnew(), Forge.CLICK.replace("[K]", "[" + i + "]")));
            }
            for (int i = 0; i < 5; i++) {
                assertThat(http.response()).contains("answer to " + i);
            }
        }
    }

    @Test
    void answersHttp10AndCloses(Vertx vertx) throws IOException {
        TestReceiver receiver = TestReceiver.start(vertx);

        try (RawHttp http = receiver.connect()) {
            http.send("POST /wx/plain?" + Forge.signed() + " HTTP/1.0\r\nContent-Length: " + Forge.CLICK.length()
                    + "\r\n\r\n" + Forge.CLICK);

            assertThat(http.untilClosed()).startsWith("HTTP/1.0 200 OK").contains(TestReceiver.ANSWERED);
        }
    }

    @SuppressWarnings("NullAway") // a handler in a jar need not be checked for it
    private static Reply unwritable() {
        return new Reply.Text(null);
    }

    private static String answer(Vertx vertx, Function<Delivery<?>, Future<Reply>> dispatcher) throws IOException {
        return TestReceiver.start(vertx, dispatcher, Duration.ofMillis(200)).response(PUSH);
    }
}
