package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /health} says when something is wrong, and that it says so no longer when that is over. */
class HealthTroublesIT {
    private static final Duration CLEARED = Duration.ofSeconds(20);
    private static final Handler<HttpServerRequest> HANGS = request -> {};
    private static final Handler<HttpServerRequest> TAKES =
            request -> request.response().end("{\"access_token\":\"a-token-of-some-length\",\"expires_in\":7200}");

    private final Vertx wechat = Vertx.vertx();
    private final NameServer names = new NameServer();
    private volatile Handler<HttpServerRequest> api = TAKES;
    private int port;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set by each test
    private MeteredGateway gateway;

    @BeforeEach
    void start() {
        port = Await.result(listen(0)).actualPort();
    }

    private Future<HttpServer> listen(int wanted) {
        return wechat.createHttpServer()
                .requestHandler(request -> api.handle(request))
                .listen(wanted, "127.0.0.1");
    }

    @AfterEach
    void stop() {
        gateway.close();
        names.close();
        Await.result(wechat.close());
    }

    @Test
    void namesANameThatDoesNotResolve() throws IOException {
        start("http://api.weixin.test:" + port);
        fetch();

        JsonObject row = onlyRow();
        assertThat(row.getString("code")).isEqualTo("WECHAT_NAME_UNRESOLVED");
        assertThat(row.getString("remedy")).contains("DNS");
        assertThat(row.getString("remedyZh")).contains("DNS");
        assertThat(row.getString("error")).contains("api.weixin.test").contains("leads to no address");
        assertDegraded("wechat_name");

        names.know();
        awaitReady();
    }

    @Test
    void namesAWeChatThatHangs() throws IOException {
        api = HANGS;
        start("http://127.0.0.1:" + port);
        fetch();

        JsonObject row = onlyRow();
        assertThat(row.getString("code")).isEqualTo("WECHAT_NO_ANSWER");
        assertThat(row.getString("remedy")).contains("proxy or firewall").contains("wechat.timeout");
        assertThat(row.getString("causeZh")).contains("未在限定时间内应答");
        assertDegraded("wechat_no_answer");

        api = TAKES;
        awaitReady();
    }

    @Test
    void namesAWeChatThatIsBusy() throws IOException {
        api = refusing(-1, "system error");
        start("http://127.0.0.1:" + port);
        fetch();

        JsonObject row = onlyRow();
        assertThat(row.getString("code")).isEqualTo("WECHAT_-1");
        assertThat(row.getString("account")).isEqualTo("a0");
        assertThat(row.getString("calls")).isEqualTo("/cgi-bin/stable_token");
        assertThat(row.getString("causeZh")).contains("系统繁忙");
        assertDegraded("wechat_busy");

        api = TAKES;
        awaitReady();
    }

    @Test
    void namesCallsThatAreMadeTooOften() throws IOException {
        api = refusing(45011, "api minute-quota reach limit");
        start("http://127.0.0.1:" + port);
        fetch();

        JsonObject row = onlyRow();
        assertThat(row.getString("code")).isEqualTo("WECHAT_45011");
        assertThat(row.getInteger("errcode")).isEqualTo(45011);
        assertThat(row.getString("remedy")).contains("waits for a minute");
        assertThat(row.getString("remedyZh")).contains("等待一分钟");
        assertThat(Instant.parse(row.getString("until")))
                .isAfter(Instant.parse(row.getString("since")).plusSeconds(59));
        assertDegraded("wechat_rate");

        api = TAKES;
        fetch();
        awaitReady();
    }

    @Test
    void namesAWeChatThatNothingListensFor() throws IOException {
        int free = freePort();
        start("http://127.0.0.1:" + free);
        fetch();

        assertThat(onlyRow().getString("code")).isEqualTo("WECHAT_UNREACHABLE");
        assertDegraded("wechat_unreachable");

        Await.result(listen(free));
        awaitReady();
    }

    private int freePort() {
        HttpServer passing = Await.result(listen(0));
        Await.result(passing.close());
        return passing.actualPort();
    }

