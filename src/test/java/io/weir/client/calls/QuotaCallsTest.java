package io.weir.client.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.Call;
import io.weir.client.FakeApi;
import io.weir.client.Futures;
import io.weir.client.TestClient;
import io.weir.client.WeChatException.Kind;
import io.weir.client.calls.QuotaCalls.Quota;
import io.weir.client.calls.QuotaCalls.RidReport;
import io.weir.config.Secret;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class QuotaCallsTest {
    private static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";

    private FakeApi api;
    private TestClient test;
    private QuotaCalls calls;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        api = new FakeApi(vertx);
        test = new TestClient(vertx, api.uri());
        calls = new QuotaCalls(test.client);
    }

    @Test
    void clearsTheQuotaInAllWays() throws Exception {
        api.answering(OK);

        Futures.get(calls.clear(TestClient.MAIN));
        Futures.get(calls.clearBySecret(TestClient.MAIN));
        Futures.get(calls.clearOne(TestClient.MAIN, "/cgi-bin/menu/create"));

        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::path)
                .containsExactly("/cgi-bin/clear_quota", "/cgi-bin/clear_quota/v2", "/cgi-bin/openapi/quota/clear");
        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::body)
                .containsExactly(
                        "{\"appid\":\"" + TestClient.APP_ID + "\"}",
                        "{\"appid\":\"" + TestClient.APP_ID + "\",\"appsecret\":\"" + TestClient.APP_SECRET + "\"}",
                        "{\"cgi_path\":\"/cgi-bin/menu/create\"}");
        assertThat(api.received().get(1).query()).isEqualTo("null");
    }

    @Test
    void makesCallsAgainAfterClearing() throws Exception {
        api.answering("{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}", OK);
        Call call = Call.get("/cgi-bin/tags/get");
        Futures.failure(test.client.call("main", call));
        assertThat(Futures.failure(test.client.call("main", call)).kind()).isEqualTo(Kind.STOPPED);

        Futures.get(calls.clear(TestClient.MAIN));

        Futures.get(test.client.call("main", call));
    }

    @Test
    void keepsOneOfTheTenInReserve() throws Exception {
        api.answering(OK);
        for (int each = 0; each < 9; each++) {
            Futures.get(each % 2 == 0 ? calls.clear(TestClient.MAIN) : calls.clearBySecret(TestClient.MAIN));
        }

        assertThat(Futures.failure(calls.clear(TestClient.MAIN)).kind()).isEqualTo(Kind.OVER_BUDGET);
    }

    @Test
    void tellsWhatIsLeft() throws Exception {
        api.answering("{\"errcode\":0,\"errmsg\":\"ok\",\"quota\":{\"daily_limit\":1000,\"used\":1,\"remain\":999},"
                + "\"rate_limit\":{\"call_count\":60,\"refresh_second\":60},\"component_rate_limit\":{}}");

        assertThat(Futures.get(calls.get("main", "/cgi-bin/menu/create")))
                .isEqualTo(new Quota(1000, 1, 999, Optional.of(new Quota.Rate(60, 60)), Optional.empty()));
    }

    @Test
    void explainsARequestWithoutShowingWhatWasInIt() throws Exception {
        api.answering("{\"errcode\":0,\"errmsg\":\"ok\",\"request\":{\"invoke_time\":1635156704,\"cost_in_ms\":30,"
                + "\"request_url\":\"access_token=80_abc\",\"request_body\":\"{}\",\"response_body\":\"{}\","
                + "\"client_ip\":\"203.0.113.7\"}}");

        RidReport report = Futures.get(calls.explain("main", "1a-2b-3c"));

        assertThat(report)
                .isEqualTo(new RidReport(
                        Optional.of(Instant.ofEpochSecond(1_635_156_704)),
                        Optional.of(30L),
                        Optional.of("203.0.113.7"),
                        Secret.of("access_token=80_abc"),
                        Secret.of("{}"),
                        Secret.of("{}")));
        assertThat(report.toString()).doesNotContain("80_abc");
        assertThat(api.only().body()).isEqualTo("{\"rid\":\"1a-2b-3c\"}");
    }
}
