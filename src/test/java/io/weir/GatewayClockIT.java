package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.weir.client.LogCapture;
import io.weir.client.ManualClock;
import io.weir.command.ConfigFiles;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Responded;
import io.weir.simulator.push.PushOrder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway on a machine whose clock is wrong, with a Redis that knows the time. */
class GatewayClockIT {
    private static final Pattern CREATE_TIME = Pattern.compile("<CreateTime>(\\d+)</CreateTime>");
    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: 0, timestampWindow: 1m }
            admin: { port: 0 }
            accounts:
              shop: { appId: wx00000000000000a1, appSecret: s, token: "${WEIR_TOKEN}", mode: plaintext }
            """;

    private final LogCapture log = LogCapture.atItsLevel("io.weir.health.ClockCheck");
    private final Vertx vertx = Runtimes.vertx();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @AfterEach
    void stop() {
        log.close();
        WeChat.await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(longs = {-9, 9})
    void takesPushesAndAnswersByRedissTime(long minutesOff) throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            ManualClock machine = wrongBy(Duration.ofMinutes(minutesOff));
            Gateway gateway = gateway("redis: { uri: \"" + redis.uri() + "\" }\n", machine);

            assertThat(Instant.ofEpochSecond(createTime(push(gateway))))
                    .isCloseTo(Instant.now(), within(Duration.ofSeconds(3)));
            Await.until("the clock was looked at", () -> !log.lines().isEmpty());
            JsonObject health = health(gateway);
            assertThat(health.getString("status")).isEqualTo("degraded");
            assertThat(health.getJsonObject("clock").getString("source")).isEqualTo("redis");
            assertThat(health.getJsonObject("clock").getLong("offsetMillis"))
                    .isCloseTo(Duration.ofMinutes(minutesOff).toMillis(), within(30_000L));
            assertThat(health.getJsonObject("clock").getString("fault")).isEqualTo("CLOCKS_DIFFER");
            assertThat(health.getJsonObject("clock").getString("hint")).contains("compare both", "failover");
            assertThat(health.getJsonObject("clock").getString("problem"))
                    .contains(minutesOff < 0 ? "behind Redis's" : "ahead of Redis's");

            machine.pass(Duration.ofMinutes(-minutesOff));

            Await.until("the clocks agree again", () -> log.lines().size() == 2);
            assertThat(log.lines().get(0)).startsWith("WARN machine's clock and Redis's differ");
            assertThat(log.lines().get(1)).startsWith("INFO machine's clock and Redis's agree again");
            assertThat(health(gateway).getString("status")).isEqualTo("ready");
        }
    }

    @Test
    void withoutRedisTheMachinesClockDecides() throws Exception {
        Gateway gateway = gateway("", wrongBy(Duration.ofMinutes(9)));

        assertThat(push(gateway).outcome().toString()).contains("status=403");
        assertThat(health(gateway).getJsonObject("clock").getString("source")).isEqualTo("machine");
    }

    private Gateway gateway(String more, Clock machine) throws IOException {
        Path file = Files.writeString(folder.resolve("weir.yaml"), CONFIGURATION + more);
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: tapped } }\n");
        ConfigFiles.Loaded loaded =
                new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC()).load(Optional.of(file));
        Gateway.RuntimeOptions options = new Gateway.RuntimeOptions(Optional.empty(), Duration.ofSeconds(1), machine);
        return WeChat.await(new Gateway(vertx, loaded.require(), loaded.replies(), loaded.own(), options).start());
    }

    /** Signed with the true time. */
    private static DeliveryAttempt push(Gateway gateway) {
        URI url = URI.create("http://127.0.0.1:" + gateway.pushPort() + "/wx/shop");
        try (WeChat wechat = new WeChat(ServeIT.shop(Secrets.TOKEN), url)) {
            return WeChat.await(wechat.push(PushOrder.of("CLICK")));
        }
    }

    private static long createTime(DeliveryAttempt attempt) {
        assertThat(attempt.accepted()).as("%s", attempt.outcome()).isTrue();
        Matcher found =
                CREATE_TIME.matcher(((Responded) attempt.outcome()).reading().clear());
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static JsonObject health(Gateway gateway) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/health");
        return new JsonObject(ServeIT.get(url, Optional.empty()).body());
    }

    private static ManualClock wrongBy(Duration off) {
        return new ManualClock(Instant.now().plus(off).toString());
    }
}
