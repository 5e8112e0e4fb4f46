package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.http.RawHttp;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ApiFaultsTest {
    private static final String PATH = "/cgi-bin/token";
    private static final String CALL = PATH + "?" + TestApi.TOKEN_QUERY;
    private static final String RAW_CALL = "GET " + CALL + " HTTP/1.1\r\nHost: x\r\n\r\n";

    private TestApi api;

    @BeforeEach
    void start(Vertx vertx) {
        api = TestApi.start(vertx);
    }

    @Test
    void refusesTheNextCallsOfThePathOnly() {
        api.server.faults().next(PATH, 2, new ApiFault.Refusal(89503, "needs confirmation"));

        assertThat(api.get("/cgi-bin/getcallbackip").body()).contains("41001");
        assertThat(api.get(CALL).body()).startsWith("{\"errcode\":89503,\"errmsg\":\"needs confirmation rid: ");
        assertThat(api.get(CALL).body()).contains("89503");
        assertThat(api.get(CALL).body()).contains("access_token");
        assertThat(api.server.faults().all()).isEmpty();
        assertThat(api.account().quotas().used(PATH)).isEqualTo(1);
        assertThat(api.server.counts().of("main", PATH)).isEqualTo(3);
    }

    @Test
    void strikesEveryCallUntilCleared() {
        api.server.faults().always(ApiFaults.EVERY_PATH, new ApiFault.Refusal(-1, "system error"));

        assertThat(api.get(CALL).body()).contains("\"errcode\":-1,");
        assertThat(api.get("/cgi-bin/getcallbackip").body()).contains("\"errcode\":-1,");
        api.server.faults().clear();
        assertThat(api.get(CALL).body()).contains("access_token");
    }

    @Test
    void strikesInTheOrderOfPlanning() {
        api.server.faults().next(PATH, 1, new ApiFault.Refusal(40013, "first"));
        api.server.faults().next(ApiFaults.EVERY_PATH, 1, new ApiFault.Refusal(40125, "second"));

        assertThat(api.get(CALL).body()).contains("40013");
        assertThat(api.get(CALL).body()).contains("40125");
    }

    @Test
    void answersWithAnotherStatus() {
        api.server.faults().next(PATH, 1, new ApiFault.Status(502, "Bad Gateway"));

        HttpResponse<String> response = api.get(CALL);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEqualTo("Bad Gateway");
        assertThat(tokens()).isZero();
    }

    @Test
    void answersAPageInsteadOfJson() {
        api.server.faults().next(PATH, 1, new ApiFault.Html());

        HttpResponse<String> response = api.get(CALL);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(response.body()).startsWith("<html>");
        assertThat(tokens()).isZero();
    }

    @Test
    void cutsTheAnswerInHalf() {
        api.server.faults().next(PATH, 1, new ApiFault.Truncated());

        assertThat(api.get(CALL).body()).startsWith("{\"access_token\":\"").doesNotContain("expires_in");
        assertThat(tokens()).isEqualTo(1);
    }

    @Test
    void answersLate() {
        api.server.faults().next(PATH, 1, new ApiFault.Delay(Duration.ofSeconds(3)));

        CompletableFuture<HttpResponse<String>> response = api.sending("GET", CALL, "");
        until(() -> api.time.waiting() == 1);
        api.time.advance(Duration.ofMillis(2_999));
        assertThat(response).isNotDone();
        assertThat(tokens()).isEqualTo(1);
        api.time.advance(Duration.ofMillis(1));

        assertThat(TestApi.await(response).body()).contains("access_token");
    }

    @Test
    void hangsForAMinuteAndCloses() throws IOException {
        api.server.faults().next(PATH, 1, new ApiFault.Hang());

        try (RawHttp http = api.connect()) {
            http.send(RAW_CALL);
            until(() -> api.time.waiting() == 1);
            api.time.advance(Duration.ofSeconds(59));
            assertThat(http.isClosedByServer()).isFalse();
            api.time.advance(Duration.ofSeconds(1));
            assertThat(http.untilClosed()).isEmpty();
        }
        assertThat(tokens()).isZero();
    }

    @Test
    void stopsWaitingWhenTheCallerOfAHangingCallLeaves() throws IOException {
        api.server.faults().next(PATH, 1, new ApiFault.Hang());

        try (RawHttp http = api.connect()) {
            http.send(RAW_CALL);
            until(() -> api.time.waiting() == 1);
        }

        until(() -> api.time.waiting() == 0);
    }

    @Test
    void resetsTheConnectionBeforeAnythingIsDone() throws IOException {
        api.server.faults().next(PATH, 1, new ApiFault.Reset());

        assertReset();
        assertThat(tokens()).isZero();
    }

    @Test
    void losesTheAnswerOfWhatWasDone() throws IOException {
        api.server.faults().next(PATH, 1, new ApiFault.AnswerLost());

        assertReset();
        assertThat(tokens()).isEqualTo(1);
    }

    @Test
    void letsNoMoreThan1000FaultsWait() {
        for (int i = 0; i < 1_000; i++) {
            api.server.faults().next(PATH, 1, new ApiFault.Html());
        }

        assertThatThrownBy(() -> api.server.faults().next(PATH, 1, new ApiFault.Html()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("more than 1000 faults wait: clear some");
    }

    @Test
    void refusesAFaultThatNeverStrikes() {
        assertThatThrownBy(() -> api.server.faults().next(PATH, 0, new ApiFault.Html()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertReset() throws IOException {
        try (RawHttp http = api.connect()) {
            http.send(RAW_CALL);
            assertThatThrownBy(http::response).isInstanceOf(SocketException.class);
        }
    }

    private int tokens() {
        return api.platform.exclusively(
                () -> api.account().tokens().save().path("classic").size());
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 20 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
