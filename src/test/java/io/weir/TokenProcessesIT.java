package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.weir.command.ConfigFiles;
import io.weir.config.AccountConfig;
import io.weir.config.Environment;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import io.weir.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight processes of {@code weir serve} and one Redis: other services ask each of them for the access_tokens of forty
 * accounts in classic mode, through an expiry of each.
 */
class TokenProcessesIT {
    private static final int PROCESSES = 8;
    private static final int STARTING_AT_ONCE = 2;
    private static final int ACCOUNTS = 40;
    private static final int EXPIRIES = 1;
    private static final Duration LIFE = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 25;
    private static final String FETCH = "/cgi-bin/token";

    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: 0 }
            admin: { port: 0, token: "${WEIR_ADMIN_TOKEN}" }
            redis: { uri: "%s" }
            wechat: { baseUri: "%s" }
            accounts:
            """;

    private static final String ACCOUNT = """
              shop%1$d:
                appId: wx000000000000%1$04d
                appSecret: "${WEIR_APP_SECRET}"
                token: "${WEIR_TOKEN}"
                mode: plaintext
                tokenMode: classic
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final WebClient http = WebClient.create(vertx);
    private final RedisServer redis = RedisServer.start();
    private final List<WeirProcess> processes = new ArrayList<>();
    private final List<Long> timers = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> served = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() {
        processes.forEach(WeirProcess::close);
        redis.close();
        Await.result(vertx.close());
    }

    @Test
    void fetchFortyTimesForFortyExpiries() throws IOException {
        List<AccountConfig> accounts = configure(URI.create("http://127.0.0.1:1"));
        Simulator wechat = TokenFleet.simulator(vertx, accounts);
        configure(wechat.baseUri());
        accounts.forEach(account -> wechat.platform().exclusively(() -> {
            wechat.account(account.name()).tokens().life(LIFE);
            return account;
        }));
        List<URI> admins = start();

        for (int each = 0; each < PROCESSES; each++) {
            URI admin = admins.get(each);
            AtomicInteger turn = new AtomicInteger(each);
            timers.add(vertx.setPeriodic(
                    PAUSE_MILLIS, id -> ask(wechat, admin, accounts.get(turn.getAndIncrement() % ACCOUNTS))));
        }
        Await.until("expiries", LIMIT, () -> fetches(wechat, accounts).stream().allMatch(count -> count > EXPIRIES));
        timers.forEach(vertx::cancelTimer);
        Await.until("the last answers", () -> answered.get() == asked.get());

        assertThat(fetches(wechat, accounts)).containsOnly((long) EXPIRIES + 1);
        assertThat(failures).isEmpty();
        assertThat(answered).hasValueGreaterThan(1_000);
        assertThat(processes)
                .allSatisfy(process ->
                        assertThat(process.err()).doesNotContain(served).doesNotContain("ERROR", "Exception", "\tat "));
    }

    /** Two at a time: all at once would take each of them long. */
    private List<URI> start() {
        for (int each = 0; each < PROCESSES; each++) {
            if (each >= STARTING_AT_ONCE) {
                ServeIT.admin(processes.get(each - STARTING_AT_ONCE));
            }
            processes.add(WeirProcess.start(folder, Secrets.ENVIRONMENT, "serve", "--conf", "weir.yaml"));
        }
        return processes.stream().map(ServeIT::admin).toList();
    }

    private List<AccountConfig> configure(URI wechat) throws IOException {
        String accounts =
                IntStream.range(0, ACCOUNTS).mapToObj(ACCOUNT::formatted).collect(Collectors.joining());
        Path file =
                Files.writeString(folder.resolve("weir.yaml"), CONFIGURATION.formatted(redis.uri(), wechat) + accounts);
        return new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC())
                .load(Optional.of(file))
                .require()
                .accounts();
    }

    private void ask(Simulator wechat, URI admin, AccountConfig account) {
        asked.incrementAndGet();
        http.getAbs(admin.resolve("/api/v1/accounts/" + account.name() + "/access-token")
                        .toString())
                .bearerTokenAuthentication(Secrets.ADMIN_TOKEN)
                .timeout(LIMIT.toMillis())
                .send()
                .compose(answer -> check(wechat, account, answer))
                .onFailure(failure -> failures.add(account.name() + ": " + failure.getMessage()))
                .onComplete(ended -> answered.incrementAndGet());
    }

    private Future<Void> check(Simulator wechat, AccountConfig account, HttpResponse<Buffer> answer) {
        if (answer.statusCode() != 200) {
            return Future.failedFuture(answer.statusCode() + " " + answer.bodyAsString());
        }
        String token = answer.bodyAsJsonObject().getString("access_token");
        served.add(token);
        return wechat.platform()
                .exclusively(() -> wechat.account(account.name()).tokens().problem(token))
                .<Future<Void>>map(refused -> Future.failedFuture(refused.getMessage()))
                .orElseGet(Future::succeededFuture);
    }

    private static List<Long> fetches(Simulator wechat, List<AccountConfig> accounts) {
        return accounts.stream()
                .map(account -> wechat.calls().of(account.name(), FETCH))
                .toList();
    }
}