    @Test
    void namesSomethingElseInThePlaceOfWeChat() throws IOException {
        api = request -> request.response().end("<html>Sign in to this network</html>");
        start("http://127.0.0.1:" + port);
        fetch();

        assertThat(onlyRow().getString("code")).isEqualTo("WECHAT_NOT_UNDERSTOOD");
        assertDegraded("wechat_not_understood");

        api = TAKES;
        awaitReady();
    }

    @Test
    void namesAChangedFileThatWasRefused() throws IOException {
        start("http://127.0.0.1:" + port);
        Instant before = Instant.now();
        Files.writeString(folder.resolve("replies.yaml"), "text: { default: { txt: slip } }\n");
        Await.until("refused", () -> !rows().isEmpty());

        JsonObject row = onlyRow();
        assertThat(row.getString("code")).isEqualTo("REPLIES_REFUSED");
        assertThat(row.getString("cause")).contains("txt");
        assertThat(row.getString("file")).endsWith("replies.yaml");
        assertThat(Instant.parse(row.getString("since"))).isAfter(before);
        assertDegraded("replies");
        assertThat(gateway.scrape().value("weir_reload_errors_total", "file", row.getString("file")))
                .isEqualTo(1);

        Files.writeString(folder.resolve("replies.yaml"), "text: { default: { text: right } }\n");
        awaitReady();
    }

    @Test
    void saysNothingWhereNothingIsWrong() throws IOException {
        start("http://127.0.0.1:" + port);
        fetch();

        assertThat(rows()).isEmpty();
        assertThat(health().getString("status")).isEqualTo("ready");
        assertThat(gateway.get("/live").strip()).isEqualTo("live");
        assertThat(gateway.get("/ready").strip()).isEqualTo("ready");
        ScrapedMetrics metrics = gateway.scrape();
        assertThat(metrics.value("weir_token_seconds_left", "account", "a0")).isBetween(7_000.0, 7_200.0);
        assertThat(metrics.value("weir_token_fetches_total", "account", "a0", "result", "ok"))
                .isEqualTo(1);
        assertThat(metrics.value("weir_api_calls_total", "account", "a0", "errcode", "0"))
                .isEqualTo(1);
        assertThat(metrics.family("weir_degraded").orElseThrow().samples())
                .allSatisfy(sample -> assertThat(sample.value()).isZero());
    }

    private void start(String baseUri) throws IOException {
        String more = "wechat: { baseUri: \"" + baseUri + "\", timeout: 1s }\n";
        gateway = MeteredGateway.start(Runtimes.vertx(names.options()), folder, 1, more);
    }

    /** Has the gateway call WeChat, whatever comes of it. */
    private void fetch() {
        gateway.post("/api/v1/accounts/a0/token/refresh", "{}");
    }

    private static Handler<HttpServerRequest> refusing(int errcode, String errmsg) {
        return request -> request.response()
                .end(new JsonObject()
                        .put("errcode", errcode)
                        .put("errmsg", errmsg)
                        .encode());
    }

    private JsonObject health() {
        return new JsonObject(gateway.get("/health"));
    }

    private List<JsonObject> rows() {
        JsonArray rows = health().getJsonArray("problems");
        return rows.stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject onlyRow() {
        List<JsonObject> rows = rows();
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).fieldNames())
                .contains("code", "reason", "since", "cause", "remedy", "causeZh", "remedyZh");
        assertThat(health().getString("status")).isEqualTo("degraded");
        return rows.get(0);
    }

    private void assertDegraded(String reason) {
        ScrapedMetrics metrics = gateway.scrape();
        assertThat(metrics.value("weir_degraded", "reason", reason)).isEqualTo(1);
        assertThat(metrics.family("weir_degraded").orElseThrow().samples())
                .filteredOn(sample -> sample.value() != 0)
                .hasSize(1);
    }

    private void awaitReady() {
        Await.until("cleared", CLEARED, () -> health().getString("status").equals("ready"));
        assertThat(rows()).isEmpty();
    }
}
