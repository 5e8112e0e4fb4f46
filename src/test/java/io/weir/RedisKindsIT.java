package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.weir.cli.ExitCode;
import io.weir.command.ConfigFiles;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import io.weir.redis.RedisCluster;
import io.weir.redis.RedisServer;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.SimulatedPush;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two gateways that share a Redis of each kind there is: a push that comes to one and is repeated at the other runs once; access_token,
 * a menu and the doctor do their work there as well.
 */
class RedisKindsIT {
    private static final int PUSHES = 20;
    private static final SimulatedAccount ACCOUNT = new SimulatedAccount(
            "shop", "wx00000000000000a1", Secrets.TOKEN, Optional.empty(), "gh_000000000000", PushMode.PLAINTEXT);

    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    private final List<Vertx> started = new ArrayList<>();
    private final List<Gateway> gateways = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(each -> SimulatedShop.join(each.close()));
    }

    @Test
    void aRedisCluster() throws IOException {
        try (RedisCluster cluster = RedisCluster.start()) {
            String section = "redis: " + cluster.section() + "\n";
            startTwo(section);

            assertThat(executionsOfPushesThatAreRepeatedElsewhere()).isEqualTo(PUSHES);
            assertThat(doctor(section))
                    .containsPattern(
                            "ok +redis +master 7.0.15 at Redis Cluster 127.0.0.1:\\d+ takes writes and scripts")
                    .containsPattern("ok +redis +it is a Redis Cluster of 3 masters; while one of them fails over");
            useTokenAndMenu(section);

            cluster.masters().get(0).kill();
            int alone = executionsOfPushesThatAreRepeatedElsewhere() - PUSHES;
            assertThat(alone).isBetween(PUSHES, 2 * PUSHES - 1);

            cluster.masters().get(0).restart();
            gateways.forEach(each -> Await.until(
                    "healed",
                    Duration.ofSeconds(20),
                    () -> new JsonObject(admin(each, "/health"))
                            .getJsonObject("redis")
                            .getBoolean("up")));
            assertThat(executionsOfPushesThatAreRepeatedElsewhere() - PUSHES - alone)
                    .isEqualTo(PUSHES);
        }
    }

    @Test
    void aUserWithTheRightsOfTheShippedFile() throws IOException {
        try (RedisServer redis = RedisServer.start()) {
            redis.addUserWithTheShippedRights("weir", "hush");
            String section = "redis: { uri: \"redis://weir:hush@127.0.0.1:" + redis.port() + "\" }\n";
            startTwo(section);

            assertThat(executionsOfPushesThatAreRepeatedElsewhere()).isEqualTo(PUSHES);
            useTokenAndMenu(section);
            assertThat(doctor(section)).containsPattern("ok +redis +master 7.0.15 at 127.0.0.1:\\d+ takes writes");

            assertThat(redis.command("ACL", "LOG")).isEqualTo("*0\r\n");
            assertThat(redis.command("KEYS", "*").lines().filter(line -> line.contains(":")))
                    .isNotEmpty()
                    .allMatch(key -> key.startsWith("weir:"));
        }
    }

    @Test
    void valkey() throws IOException {
        Optional<Path> binary = RedisServer.installed("valkey-server");
        assumeTrue(binary.isPresent(), "valkey-server is not installed");
        try (RedisServer valkey = RedisServer.startBinary(binary.orElseThrow())) {
            String section = "redis: { uri: \"" + valkey.uri() + "\" }\n";
            startTwo(section);

            assertThat(executionsOfPushesThatAreRepeatedElsewhere()).isEqualTo(PUSHES);
            useTokenAndMenu(section);
            assertThat(doctor(section)).containsPattern("ok +redis +master Valkey [0-9.]+ at ");
        }
    }

    private void startTwo(String section) {
        for (int each = 0; each < 2; each++) {
            Vertx vertx = Runtimes.vertx();
            started.add(vertx);
            ConfigFiles.Loaded loaded = new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC())
                    .load(Optional.of(Path.of(shop.file(
                            shop.configuration(0, 0).replace("port: 0 }\nadmin", "port: 0, allowFrom: wechat }\nadmin")
                                    + section))));
            gateways.add(
                    SimulatedShop.join(new Gateway(vertx, loaded.require(), loaded.replies(), loaded.own()).start()));
        }
    }

    /** Of both gateways together, from their start on. */
    private int executionsOfPushesThatAreRepeatedElsewhere() {
        Pusher pusher = new Pusher(shop.vertx());
        PushFactory factory = new PushFactory(PushTemplates.bundled());
        for (int each = 0; each < PUSHES; each++) {
            SimulatedPush push = factory.create(PushOrder.of("CLICK").from("user" + System.nanoTime()), ACCOUNT);
            for (int at : List.of(each % 2, 1 - each % 2)) {
                URI target = URI.create("http://127.0.0.1:" + gateways.get(at).pushPort() + "/wx/shop");
                assertThat(WeChat.seen(WeChat.await(pusher.push(push, ACCOUNT, target))))
                        .isEqualTo("hello");
            }
        }
        return gateways.stream().mapToInt(RedisKindsIT::executions).sum();
    }

    private static int executions(Gateway gateway) {
        return (int) ScrapedMetrics.parse(admin(gateway, "/metrics"))
                .value("weir_executions_total", "account", "shop", "type", "CLICK");
    }

    private void useTokenAndMenu(String section) throws IOException {
        Files.writeString(
                shop.folder().resolve("menu.yaml"), "button: [ { type: click, name: 笑话, key: V1001_SUNCK } ]\n");
        String conf = shop.file(shop.configuration() + section);

        assertThat(CommandRun.of("net", "ips", "--conf", conf).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(CommandRun.of("token", "refresh", "--conf", conf).exitCode()).isEqualTo(ExitCode.DONE);
        String menu = shop.folder().resolve("menu.yaml").toString();
        assertThat(CommandRun.of("menu", "apply", menu, "--yes", "--conf", conf).exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(CommandRun.of("menu", "delete", "--yes", "--conf", conf).exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(CommandRun.of("menu", "rollback", "--yes", "--conf", conf).exitCode())
                .isEqualTo(ExitCode.DONE);
    }

    private String doctor(String section) {
        return CommandRun.of("doctor", "--conf", shop.file(shop.configuration() + section))
                .out();
    }

    private static String admin(Gateway gateway, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .header("Authorization", "Bearer " + Secrets.ADMIN_TOKEN)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
