package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.weir.client.FakeApi;
import io.weir.client.LogCapture;
import io.weir.client.TestClient;
import io.weir.client.calls.NetworkCalls;
import io.weir.config.AccountConfig;
import io.weir.redis.Await;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code push.allowFrom: wechat}: WeChat's own list, and what is done without it. */
class CallbackAddressesIT {
    private static final SocketAddress WECHAT = SocketAddress.inetSocketAddress(443, "101.226.103.7");
    private static final SocketAddress OTHER = SocketAddress.inetSocketAddress(443, "203.0.113.9");
    private static final String TOLD = "{\"ip_list\": [\"101.226.103.0/25\", \"2001:db8::/32\"]}";
    private static final AccountConfig MAIN = TestClient.MAIN;

    private final Vertx vertx = Vertx.vertx();
    private final RedisServer redis = RedisServer.start();
    private final Senders senders = senders();
    private RedisLink link;

    private static Senders senders() {
        PushAccess access = new PushAccess(true, List.of(), List.of(), Optional.empty(), Optional.empty());
        return new Senders(access, new SimpleMeterRegistry());
    }

    @BeforeEach
    void connect() {
        link = RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        redis.close();
        Await.result(vertx.close());
    }

    @Test
    void takesOverWhatWeChatTellsAndKeepsItForOthers() throws Exception {
        start(new FakeApi(vertx).answering(TOLD), senders);

        Await.until("told", () -> !senders.admits("main", OTHER));
        assertThat(senders.admits("main", WECHAT)).isTrue();
        Await.until(
                "kept",
                () -> redis.command("GET", "weir:{" + MAIN.appId() + "}:callback_ips")
                        .contains("101.226.103.0/25 2001:db8::/32"));
    }

    @Test
    void knowsFromRedisWhatWeChatDoesNotTell() throws Exception {
        redis.command("SET", "weir:{" + MAIN.appId() + "}:callback_ips", "101.226.103.0/25");

        start(new FakeApi(vertx).answering("{\"errcode\": 48001, \"errmsg\": \"api unauthorized\"}"), senders);

        Await.until("recalled", () -> !senders.admits("main", OTHER));
        assertThat(senders.admits("main", WECHAT)).isTrue();
    }

    @Test
    void keepsNobodyOutWhereNothingIsKnownAndSaysSoOnce() throws Exception {
        FakeApi api = new FakeApi(vertx).answering("{\"ip_list\": []}");
        try (LogCapture log = LogCapture.atItsLevel("io.weir.receiver")) {
            start(api, senders);

            Await.until("told", () -> !log.events().isEmpty());
            assertThat(log.text(0)).contains("WeChat names no address", "from everywhere");
        }
        assertThat(senders.admits("main", OTHER)).isTrue();
        assertThat(senders.isOpenFor("main")).isTrue();
    }

    private void start(FakeApi api, Senders told) {
        NetworkCalls network = new NetworkCalls(new TestClient(vertx, api.uri()).client);
        Await.result(vertx.deployVerticle(new CallbackAddresses(List.of(MAIN), network, Optional.of(link), told)));
    }
}
