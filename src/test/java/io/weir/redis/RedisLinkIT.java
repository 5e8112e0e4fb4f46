package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.weir.client.LogCapture;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisLinkIT {
    private static final RedisLimits QUICK = new RedisLimits(
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            100);

    private final Vertx vertx = Vertx.vertx();
    private final List<RedisLink> links = new ArrayList<>();

    @AfterEach
    void close() {
        links.forEach(RedisLink::close);
        Await.result(vertx.close());
    }

    @Test
    void givesAnswersOfEveryKind() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());

            assertThat(Await.result(link.send("SET", "k", "红色")).text()).contains("OK");
            assertThat(Await.result(link.send("GET", "k")).text()).contains("红色");
            assertThat(Await.result(link.send("GET", "absent")).text()).isEmpty();
            assertThat(Await.result(link.send("INCR", "n")).number()).isEqualTo(1);
            assertThat(Await.result(link.send("MGET", "k", "absent")).items())
                    .extracting(item -> item.text().orElse("none"))
                    .containsExactly("红色", "none");
            assertThat(link.state().role()).contains("master");
        }
    }

    @Test
    void answersTwoCommandsTogetherInTheirOrder() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());

            RedisAnswer both = Await.result(
                    link.sendBoth(Duration.ofSeconds(1), List.of("SET", "k", "v"), List.of("GET", "absent")));

            assertThat(both.items())
                    .extracting(item -> item.text().orElse("none"))
                    .containsExactly("OK", "none");
        }
    }

    @Test
    void failsTwoCommandsTogetherWithTheFaultOfOne() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());

            Future<RedisAnswer> both =
                    link.sendBoth(Duration.ofSeconds(1), List.of("SET", "k", "v"), List.of("HSETNX", "k", "f", "v"));

            assertThat(faultOf(both)).isEqualTo(RedisFault.WRONG_TYPE);
            assertThat(link.isAway()).isFalse();
        }
    }

    @Test
    void failsTwoCommandsTogetherWhenTheirConnectionEnds() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());

            Future<RedisAnswer> both =
                    link.sendBoth(Duration.ofSeconds(5), List.of("BLPOP", "empty", "0"), List.of("GET", "k"));
            Await.until("blocked", () -> server.command("INFO", "clients").contains("blocked_clients:1"));
            server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            assertThat(faultOf(both)).isEqualTo(RedisFault.UNREACHABLE);
        }
    }

    @Test
    void beginsNamesWithItsPrefix() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config().withPrefix("shop:"));

            assertThat(link.key("{wx1}:work")).isEqualTo("shop:{wx1}:work");
            assertThat(connected(server.config()).key("p:")).isEqualTo("weir:p:");
        }
    }

    @Test
    void sendsAScriptThatRedisHasForgotten() {
        RedisScript script = RedisScript.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());

            assertThat(Await.result(link.run(script, List.of("n"), List.of("2")))
                            .number())
                    .isEqualTo(2);
            server.command("SCRIPT", "FLUSH");
            assertThat(Await.result(link.run(script, List.of("n"), List.of("2")))
                            .number())
                    .isEqualTo(4);
        }
    }

    @Test
    void givesUpTheConnectionOfAPausedRedis() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());
            server.pause();

            long start = System.nanoTime();
            assertThat(faultOf(link.send("GET", "k"))).isEqualTo(RedisFault.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
            Await.until("away", link::isAway);
            server.resume();

            Await.until("up", () -> link.state().up());
            Await.until(
                    "the given up ones are gone",
                    () -> server.command("INFO", "clients").contains("connected_clients:2\r\n"));
        }
    }

    @Test
    void failsAtOnceWhileThereIsNoConnection() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());
            server.kill();
            Await.until("down", () -> !link.state().up());

            long start = System.nanoTime();
            assertThat(faultOf(link.send("GET", "k"))).isEqualTo(RedisFault.UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(100));
        }
    }

    @Test
    void comesBackByItselfAndLogsOnlyTheChanges() {
        try (LogCapture log = LogCapture.atItsLevel("io.weir.redis");
                RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());
            for (int round = 0; round < 3; round++) {
                server.kill();
                Await.until("down", () -> !link.state().up());
                assertThat(faultOf(link.send("GET", "k"))).isEqualTo(RedisFault.UNREACHABLE);
                server.restart();
                Await.until("up", Duration.ofSeconds(2), () -> link.state().up());
                assertThat(Await.result(link.send("GET", "k")).text()).isEmpty();
            }
            Await.until("well", () -> link.state().fault().isEmpty());

            assertThat(log.lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("WARN Redis is unavailable")
                                    .contains("UNREACHABLE")
                                    .contains("check that Redis runs"),
                            line -> assertThat(line).startsWith("INFO Redis is available again"));
        }
    }

    @Test
    void startsWithoutRedis() {
        RedisServer server = RedisServer.start();
        server.kill();
        RedisLink link = open(server.config());

        assertThat(faultOf(link.send("GET", "k"))).isEqualTo(RedisFault.UNREACHABLE);
        server.restart();

        Await.until("up", () -> link.state().up());
        server.close();
    }

    @Test
    void saysWhatIsWrongWhenRedisHasNoRoom() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());
            server.command("CONFIG", "SET", "maxmemory", "1");

            assertThat(faultOf(link.run(RedisScript.of("return redis.call('SET', 'k', 'v')"), List.of("k"), List.of())))
                    .isEqualTo(RedisFault.OUT_OF_MEMORY);
            assertThat(link.state().fault()).contains(RedisFault.OUT_OF_MEMORY);
        }
    }

    @Test
    void isAwayAsLongAsRedisHasNoRoom() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());
            server.command("CONFIG", "SET", "maxmemory", "1");
            faultOf(link.send("SET", "k", "v"));

            for (int each = 0; each < 20; each++) {
                assertThat(link.isAway()).isTrue();
                assertThat(faultOf(link.send("SET", "k", "v"))).isEqualTo(RedisFault.OUT_OF_MEMORY);
            }
            server.command("CONFIG", "SET", "maxmemory", "0");

            Await.until("up", Duration.ofSeconds(2), () -> link.state().up());
            assertThat(Await.result(link.send("SET", "k", "v")).text()).contains("OK");
        }
    }

    @Test
    void doesNotTakeAReplicaForRedis() {
        try (RedisServer server = RedisServer.start();
                RedisServer replica = RedisServer.replicaOf(server)) {
            RedisLink link = open(replica.config());

            Await.until("told", () -> link.state().fault().isPresent());
            assertThat(link.state().fault()).contains(RedisFault.READ_ONLY);
            assertThat(link.state().up()).isFalse();
        }
    }

    @Test
    void doesNotUseANodeOfAClusterThatIsNotNamedAsOne() {
        try (RedisServer node = RedisServer.clusterNode(0, 16_383)) {
            RedisLink link = open(node.config());

            Await.until("told", () -> link.state().fault().isPresent());
            assertThat(link.isAway()).isTrue();
            assertThat(link.state().fault()).contains(RedisFault.CLUSTER);
            assertThat(link.state().error()).contains("this Redis is a node of a Redis Cluster");
        }
    }

    @Test
    void connectsAnewWhenItsRedisHasBecomeAReplica() {
        try (RedisServer other = RedisServer.start();
                RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());
            server.command("REPLICAOF", "127.0.0.1", String.valueOf(other.port()));

            assertThat(faultOf(link.send("SET", "k", "v"))).isEqualTo(RedisFault.READ_ONLY);
            server.command("REPLICAOF", "NO", "ONE");

            Await.until("up", () -> link.state().up());
            assertThat(Await.result(link.send("SET", "k", "v")).text()).contains("OK");
        }
    }

    @Test
    void namesAKeyOfAnotherType() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());
            server.command("LPUSH", "k", "v");

            assertThat(faultOf(link.send("GET", "k"))).isEqualTo(RedisFault.WRONG_TYPE);
            assertThat(link.state().up()).isTrue();
        }
    }

    @Test
    void signsInAndTellsNobodyThePassword() {
        try (LogCapture log = LogCapture.atItsLevel("io");
                RedisServer server = RedisServer.start("--requirepass", "greenGate7")) {
            RedisLink right =
                    connected(RedisConfig.server(URI.create("redis://:greenGate7@127.0.0.1:" + server.port())));
            assertThat(Await.result(right.send("SET", "k", "v")).text()).contains("OK");

            for (String wrong : List.of("redis://:blueGate8@", "redis://somebody:blueGate8@", "redis://")) {
                RedisConfig config = RedisConfig.server(URI.create(wrong + "127.0.0.1:" + server.port()));
                RedisLink link = open(config);
                Await.until("told", () -> link.state().fault().isPresent());
                assertThat(link.state().fault()).contains(RedisFault.NOT_ALLOWED);
                assertThat(config.toString()).doesNotContain("Gate");
            }
            assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains("Gate"));
        }
    }

    @Test
    void signsInAsAUserAndUsesADatabase() {
        try (RedisServer server = RedisServer.start()) {
            server.command("ACL", "SETUSER", "weir", "on", ">a:b@c", "~*", "+@all");
            RedisLink link = connected(
                    RedisConfig.server(URI.create("redis://weir:a%3Ab%40c@127.0.0.1:" + server.port() + "/3")));

            assertThat(Await.result(link.send("ACL", "WHOAMI")).text()).contains("weir");
            Await.result(link.send("SET", "k", "v"));
            assertThat(server.command("EXISTS", "k")).isEqualTo(":0\r\n");
        }
    }

    @Test
    void waitsForBlockingCommandsOnALinkOfTheirOwn() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());
            RedisLink blocking = connected(server.config(), QUICK.blocking(Duration.ofSeconds(5)));
            Future<RedisAnswer> popped = blocking.send("BLPOP", "list", "5");
            Await.until("blocked", () -> server.command("INFO", "clients").contains("blocked_clients:1"));

            Await.result(link.send("RPUSH", "list", "v"));

            assertThat(Await.result(popped).items().get(1).text()).contains("v");
        }
    }

    @Test
    void endsWhatWaitsWhenItIsClosed() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config(), QUICK.blocking(Duration.ofSeconds(5)));
            Future<RedisAnswer> popped = link.send("BLPOP", "list", "5");

            link.close();

            assertThat(faultOf(popped)).isEqualTo(RedisFault.UNREACHABLE);
            Await.until("gone", () -> server.command("INFO", "clients").contains("connected_clients:1\r\n"));
        }
    }

    @Test
    void tellsTheAnswerOnTheContextOfTheCaller() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());

            for (int each = 0; each < 4; each++) {
                Await.result(vertx.deployVerticle(new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        return link.send("PING")
                                .map(pong -> assertThat(Vertx.currentContext()).isSameAs(context));
                    }
                }));
            }
        }
    }

    @Test
    void refusesToSendMoreThanMayWait() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = connected(server.config());
            server.pause();
            List<Future<RedisAnswer>> answers = new ArrayList<>();
            for (int each = 0; each < 200; each++) {
                answers.add(link.send("GET", "k"));
            }

            assertThat(link.isAway()).isFalse();
            assertThat(answers.subList(101, 200)).allMatch(answer -> faultOf(answer) == RedisFault.CROWDED);

            Await.until("all ended", () -> answers.stream().allMatch(Future::isComplete));
            assertThat(answers).allMatch(Future::failed);
            server.resume();
            Await.until("up", () -> link.state().up());
        }
    }

    private RedisLink open(RedisConfig config) {
        return open(config, QUICK);
    }

    private RedisLink open(RedisConfig config, RedisLimits limits) {
        RedisLink link = RedisLink.open(vertx, config, limits);
        links.add(link);
        return link;
    }

    private RedisLink connected(RedisConfig config) {
        return connected(config, QUICK);
    }

    private RedisLink connected(RedisConfig config, RedisLimits limits) {
        RedisLink link = open(config, limits);
        Await.until("connected", () -> link.state().up());
        return link;
    }

    private static RedisFault faultOf(Future<RedisAnswer> answer) {
        Await.until("an answer", answer::isComplete);
        assertThatThrownBy(() -> Await.result(answer)).isInstanceOf(RedisException.class);
        return ((RedisException) answer.cause()).fault();
    }
}
