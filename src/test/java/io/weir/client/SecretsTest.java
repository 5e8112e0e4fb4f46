package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.calls.CustomerMessage;
import io.weir.client.calls.CustomerServiceCalls;
import io.weir.client.calls.QuotaCalls;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class SecretsTest {
    private static final String FRESH = "90_freshTokenThatJustArrived";
    private static final String OPEN_ID = "oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4";
    private static final String CONTENT = "a word to the user";
    private static final String[] SECRETS = {
        CountedTokens.START, "80_tokenOfTheTest", TestClient.APP_SECRET, FRESH, OPEN_ID, CONTENT
    };

    @Test
    void appearInNoLogAndNoExceptionWhateverGoesWrong(Vertx vertx) throws Exception {
        List<String> texts = new ArrayList<>();

        try (LogCapture log = LogCapture.of(org.slf4j.Logger.ROOT_LOGGER_NAME)) {
            for (FakeApi api : troubles(vertx)) {
                TestClient test = new TestClient(vertx, api.uri(), Duration.ofMillis(100));
                everyKindOfCall(test, texts);
                assertThat(api.received()).isNotEmpty();
            }
            everyKindOfCall(new TestClient(vertx, URI.create("http://127.0.0.1:1"), Duration.ofMillis(100)), texts);
            for (int each = 0; each < log.events().size(); each++) {
                texts.add(log.text(each));
            }
            assertThat(log.events()).anyMatch(event -> event.getLoggerName().startsWith("io.weir.client"));
        }

        assertThat(texts).hasSizeGreaterThan(50);
        assertThat(texts).allSatisfy(text -> assertThat(text).doesNotContain(SECRETS));
    }

    /** APIs and proxies that say back all that they were sent, and more. */
    private static List<FakeApi> troubles(Vertx vertx) throws Exception {
        List<FakeApi> troubles = new ArrayList<>();
        for (int code : new int[] {-1, 40001, 42001, 40164, 40125, 48001, 45009, 40003, 999}) {
            FakeApi api = new FakeApi(vertx);
            troubles.add(api.then(request -> FakeApi.json(
                    request, echo(code, request.uri() + " " + api.last().body()))));
        }
        troubles.add(new FakeApi(vertx)
                .then(request -> request.response()
                        .setStatusCode(502)
                        .putHeader("Content-Type", "text/html")
                        .end("<h1>Bad Gateway</h1> " + request.absoluteURI() + " token: " + FRESH)));
        troubles.add(new FakeApi(vertx).answering("{\"access_token\":\"" + FRESH));
        troubles.add(new FakeApi(vertx).answering("{\"access_token\":\"" + FRESH + "\",\"expires_in\":-7}"));
        troubles.add(new FakeApi(vertx).answering(FRESH));
        troubles.add(new FakeApi(vertx).answering(""));
        troubles.add(new FakeApi(vertx).then(request -> {}));
        troubles.add(new FakeApi(vertx).then(request -> request.connection().close()));
        troubles.add(
                new FakeApi(vertx).then(FakeApi.bytes(200, "text/plain", Buffer.buffer((FRESH + " ").repeat(50_000)))));
        return troubles;
    }

    private static void everyKindOfCall(TestClient test, List<String> texts) throws Exception {
        WeChatCredentialFetcher issuer = new WeChatCredentialFetcher(test.client, TestClient.ACCOUNTS);
        CustomerServiceCalls service = new CustomerServiceCalls(test.client);
        for (int round = 0; round < 2; round++) {
            note(issuer.issue("main", CredentialKind.ACCESS_TOKEN, false), texts);
            note(issuer.issue("classic", CredentialKind.ACCESS_TOKEN, false), texts);
            note(issuer.issue("main", CredentialKind.JSAPI_TICKET, false), texts);
            note(new QuotaCalls(test.client).clearBySecret(TestClient.MAIN), texts);
            note(service.send("main", OPEN_ID, new CustomerMessage.Text(CONTENT)), texts);
            note(test.client.call("main", Call.get("/cgi-bin/user/info").with("openid", OPEN_ID)), texts);
        }
        test.client.stops().forEach(stop -> texts.add(stop.toString()));
    }

    private static void note(Future<?> call, List<String> texts) throws Exception {
        Throwable failure = Futures.get(call.map(done -> new Throwable("none")).otherwise(cause -> cause));
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        texts.add(trace.toString());
    }

    private static String echo(int code, String said) {
        return Json.object()
                .put("errcode", code)
                .put("errmsg", "you said " + said + " openid " + OPEN_ID + " rid: 1a-2b-3c")
                .toString();
    }
}
