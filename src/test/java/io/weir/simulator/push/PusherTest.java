package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Responded;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Unanswered;
import io.weir.simulator.push.Pusher.Connections;
import io.weir.simulator.time.RealTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PusherTest {
    private final SimulatedPush push =
            new PushFactory(PushTemplates.bundled()).create(PushOrder.of("CLICK"), TestAccounts.withoutKey());

    private Vertx vertx;
    private Pusher pusher;

    @BeforeEach
    void open(Vertx ownVertx) {
        vertx = ownVertx;
        pusher = new Pusher(vertx);
    }

    @Test
    void sendsThePushAndReadsTheReply() {
        DeliveryAttempt attempt = deliver(PushMode.PLAINTEXT, Gateways.answering(vertx, AnswerSamples.text("hello")));

        assertThat(attempt.accepted()).isTrue();
        assertThat(answered(attempt).status()).isEqualTo(200);
        assertThat(answered(attempt).reading().verdict()).isEqualTo(DeliveryVerdict.shown("hello"));
        assertThat(attempt.outcome().time()).isPositive();
    }

    @Test
    void readsAnEncryptedReply() {
        URI gateway = Gateways.answering(vertx, AnswerSamples.sealed(AnswerSamples.text("secret")));

        assertThat(answered(deliver(PushMode.SAFE, gateway)).reading().verdict())
                .isEqualTo(DeliveryVerdict.shown("secret"));
        assertThat(answered(deliver(PushMode.COMPATIBLE, gateway)).reading().verdict())
                .isEqualTo(DeliveryVerdict.shown("secret"));
    }

    @Test
    void sendsWhatWeChatSends() throws Exception {
        CompletableFuture<HttpServerRequest> head = new CompletableFuture<>();
        CompletableFuture<String> body = new CompletableFuture<>();
        URI gateway = Gateways.await(vertx.createHttpServer()
                .requestHandler(request -> {
                    head.complete(request);
                    request.body().onSuccess(bytes -> {
                        body.complete(bytes.toString());
                        request.response().end("success");
                    });
                })
                .listen(0, "127.0.0.1")
                .map(server -> URI.create("http://127.0.0.1:" + server.actualPort() + "/wx/dev?own=1")));

        deliver(PushMode.PLAINTEXT, gateway);

        HttpServerRequest request = head.get();
        assertThat(request.method().name()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/wx/dev");
        assertThat(request.getHeader("Content-Type")).isEqualTo("text/xml");
        assertThat(request.getParam("own")).isEqualTo("1");
        assertThat(request.getParam("openid")).isEqualTo(PushFactory.DEFAULT_USER);
        assertThat(request.getParam("signature"))
                .isEqualTo(IndependentCrypto.signature(
                        TestAccounts.TOKEN, request.getParam("timestamp"), request.getParam("nonce")));
        assertThat(body.get()).isEqualTo(push.xml());
    }

    @Test
    void signsEachAttemptAfresh() {
        URI gateway = Gateways.answering(vertx, "success");

        DeliveryAttempt first = deliver(PushMode.SAFE, gateway);
        DeliveryAttempt second = deliver(PushMode.SAFE, gateway);

        assertThat(first.request()).isNotEqualTo(second.request());
        assertThat(answered(first).reading().kind()).isEqualTo("success");
    }

    @Test
    void takesARefusalAsAnAnswer() {
        URI gateway = Gateways.http(
                vertx, (body, response) -> response.setStatusCode(403).end());

        DeliveryAttempt attempt = deliver(PushMode.PLAINTEXT, gateway);

        assertThat(attempt.accepted()).isFalse();
        assertThat(answered(attempt).status()).isEqualTo(403);
    }

    @Test
    void followsNoRedirect() {
        URI gateway = Gateways.http(
                vertx,
                (body, response) -> response.setStatusCode(302)
                        .putHeader("Location", "/elsewhere")
                        .end());

        assertThat(answered(deliver(PushMode.PLAINTEXT, gateway)).status()).isEqualTo(302);
    }

    @Test
    void hangsUpOnAGatewayThatDoesNotAnswer() {
        pusher = new Pusher(vertx, new RealTime(vertx), Duration.ofMillis(150), Connections.LIKE_WECHAT);
        CompletableFuture<Void> cut = new CompletableFuture<>();
        URI gateway = Gateways.http(vertx, (body, response) -> response.exceptionHandler(closed -> cut.complete(null)));

        DeliveryAttempt attempt = deliver(PushMode.PLAINTEXT, gateway);

        assertThat(problem(attempt)).contains("no answer from 127.0.0.1", "within 150 ms");
        assertThat(attempt.outcome().time()).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        assertThat(cut).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void hangsUpOnAGatewayThatTrickles() {
        pusher = new Pusher(vertx, new RealTime(vertx), Duration.ofMillis(150), Connections.LIKE_WECHAT);
        URI gateway = Gateways.http(
                vertx,
                (body, response) -> response.putHeader("Content-Length", "100").write("<xml>"));

        assertThat(problem(deliver(PushMode.PLAINTEXT, gateway))).contains("within 150 ms");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        URI gateway = Gateways.absent();

        assertThat(problem(deliver(PushMode.PLAINTEXT, gateway)))
                .isEqualTo("connection refused at " + gateway.getRawAuthority()
                        + "; is the server running? Weir itself starts with: weir dev");
    }

    @Test
    void saysThatTheAnswerWasCutShort() {
        URI gateway = Gateways.raw(vertx, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<xml>");

        assertThat(problem(deliver(PushMode.PLAINTEXT, gateway))).contains("closed the connection");
    }

    @Test
    void saysThatTheAnswerIsNotHttp() {
        assertThat(problem(deliver(PushMode.PLAINTEXT, Gateways.raw(vertx, "220 mail ready\r\n\r\n"))))
                .contains("no usable answer");
    }

    @Test
    void readsNoMoreThanOneMebibyte() {
        String most = "x".repeat(1 << 20);

        assertThat(answered(deliver(PushMode.PLAINTEXT, Gateways.answering(vertx, most)))
                        .reading()
                        .clear())
                .hasSize(1 << 20);
        assertThat(problem(deliver(PushMode.PLAINTEXT, Gateways.answering(vertx, most + "x"))))
                .contains("longer than 1048576 bytes");
    }

    @Test
    void carriesManyPushesAtOnce() {
        URI gateway = Gateways.answering(vertx, AnswerSamples.sealed(AnswerSamples.text("x")));

        List<Future<DeliveryAttempt>> all = Stream.generate(
                        () -> pusher.push(push, TestAccounts.in(PushMode.SAFE), gateway))
                .limit(50)
                .toList();

        assertThat(all).allMatch(future -> Gateways.await(future).accepted());
    }

    private DeliveryAttempt deliver(PushMode mode, URI gateway) {
        return Gateways.await(pusher.push(push, TestAccounts.in(mode), gateway));
    }

    private static Responded answered(DeliveryAttempt attempt) {
        assertThat(attempt.outcome()).isInstanceOf(Responded.class);
        return (Responded) attempt.outcome();
    }

    private static String problem(DeliveryAttempt attempt) {
        assertThat(attempt.accepted()).isFalse();
        assertThat(attempt.outcome()).isInstanceOf(Unanswered.class);
        return ((Unanswered) attempt.outcome()).problem();
    }
}
