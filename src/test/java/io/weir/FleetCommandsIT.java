package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.weir.cli.ExitCode;
import io.weir.command.ConfigFiles;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands in classic mode, where a fetch ends the token of others: a real gateway, a real Redis, or neither. */
class FleetCommandsIT {
    @RegisterExtension
    final SimulatedShop shop = new SimulatedShop();

    @Test
    void aCommandUsesTheTokenOfTheGatewayThatRunsHere() {
        Vertx vertx = Runtimes.vertx();
        try {
            String file = shop.file(classic(startGateway(vertx)));

            CommandRun ips = CommandRun.of("net", "ips", "--conf", file);
            CommandRun show = CommandRun.of("token", "show", "--conf", file);
            CommandRun refresh = CommandRun.of("token", "refresh", "--conf", file);
            CommandRun doctor = CommandRun.of("doctor", "--conf", file);

            assertThat(ips.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(show.out())
                    .contains("the gateway at 127.0.0.1:")
                    .containsPattern("source +this instance fetched it, for all")
                    .containsPattern("fetches today +1 by this instance");
            assertThat(refresh.out()).containsPattern("fetches today +2 by this instance");
            assertThat(doctor.out())
                    .containsPattern("ok +gateway +a gateway is ready")
                    .containsPattern("ok +credentials \\(shop\\) +there is a token in classic mode");
            assertThat(shop.calls(SimulatedShop.CLASSIC_TOKEN)).isEqualTo(2);
        } finally {
            SimulatedShop.join(vertx.close());
        }
    }

    @Test
    void listsTheInstancesThatShareARedis() {
        Vertx vertx = Runtimes.vertx();
        Vertx other = Runtimes.vertx();
        try (RedisServer redis = RedisServer.start()) {
            int port = startGateway(vertx, sharing(redis));
            startGateway(other, sharing(redis));
            String file = shop.file(classic(port));
            Await.until(
                    "both ready",
                    () -> Pattern.compile("(?s)  ready .*  ready ")
                            .matcher(CommandRun.of("fleet", "--conf", file).out())
                            .find());

            CommandRun fleet = CommandRun.of("fleet", "--conf", file);
            CommandRun json = CommandRun.of("fleet", "--conf", file, "--json");

            assertThat(fleet.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(fleet.out()).containsPattern("\\* +\\S+-[a-z0-9]{6} +ready +unreleased +0 min +0 ");
            assertThat(json.json().getJsonArray("instances")).hasSize(2);
            assertThat(json.json().getBoolean("complete")).isTrue();
        } finally {
            SimulatedShop.join(vertx.close());
            SimulatedShop.join(other.close());
        }
    }

    @Test
    void withoutRedisTheFleetIsThisInstanceAlone() {
        Vertx vertx = Runtimes.vertx();
        try {
            CommandRun fleet = CommandRun.of("fleet", "--conf", shop.file(classic(startGateway(vertx))));

            assertThat(fleet.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(fleet.out().lines()).hasSize(2);
            assertThat(fleet.err()).contains("no Redis is configured");
        } finally {
            SimulatedShop.join(vertx.close());
        }
    }

    @Test
    void withoutAGatewayTheFleetIsUnknown() {
        CommandRun fleet = CommandRun.of("fleet", "--conf", shop.file(classic(SimulatedShop.freePort())));

        assertThat(fleet.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(fleet.err()).contains("no gateway answers at 127.0.0.1:");
    }

    @Test
    void aRefreshIsTriedAtOnceThoughTheGatewayHasStoppedFetching() {
        Vertx vertx = Runtimes.vertx();
        try {
            whitelist(Set.of("203.0.113.99"));
            String file = shop.file(classic(startGateway(vertx)));
            CommandRun refused = CommandRun.of("net", "ips", "--conf", file);
            CommandRun stopped = CommandRun.of("token", "show", "--conf", file);
            whitelist(Set.of());

            CommandRun refresh = CommandRun.of("token", "refresh", "--conf", file);

            assertThat(refused.err()).contains("WeChat says 40164 ");
            assertThat(stopped.out()).contains("last error", "40164 ", "stopped until that is mended");
            assertThat(refresh.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(refresh.out()).contains("valid for").doesNotContain("40164");
        } finally {
            SimulatedShop.join(vertx.close());
        }
    }

    @Test
    void withoutAGatewayACommandFetchesAsOneOfThoseThatShareARedis() {
        try (RedisServer redis = RedisServer.start()) {
            String file = shop.file(classic(SimulatedShop.freePort()) + sharing(redis));

            CommandRun first = CommandRun.of("token", "show", "--conf", file, "--json", "--reveal");
            CommandRun second = CommandRun.of("token", "show", "--conf", file, "--json", "--reveal");
            CommandRun ips = CommandRun.of("net", "ips", "--conf", file);
            long fetches = shop.calls(SimulatedShop.CLASSIC_TOKEN);

            assertThat(first.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(first.json().getString("asked")).isEqualTo("store");
            assertThat(second.json().getString("value")).isEqualTo(first.json().getString("value"));
            assertThat(ips.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(fetches).isEqualTo(1);
        }
    }

    @Test
    void aCommandLeavesNeitherALeaseNorAnUnsharedTokenBehind() {
        try (RedisServer redis = RedisServer.start()) {
            String file = shop.file(classic(SimulatedShop.freePort()) + sharing(redis));

            for (int fetches = 2; fetches <= 10; fetches += 2) {
                CommandRun refresh = CommandRun.of("token", "refresh", "--conf", file);
                CommandRun again = CommandRun.of("token", "refresh", "--conf", file);
                CommandRun show = CommandRun.of("token", "show", "--conf", file);

                assertThat(refresh.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(show.exitCode()).isEqualTo(ExitCode.DONE);
                assertThat(shop.calls(SimulatedShop.CLASSIC_TOKEN)).isEqualTo(fetches);
            }
        }
    }

    @Test
    void withRedisAwayNothingIsFetchedAlone() {
        try (RedisServer redis = RedisServer.start()) {
            String file = shop.file(classic(SimulatedShop.freePort()) + sharing(redis));
            redis.pause();

            CommandRun ips = CommandRun.of("net", "ips", "--conf", file);

            assertThat(ips.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(ips.err()).contains("Redis, where the instances share it, cannot be reached", "--force");
            assertThat(shop.calls(SimulatedShop.CLASSIC_TOKEN)).isZero();
        }
    }

    @Test
    void aForcedRefreshGivesTheFleetTheNextTokenOfStableMode() {
        try (RedisServer redis = RedisServer.start()) {
            String file = shop.file(shop.configuration() + sharing(redis));

            CommandRun refresh = CommandRun.of("token", "refresh", "--conf", file, "--force");

            assertThat(refresh.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(refresh.out()).contains("Redis, since no gateway runs here");
            assertThat(redis.command("KEYS", "*")).contains("wx00000000000000a1");
            assertThat(shop.calls(SimulatedShop.STABLE_TOKEN)).isEqualTo(1);
        }
    }

    private void whitelist(Set<String> addresses) {
        shop.wechat().platform().exclusively(() -> {
            shop.account().register(shop.account().registration().whitelist(addresses));
            return true;
        });
    }

    private int startGateway(Vertx vertx) {
        return startGateway(vertx, "");
    }

    private int startGateway(Vertx vertx, String more) {
        ConfigFiles.Loaded loaded = new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC())
                .load(Optional.of(Path.of(shop.file(classic(0) + more))));
        Gateway gateway = new Gateway(vertx, loaded.require(), loaded.replies(), loaded.own());
        return SimulatedShop.join(gateway.start()).adminPort();
    }

    private String classic(int adminPort) {
        return shop.configuration(0, adminPort).replace("tokenMode: stable", "tokenMode: classic");
    }

    private static String sharing(RedisServer redis) {
        return "redis: { uri: \"" + redis.uri() + "\" }\n";
    }
}
