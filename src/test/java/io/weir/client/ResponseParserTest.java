package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import io.weir.client.RawResponse.Media;
import io.weir.client.WeChatException.Kind;
import io.weir.config.Secret;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
    private static final String TOKEN = "80_theTokenOfThisCall";
    private static final ResponseParser READING =
            new ResponseParser(Call.get("/cgi-bin/menu/get"), Optional.of(Secret.of(TOKEN)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "{\"errcode\":0,\"errmsg\":\"ok\",\"a\":1}",
                "{\"errcode\":\"0\",\"a\":1}",
                "{\"errcode\":null,\"a\":1}",
                "\uFEFF{\"a\":1}",
                " \n{\"a\":\"1\",\"unknown\":{\"x\":[]}}\n"
            })
    void readsAResult(String body) {
        assertThat(READING.json(answer(body)).path("a").asText()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errcode\":40001,\"errmsg\":\"e\"}",
                "{\"errcode\":\"40001\",\"errmsg\":\"e\"}",
                "{\"errcode\":40001.0,\"errmsg\":\"e\"}",
                "{\"errmsg\":\"e\",\"errcode\":40001}"
            })
    void readsARefusal(String body) {
        WeChatException refused = failure(answer(body));

        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused.code().orElseThrow().code()).isEqualTo(40001);
        assertThat(refused.code().orElseThrow().conduct()).isEqualTo(ErrorPolicy.RENEW_TOKEN);
        assertThat(refused.errmsg()).isEqualTo("e");
    }

    @Test
    void keepsTheRidOfARefusal() {
        WeChatException refused = failure(answer("{\"errcode\":-1,\"errmsg\":\"system error rid: 1a2b-3c4d-5e6f\"}"));

        assertThat(refused.rid()).contains("1a2b-3c4d-5e6f");
        assertThat(refused).hasMessage("-1 system error rid: 1a2b-3c4d-5e6f");
    }

    @Test
    void takes40001WithoutTokenForTheAppSecret() {
        ResponseParser reading = new ResponseParser(Call.get("/cgi-bin/token").credential(), Optional.empty());

        WeChatException refused = catchThrowableOfType(
                WeChatException.class, () -> reading.json(answer("{\"errcode\":40001,\"errmsg\":\"invalid\"}")));

        assertThat(refused.code().orElseThrow().conduct()).isEqualTo(ErrorPolicy.STOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "ok",
                "{\"access_token\":\"80_brandNewTok",
                "{\"errcode\":{}}x",
                "{\"errcode\":\"none\"}",
                "{\"errcode\":99999999999}",
                "<html><body>80_theTokenOfThisCall</body></html>"
            })
    void takesEverythingElseForGarbageWithoutQuotingASecret(String body) {
        WeChatException garbage = failure(answer(body));

        assertThat(garbage.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(garbage)
                .hasMessageContaining("GET /cgi-bin/menu/get")
                .hasMessageNotContainingAny("80_", "brandNew", TOKEN);
    }

    @Test
    void takesAnotherStatusForGarbageWhateverTheBodySays() {
        WeChatException garbage = failure(new RawResponse(
                502, "application/json", Optional.empty(), Optional.empty(), Buffer.buffer("{}"), Optional.empty()));

        assertThat(garbage.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(garbage).hasMessageContaining("HTTP 502");
    }

    @Test
    void showsTheBeginningOfAPage() {
        assertThat(failure(answer("<html><h1>504 Gateway Time-out</h1></html>")))
                .hasMessageContaining("\"504 Gateway Time-out\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <title>407 Proxy Authentication Required</title>            | 407 Proxy Authentication Required
            <style>html { color: red }</style><h1>Service Unavailable   | Service Unavailable
            <script>var token = "80_x"</script><p>under maintenance     | under maintenance
            blocked by proxy.corp.example.com (squid-cache)             | blocked by proxy.corp.example.com (squid-cache)
            UNAUTHORIZED: certificate verification failed               | UNAUTHORIZED: certificate verification failed
            no route to api.weixin.qq.com/cgi-bin/token from 10.0.0.12  | no route to api.weixin.qq.com/cgi-bin/token from 10.0.0.12
            denied for 80_abcDEFghiJKL and wx0a1b2c3d4e5f6071           | denied for *** and ***
            """)
    void keepsTheWordsOfAPageThatADiagnosisNeeds(String body, String shown) {
        assertThat(failure(answer(body))).hasMessageContaining("\"" + shown + "\"");
    }

    @Test
    void tellsAFileFromAnObjectWhateverTheContentTypeSays() {
        Buffer jpeg = Buffer.buffer(new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2});
        RawResponse file = new RawResponse(
                200,
                "image/jpeg",
                Optional.of("attachment; filename=\"a.jpg\""),
                Optional.empty(),
                jpeg,
                Optional.empty());

        assertThat(READING.media(file)).contains(new Media(jpeg, "image/jpeg", Optional.of("a.jpg")));
        assertThat(READING.media(answer("{\"errcode\":40007}"))).isEmpty();
        assertThat(READING.media(answer(""))).isEmpty();
        assertThat(READING.media(
                        new RawResponse(500, "image/jpeg", Optional.empty(), Optional.empty(), jpeg, Optional.empty())))
                .isEmpty();
        assertThat(READING.media(new RawResponse(
                        200,
                        "text/html; charset=utf-8",
                        Optional.empty(),
                        Optional.empty(),
                        Buffer.buffer("<p>"),
                        Optional.empty())))
                .isEmpty();
    }

    private static WeChatException failure(RawResponse answer) {
        return catchThrowableOfType(WeChatException.class, () -> READING.json(answer));
    }

    private static RawResponse answer(String body) {
        return new RawResponse(
                200,
                "application/json; encoding=utf-8",
                Optional.empty(),
                Optional.empty(),
                Buffer.buffer(body),
                Optional.empty());
    }
}
