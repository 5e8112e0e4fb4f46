package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.weir.simulator.push.Pusher.Connections;
import io.weir.simulator.push.UrlVerification.Problem;
import io.weir.simulator.time.RealTime;
import io.weir.wechat.crypto.MessageCrypto;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The GET by which WeChat verifies a push URL, against servers that answer it in all the wrong ways seen in the field. */
class UrlVerifierTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Pusher pusher = new Pusher(vertx);

    @AfterEach
    void close() {
        Gateways.await(pusher.close());
        Gateways.await(vertx.close());
    }

    @Test
    void aServerThatChecksTheSignatureAndEchoesPasses() {
        URI server = Gateways.checking(
                vertx, TestAccounts.TOKEN, (request, taken) -> asked.add(request.method() + " " + request.uri()));

        UrlVerification done = verify(URI.create(server + "?tenant=7"));

        assertThat(done.problem()).isEmpty();
        assertThat(done.status()).hasValue(200);
        assertThat(done.lines()).singleElement().asString().contains("passed").contains("/wx/dev?tenant=7,");
        assertThat(asked).singleElement().asString().startsWith("GET /wx/dev?tenant=7&signature=");
    }

    @Test
    void aServerWithAnotherTokenIsFoundOutByAskingOnceMore() {
        UrlVerification done = verify(Gateways.checking(
                vertx, "anotherToken", (request, taken) -> asked.add(request.method() + " " + request.uri())));

        assertThat(done.lines().get(0)).startsWith("Token 验证失败");
        assertThat(problem(done).found()).contains("403", "wrong signature", "another Token");
        assertThat(problem(done).remedy()).contains("Compare the Token", "SHA-1");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aServerThatRefusesForAnotherReasonIsNotSaidToHaveAnotherToken() {
        UrlVerification done = verify(server((request, response) -> {
            boolean right = signature(TestAccounts.TOKEN, request).equals(request.getParam("signature"));
            response.setStatusCode(403).end(right ? "source address" : "signature");
        }));

        assertThat(problem(done).found()).contains("403", "source address").doesNotContain("another Token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "success"})
    void aServerThatAnswersAnyGetAlikeIsNotSaidToHaveAnotherToken(String kind) {
        UrlVerification done = verify(server((request, response) -> response.end(body(kind, request))));

        assertThat(problem(done).found()).doesNotContain("another Token");
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            BOM     | byte order mark (BOM | UTF-8 without BOM
            newline | a line break         | no println
            quotes  | echostr in quotes    | writes JSON
            object  | echostr inside JSON  | not JSON
            html    | inside an HTML page  | not a page
            page    | an HTML page         | a login
            rounded | rounded number       | as text
            success | answer to a push     | pushes are POST
            nonce   | another parameter    | parameter echostr
            more    | something before     | text alone
            fail    | : invalid signature  | Compare the Token
            empty   | an empty body        | Compare the Token
            """)
    void aWrongBodyIsNamed(String kind, String found, String remedy) {
        UrlVerification done = verify(server((request, response) -> response.end(body(kind, request))));

        assertThat(problem(done).found()).contains(found);
        assertThat(problem(done).remedy()).contains(remedy);
        assertThat(problem(done).expected()).matches("200 with the body \\d{19}, byte for byte");
    }

    @ParameterizedTest
    @CsvSource({
        "301, a redirect to https://wx.example/, the URL that it leads to",
        "404, nothing for GET, Check the path",
        "405, takes no GET, Answer GET",
        "500, status 500: oops, log",
        "204, status 204, status 200"
    })
    void aWrongStatusIsNamed(int status, String found, String remedy) {
        UrlVerification done = verify(server((request, response) -> response.setStatusCode(status)
                .putHeader("Location", "https://wx.example/")
                .end(status == 204 ? "" : "oops")));

        assertThat(problem(done).found()).contains(found);
        assertThat(problem(done).remedy()).contains(remedy);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereAndOneThatIsSilentAreTold() throws Exception {
        assertThat(problem(verify(Gateways.absent())).found()).contains("connection refused");
        pusher = new Pusher(vertx, new RealTime(vertx), Duration.ofMillis(150), Connections.LIKE_WECHAT);
        UrlVerification silent = verify(Gateways.silent(vertx));

        assertThat(silent.status()).isEmpty();
        assertThat(problem(silent).found()).contains("no answer");
        assertThat(silent.json().path("passed").asBoolean()).isFalse();
        assertThat(silent.json().path("title").asText()).isEqualTo("Token 验证失败");
    }

    private static String body(String kind, HttpServerRequest request) {
        String echostr = request.getParam("echostr");
        return switch (kind) {
            case "BOM" -> "\uFEFF" + echostr;
            case "newline" -> echostr + "\n";
            case "quotes" -> '"' + echostr + '"';
            case "object" -> "{\"code\":0,\"data\":\"" + echostr + "\"}";
            case "html" -> "<html><body>" + echostr + "</body></html>";
            case "page" -> "<!DOCTYPE html><title>Sign in</title>";
            case "rounded" -> echostr.substring(0, 16) + "000";
            case "nonce" -> request.getParam("nonce");
            case "more" -> "echo: " + echostr;
            case "fail" -> "invalid signature";
            case "empty" -> "";
            default -> kind;
        };
    }

    private static String signature(String token, HttpServerRequest request) {
        return new MessageCrypto(bytes -> {}).sign(token, request.getParam("timestamp"), request.getParam("nonce"));
    }

    private URI server(BiConsumer<HttpServerRequest, HttpServerResponse> answer) {
        return Gateways.await(vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request.method() + " " + request.uri());
                    answer.accept(request, request.response());
                })
                .listen(0, "127.0.0.1")
                .map(open -> URI.create("http://127.0.0.1:" + open.actualPort() + "/wx")));
    }

    private UrlVerification verify(URI url) {
        return Gateways.await(pusher.verify(TestAccounts.in(PushMode.SAFE), url));
    }

    private static Problem problem(UrlVerification done) {
        return done.problem().orElseThrow();
    }
}
