package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.weir.client.LogCapture;
import io.weir.command.ConfigFiles;
import io.weir.config.AccountConfig;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import io.weir.simulator.Simulator;
import io.weir.simulator.api.ApiFault;
import io.weir.simulator.api.ApiFaults;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.wechat.crypto.AesKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/**
 * A whole gateway goes through all that can go wrong with WeChat, with Redis and with callers; every line that it logs, at
 * every level, and every answer of its admin port is searched for what nobody may read.
 */
class SecretsIT {
    private static final String REDIS_PASSWORD = "redisPasswordYellow4";
    private static final String FORGED_TOKEN = "pushTokenOfAForger3";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** So much of a token tells which it is. */
    private static final int PART = 20;

    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: 0 }
            admin: { port: 0, token: "${WEIR_ADMIN_TOKEN}" }
            redis: { uri: "${WEIR_REDIS}" }
            wechat: { baseUri: "%s", timeout: 1s }
            accounts:
            """;

    private static final String ACCOUNT = """
              shop%1$d:
                appId: wx000000000000%1$04d
                appSecret: "${WEIR_APP_SECRET}"
                token: ["${WEIR_TOKEN}", "${WEIR_OLD_TOKEN}"]
                encodingAesKey: "${WEIR_AES_KEY}"
                mode: compatible
                tokenMode: %2$s
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final Vertx vertx = Runtimes.vertx();
    private final RedisServer redis = RedisServer.start("--requirepass", REDIS_PASSWORD);
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<String> answers = new ArrayList<>();
    private final Set<Integer> statuses = new TreeSet<>();

    @AfterEach
    void close() {
        Await.result(vertx.close());
        redis.close();
    }

    @Test
    void appearInNoLogAndNoAnswerWhateverGoesWrong() throws Exception {
        try (LogCapture log = LogCapture.of(Logger.ROOT_LOGGER_NAME);
                LogCapture pushes = LogCapture.of("io.weir.push")) {
            int troubles = troubles("", "").size();
            List<AccountConfig> accounts =
                    load(URI.create("http://127.0.0.1:1"), troubles).accounts();
            Simulator wechat = TokenFleet.simulator(vertx, accounts);
            GatewayConfig config = load(wechat.baseUri(), troubles);
            ConfigFiles.Loaded loaded = files().load(Optional.of(file()));
            Gateway gateway = Await.result(new Gateway(vertx, config, loaded.replies(), loaded.own()).start());
            URI admin = URI.create("http://127.0.0.1:" + gateway.adminPort());

            for (int each = 0; each < troubles; each++) {
                troubleWeChat(wechat, admin, accounts.get(each).name(), each);
            }
            troubleRedis(admin, log);
            beStrangers(admin);
            push(gateway);
            Await.result(gateway.stop(Duration.ZERO));

            assertThat(pushes.events()).isNotEmpty();
            List<String> lines =
                    IntStream.range(0, log.events().size()).mapToObj(log::text).toList();
            assertThat(lines)
                    .hasSizeGreaterThan(50)
                    .anyMatch(line -> line.startsWith("credential cannot be fetched"))
                    .anyMatch(line -> line.startsWith("credential fetched"))
                    .anyMatch(line -> line.startsWith("WeChat refuses the calls"))
                    .anyMatch(line -> line.startsWith("Redis is unavailable"))
                    .anyMatch(line -> line.startsWith("request refused"));
            assertThat(statuses).contains(200, 401, 404, 502);
            Set<String> secrets = secrets(wechat, accounts);
            assertThat(secrets).hasSizeGreaterThan(3 * troubles);
            assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain(secrets));
            assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain(Secrets.OPEN_IDS));
            assertThat(answers).allSatisfy(answer -> assertThat(answer).doesNotContain(secrets));
        }
    }

    /** WeChat and what stands before it say back all that they were told, and more. */
    private static List<ApiFault> troubles(String token, String ticket) {
        String said =
                "appid=wx1&secret=" + Secrets.APP_SECRET + "&access_token=" + token + " ticket " + ticket + " " + token;
        List<ApiFault> troubles = new ArrayList<>();
        Stream.of(-1, 40001, 40013, 40125, 40164, 42001, 45009, 45011, 48001, 89503, 999)
                .forEach(code -> troubles.add(new ApiFault.Refusal(code, "you said " + said + " rid: 1a-2b-3c")));
        troubles.add(new ApiFault.Status(200, "<html><body>you asked for /cgi-bin/token?" + said + "</body></html>"));
        troubles.add(new ApiFault.Status(200, "{\"access_token\":\"" + token + "\",\"expires_in\":-7}"));
        troubles.add(new ApiFault.Status(200, "{\"ticket\":\"" + ticket + ", \"access_token\":\"" + token));
        troubles.add(new ApiFault.Status(502, "Bad Gateway: GET /cgi-bin/token?" + said));
        troubles.add(new ApiFault.Html());
        troubles.add(new ApiFault.Truncated());
        troubles.add(new ApiFault.Delay(Duration.ofMillis(1_500)));
        troubles.add(new ApiFault.Hang());
        troubles.add(new ApiFault.Reset());
        troubles.add(new ApiFault.AnswerLost());
        return troubles;
    }

    private void troubleWeChat(Simulator wechat, URI admin, String account, int number) {
        String at = "/api/v1/accounts/" + account;
        String token = value(admin, at + "/access-token", "access_token");
        String ticket = value(admin, at + "/jsapi-ticket", "ticket");
        wechat.apiFaults().always(ApiFaults.EVERY_PATH, troubles(token, ticket).get(number));

        askEverything(admin, at);
        send(request(admin, at + "/access-token/refused")
                        .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}")))
                .join();
        askEverything(admin, at);

        wechat.clearFaults();
    }

    private void askEverything(URI admin, String at) {
        Stream<HttpRequest.Builder> questions = Stream.of(
                        "/health",
                        "/metrics",
                        "/ready",
                        "/openapi.json",
                        "/api/v1/accounts",
                        at + "/token",
                        at + "/callback-ips",
                        at + "/callback-check",
                        at + "/callback-check?action=" + FORGED_TOKEN,
                        at + "x/token")
                .map(path -> request(admin, path));
        Stream<HttpRequest.Builder> orders = Stream.of("{}", "{\"force\":true}", "{\"secret\":1}", "{")
                .map(body -> request(admin, at + "/token/refresh").POST(BodyPublishers.ofString(body)));
        note(Stream.concat(questions, orders));
    }

    private void troubleRedis(URI admin, LogCapture log) {
        String at = "/api/v1/accounts/shop0";
        redis.pause();
        Await.until("the pause", LIMIT, () -> tells(admin, log, "TIMEOUT"));
        askEverything(admin, at);
        redis.resume();
        RedisLink operator = RedisLink.open(vertx, RedisConfig.server(redisUri()), RedisLimits.DEFAULT);
        Await.until("the operator", () -> operator.state().up());
        Await.result(operator.send("CONFIG", "SET", "requirepass", "changed"));
        Await.result(operator.send("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"));
        Await.until("the wrong password", LIMIT, () -> tells(admin, log, "NOT_ALLOWED"));
        askEverything(admin, at);
        operator.close();
        redis.restart();
        Await.until("the end of it", LIMIT, () -> tells(admin, log, "Redis is available again"));
        askEverything(admin, at);
    }

    private boolean tells(URI admin, LogCapture log, String word) {
        note(Stream.of(request(admin, "/health")));
        return IntStream.range(0, log.events().size()).mapToObj(log::text).anyMatch(line -> line.contains(word));
    }

    private void beStrangers(URI admin) {
        String token = "/api/v1/accounts/shop0/access-token";
        note(Stream.of(
                HttpRequest.newBuilder(admin.resolve(token)),
                HttpRequest.newBuilder(admin.resolve(token)).header("Authorization", "Bearer " + FORGED_TOKEN),
                HttpRequest.newBuilder(admin.resolve(token)).header("Authorization", "Basic " + Secrets.ADMIN_TOKEN),
                HttpRequest.newBuilder(admin.resolve(token + "?token=" + Secrets.ADMIN_TOKEN))));
    }

    private void push(Gateway gateway) {
        URI url = URI.create("http://127.0.0.1:" + gateway.pushPort() + "/wx/shop0");
        for (String token : List.of(Secrets.TOKEN, FORGED_TOKEN)) {
            for (PushMode mode : PushMode.values()) {
                SimulatedAccount account = new SimulatedAccount(
                        "shop0",
                        "wx0000000000000000",
                        token,
                        Optional.of(AesKey.parse(Secrets.AES_KEY)),
                        "gh_000000000000",
                        mode);
                try (WeChat wechat = new WeChat(account, url)) {
                    WeChat.await(wechat.push(PushOrder.of("CLICK").withKey("K")));
                }
            }
        }
    }

    private static HttpRequest.Builder request(URI admin, String path) {
        return HttpRequest.newBuilder(admin.resolve(path)).header("Authorization", "Bearer " + Secrets.ADMIN_TOKEN);
    }

    /** Asks all at once, and notes all that comes. */
    private void note(Stream<HttpRequest.Builder> requests) {
        requests.map(this::send).toList().stream().map(CompletableFuture::join).forEach(answer -> {
            statuses.add(answer.statusCode());
            answers.add(answer.headers().map() + " " + answer.body());
        });
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.sendAsync(request.timeout(LIMIT).build(), BodyHandlers.ofString());
    }

    /** A credential, from one of the few answers that may have it. */
    private String value(URI admin, String path, String field) {
        String body = send(request(admin, path)).join().body();
        return Objects.requireNonNull(new JsonObject(body).getString(field), body);
    }

    /** What nobody may read: what is in the configuration, and the parts of all tokens and tickets that WeChat has given out. */
    private static Set<String> secrets(Simulator wechat, List<AccountConfig> accounts) {
        Set<String> secrets = new TreeSet<>(List.of(Secrets.ALL));
        secrets.add(REDIS_PASSWORD);
        secrets.add(FORGED_TOKEN);
        for (AccountConfig account : accounts) {
            ObjectNode tokens = wechat.account(account.name()).tokens().save();
            ObjectNode tickets = wechat.account(account.name()).tickets().save();
            Stream.of(tokens, tickets)
                    .flatMap(kept -> kept.findValuesAsText("value").stream())
                    .forEach(value -> {
                        secrets.add(value.substring(0, PART));
                        secrets.add(value.substring(value.length() - PART));
                    });
        }
        return secrets;
    }

    private GatewayConfig load(URI wechat, int accounts) throws IOException {
        String each = IntStream.range(0, accounts)
                .mapToObj(number -> ACCOUNT.formatted(number, number % 2 == 0 ? "classic" : "stable"))
                .collect(Collectors.joining());
        Files.writeString(file(), CONFIGURATION.formatted(wechat) + each);
        return files().load(Optional.of(file())).require();
    }

    private Path file() {
        return folder.resolve("weir.yaml");
    }

    private ConfigFiles files() {
        Map<String, String> environment = new HashMap<>(Secrets.ENVIRONMENT);
        environment.put("WEIR_REDIS", redisUri().toString());
        return new ConfigFiles(Environment.of(environment), Clock.systemUTC());
    }

    private URI redisUri() {
        return URI.create("redis://:" + REDIS_PASSWORD + "@127.0.0.1:" + redis.port());
    }
}
