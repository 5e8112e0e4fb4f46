package io.weir.client.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.FakeApi;
import io.weir.client.Futures;
import io.weir.client.TestClient;
import io.weir.client.WeChatException.Kind;
import io.weir.client.calls.NetworkCalls.NetworkCheck;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Action;
import io.weir.client.calls.NetworkCalls.NetworkCheck.Operator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class NetworkCallsTest {
    private FakeApi api;
    private NetworkCalls calls;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        api = new FakeApi(vertx);
        calls = new NetworkCalls(new TestClient(vertx, api.uri()).client);
    }

    @Test
    void tellsWhereWeChatIs() throws Exception {
        api.answering("{\"ip_list\":[\"101.226.103.0/25\",\"2402:4e00::/32\"]}", "{\"ip_list\":[\"1.2.3.4\"]}", "{}");

        assertThat(Futures.get(calls.callbackIps("main"))).containsExactly("101.226.103.0/25", "2402:4e00::/32");
        assertThat(Futures.get(calls.apiIps("main"))).containsExactly("1.2.3.4");
        assertThat(Futures.failure(calls.apiIps("main")).kind()).isEqualTo(Kind.GARBAGE);
        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::path)
                .startsWith("/cgi-bin/getcallbackip", "/cgi-bin/get_api_domain_ip");
    }

    @Test
    void letsWeChatCheckTheWayToUs() throws Exception {
        api.answering("{\"dns\":[{\"ip\":\"111.161.64.40\",\"real_operator\":\"UNICOM\"}],"
                + "\"ping\":[{\"ip\":\"111.161.64.40\",\"from_operator\":\"CAP\",\"package_loss\":\"0%\","
                + "\"time\":\"23.079ms\"}]}");

        NetworkCheck check = Futures.get(calls.check("main", Action.ALL, Operator.DEFAULT));

        assertThat(check.dns()).containsExactly(new NetworkCheck.Dns("111.161.64.40", Optional.of("UNICOM")));
        assertThat(check.ping())
                .containsExactly(new NetworkCheck.Ping(
                        "111.161.64.40", Optional.of("CAP"), Optional.of("0%"), Optional.of("23.079ms")));
        assertThat(api.only().body()).isEqualTo("{\"action\":\"all\",\"check_operator\":\"DEFAULT\"}");
    }

    @Test
    void takesAMissingListForAnEmptyOne() throws Exception {
        api.answering("{\"dns\":[{\"ip\":\"111.161.64.40\"}]}", "{\"ping\":null}");

        assertThat(Futures.get(calls.check("main", Action.DNS, Operator.CAP)).ping())
                .isEmpty();
        assertThat(Futures.get(calls.check("main", Action.PING, Operator.CAP)))
                .isEqualTo(new NetworkCheck(List.of(), List.of()));
    }

    @Test
    void tellsWeChatsTimeWithoutAToken() throws Exception {
        api.then(request -> {
            request.response().putHeader("Date", "Fri, 20 Nov 2026 10:00:00 GMT");
            FakeApi.json(request, "{\"errcode\":41001,\"errmsg\":\"access_token missing\"}");
        });
        api.answering("{}");

        assertThat(Futures.get(calls.date("main"))).contains(Instant.parse("2026-11-20T10:00:00Z"));
        assertThat(Futures.get(calls.date("main"))).isEmpty();
        assertThat(api.last().query()).isEqualTo("null");
    }
}
