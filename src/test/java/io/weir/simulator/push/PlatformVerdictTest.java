package io.weir.simulator.push;

import static io.weir.simulator.push.DeliveryVerdict.Effect.FAULT;
import static io.weir.simulator.push.DeliveryVerdict.Effect.NOTHING;
import static io.weir.simulator.push.DeliveryVerdict.Effect.SHOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.junit5.VertxExtension;
import io.weir.simulator.push.Pusher.Connections;
import io.weir.simulator.time.RealTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the platform makes of each answer: the table of push-protocol.md §6, row by row, in each mode, over HTTP. */
@ExtendWith(VertxExtension.class)
class PlatformVerdictTest {
    private static final String PLAIN = AnswerSamples.text("hi");
    private static final String SEALED = AnswerSamples.sealed(PLAIN);
    private static final String EMPTY_CONTENT = AnswerSamples.text("");
    private static final String OTHER_KEY =
            IndependentCrypto.envelope(PLAIN, TestAccounts.TOKEN, "B".repeat(43), TestAccounts.APP_ID);
    private static final String OTHER_TOKEN =
            IndependentCrypto.envelope(PLAIN, "other", TestAccounts.AES_KEY, TestAccounts.APP_ID);

    private final SimulatedPush push =
            new PushFactory(PushTemplates.bundled()).create(PushOrder.of("CLICK"), TestAccounts.withoutKey());

    /** Row, the three answers in the order plaintext, compatible, safe, and the effect. */
    static Stream<Arguments> rows() {
        return Stream.of(
                        row("success", "success", "success", "success", NOTHING),
                        row("length 0", "", "", "", NOTHING),
                        row("valid reply", PLAIN, PLAIN, SEALED, SHOWN),
                        row("valid reply, encrypted where it may be", PLAIN, SEALED, SEALED, SHOWN),
                        row("empty Content", EMPTY_CONTENT, EMPTY_CONTENT, AnswerSamples.sealed(EMPTY_CONTENT), FAULT),
                        row("JSON", "{\"errcode\":0}", "{\"errcode\":0}", "{\"errcode\":0}", FAULT),
                        row("HTML", "<html>ok</html>", "<html>ok</html>", "<html>ok</html>", FAULT),
                        row("SUCCESS", "SUCCESS", "SUCCESS", "SUCCESS", FAULT),
                        row("ok", "ok", "ok", "ok", FAULT),
                        row("quoted", "\"success\"", "\"success\"", "\"success\"", FAULT),
                        row("with newline", "success\n", "success\n", "success\n", FAULT),
                        row("wrong XML", "<xml><a></xml>", "<xml><a></xml>", "<xml><a></xml>", FAULT),
                        row("XML that is no reply", "<xml><a/></xml>", "<xml><a/></xml>", "<xml><a/></xml>", FAULT),
                        row("the mode's wrong form", SEALED, OTHER_KEY, PLAIN, FAULT),
                        row("wrongly encrypted", OTHER_KEY, OTHER_KEY, OTHER_KEY, FAULT),
                        row("wrongly signed", OTHER_TOKEN, OTHER_TOKEN, OTHER_TOKEN, FAULT),
                        row(
                                "success, encrypted",
                                AnswerSamples.sealed("success"),
                                AnswerSamples.sealed("success"),
                                AnswerSamples.sealed("success"),
                                FAULT))
                .flatMap(List::stream);
    }

    private static List<Arguments> row(
            String row, String plaintext, String compatible, String safe, DeliveryVerdict.Effect effect) {
        return List.of(
                arguments(row, PushMode.PLAINTEXT, plaintext, effect),
                arguments(row, PushMode.COMPATIBLE, compatible, effect),
                arguments(row, PushMode.SAFE, safe, effect));
    }

    @ParameterizedTest(name = "{0} in {1} mode: {3}")
    @MethodSource("rows")
    void anAnswerOf200EndsIt(String row, PushMode mode, String body, DeliveryVerdict.Effect effect, Vertx vertx) {
        Delivered delivered = deliver(vertx, mode, Gateways.answering(vertx, body));

        assertThat(delivered.verdict().effect()).isEqualTo(effect);
        assertThat(delivered.attempts()).hasSize(1);
        assertThat(delivered.accepted()).isEqualTo(effect != FAULT);
    }

    @ParameterizedTest
    @EnumSource(PushMode.class)
    void anotherStatusIsTriedAgainAndEndsInTheFaultNotice(PushMode mode, Vertx vertx) {
        assertLapses(vertx, mode, response -> response.setStatusCode(500).end("success"), "500");
        assertLapses(vertx, mode, response -> response.setStatusCode(403).end(), "403");
        assertLapses(
                vertx,
                mode,
                response -> response.setStatusCode(302)
                        .putHeader("Location", "/wx/dev")
                        .end("success"),
                "302");
    }

    private void assertLapses(Vertx vertx, PushMode mode, Consumer<HttpServerResponse> answer, String why) {
        URI gateway = Gateways.http(vertx, (body, response) -> answer.accept(response));
        assertLapses(deliver(vertx, mode, gateway), why);
    }

    @ParameterizedTest
    @EnumSource(PushMode.class)
    void noAnswerIsTriedAgainAndEndsInTheFaultNotice(PushMode mode, Vertx vertx) throws Exception {
        assertLapses(deliver(vertx, mode, Gateways.silent(vertx)), "within 150 ms");
        assertLapses(deliver(vertx, mode, Gateways.absent()), "connection refused");
        assertLapses(deliver(vertx, mode, Gateways.raw(vertx, "")), "closed the connection");
    }

    @Test
    void aReplyWhereNoneIsTakenIsNotShown(Vertx vertx) {
        SimulatedPush view =
                new PushFactory(PushTemplates.bundled()).create(PushOrder.of("VIEW"), TestAccounts.withoutKey());

        Delivered delivered = Gateways.await(
                courier(vertx).deliver(view, TestAccounts.in(PushMode.PLAINTEXT), Gateways.answering(vertx, PLAIN)));

        assertThat(delivered.verdict().effect()).isEqualTo(NOTHING);
        assertThat(delivered.accepted()).isTrue();
    }

    private static void assertLapses(Delivered delivered, String why) {
        assertThat(delivered.attempts()).hasSize(3);
        assertThat(delivered.verdict().effect()).isEqualTo(FAULT);
        assertThat(delivered.verdict().text()).contains(why);
        assertThat(delivered.accepted()).isFalse();
    }

    private Delivered deliver(Vertx vertx, PushMode mode, URI gateway) {
        return Gateways.await(courier(vertx).deliver(push, TestAccounts.in(mode), gateway));
    }

    /** A short limit, for the answers that do not come. */
    private static Courier courier(Vertx vertx) {
        return new Courier(new Pusher(vertx, new RealTime(vertx), Duration.ofMillis(150), Connections.LIKE_WECHAT));
    }
}
