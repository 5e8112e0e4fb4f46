package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.client.LogCapture;
import io.weir.faults.proxy.RedisProxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When Redis counts as away, with the limits that a gateway has: on evidence, and not because an answer was slow. */
@Tag("measured")
class RedisAwayIT {
    private static final Duration LIMIT = RedisLimits.DEFAULT.command();
    private static final Duration NOTICED = Duration.ofMillis(1_700);
    private static final Duration BACK = Duration.ofSeconds(2);

    private final LogCapture log = LogCapture.atItsLevel("io.weir.redis");
    private final Vertx vertx = Vertx.vertx();
    private final RedisServer redis = RedisServer.start("--enable-debug-command", "yes");
    private final RedisProxy proxy = RedisProxy.before(redis.port());

    @SuppressWarnings("NullAway.Init") // set before each test
    private RedisLink link;

    @BeforeEach
    void open() {
        link = RedisLink.open(
                vertx, RedisConfig.server(URI.create("redis://127.0.0.1:" + proxy.port())), RedisLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        link.close();
        proxy.close();
        redis.close();
        Await.result(vertx.close());
        log.close();
    }

    @Test
    void whatIsSentBeforeTheFirstConnectionWaitsForIt() {
        List<Future<RedisAnswer>> answers = increments(100);

        assertAllAnswered(answers);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aPauseOfHalfASecondCostsNothing() {
        connected();
        redis.pause();
        List<Future<RedisAnswer>> answers = increments(100);
        pass(Duration.ofMillis(500));
        redis.resume();

        assertAllAnswered(answers);
        assertKept();
    }

    @Test
    void aCommandThatIsOverItsLimitCostsNoOther() {
        connected();
        Future<RedisAnswer> slow = link.send(Duration.ofMillis(200), "DEBUG", "SLEEP", "0.6");
        List<Future<RedisAnswer>> behind = increments(100);

        Await.until("the slow one", slow::isComplete);
        assertThat(fault(slow)).isEqualTo(RedisFault.TIMEOUT);
        assertThat(link.isAway()).isFalse();
        assertAllAnswered(behind);
        assertKept();
    }

    @Test
    void slowAnswersCostNoneOfThem() {
        connected();
        proxy.delay(Duration.ofMillis(400));

        for (int each = 0; each < 3; each++) {
            assertAllAnswered(increments(1));
        }
        assertKept();
    }

    @Test
    void aStoppedEventLoopIsNoEvidenceAgainstRedis() {
        connected();
        List<Future<RedisAnswer>> answers = new ArrayList<>();
        Promise<Void> over = Promise.promise();
        Promise<RedisAnswer> connectedHere = Promise.promise();
        Context loop = vertx.getOrCreateContext();
        loop.runOnContext(now -> link.send("PING").onComplete(connectedHere));
        Await.result(connectedHere.future());
        loop.runOnContext(now -> {
            answers.addAll(increments(10));
            pass(Duration.ofSeconds(3));
            answers.addAll(increments(10));
            over.complete();
        });

        Await.result(over.future());
        assertAllAnswered(answers);
        assertKept();
    }

    @Test
    void aPausedRedisIsAwayWithinASecondAndAHalfAndBackWithinTwo() {
        connected();
        redis.pause();
        List<Future<RedisAnswer>> answers = increments(100);
        assertAway(answers, RedisFault.TIMEOUT);
        pass(Duration.ofSeconds(3));
        assertThat(link.isAway()).isTrue();

        redis.resume();

        assertBack();
    }

    @Test
    void anIdleLinkNoticesAPauseToo() {
        connected();
        redis.pause();

        Await.until("away", Duration.ofMillis(2_500), link::isAway);
        redis.resume();
        assertBack();
    }

    @Test
    void aHalfOpenConnectionIsAwayWithinASecondAndAHalfAndBackWithinTwo() {
        connected();
        proxy.halfOpen();
        assertAway(increments(100), RedisFault.TIMEOUT);

        proxy.clear();

        assertBack();
    }

    @Test
    void aKilledRedisIsAwayAtOnce() {
        connected();
        pass(RedisLimits.DEFAULT.longestPause());
        redis.pause();
        List<Future<RedisAnswer>> answers = increments(100);
        redis.kill();

        Await.until("failed", Duration.ofMillis(500), () -> answers.stream().allMatch(Future::failed));
        assertAway(increments(1), RedisFault.UNREACHABLE);
        assertThat(log.lines()).anyMatch(line -> line.contains("UNREACHABLE") && line.contains("hint"));
        redis.restart();
        assertBack();
    }

    @Test
    void aConnectionThatEndsIsMadeAgainWhileCommandsWait() {
        connected();
        pass(RedisLimits.DEFAULT.longestPause());
        Instant made = link.state().since();
        redis.command("CLIENT", "KILL", "TYPE", "normal");
        // What is sent before the end is noticed fails: nobody knows whether Redis has carried it out.
        Await.until("noticed", () -> link.state().since().isAfter(made));

        for (int each = 0; each < 20; each++) {
            assertAllAnswered(increments(5));
        }
        assertThat(log.lines()).noneMatch(line -> line.contains("unavailable"));
    }

    @Test
    void aFaultThatAUserHasFoundIsNamed() {
        connected();

        link.report(RedisException.otherVersion("a row weir:p:"));

        assertThat(link.state().up()).isTrue();
        assertThat(link.state().fault()).contains(RedisFault.OTHER_VERSION);
        assertThat(log.lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("WARN Redis command failed").contains("OTHER_VERSION"));
    }

    @Test
    void tenThousandCommandsASecondMayWaitForTheirWholeLimit() {
        link.close();
        link = RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT);
        connected();
        redis.pause();
        List<Future<RedisAnswer>> answers = increments(15_000);
        pass(Duration.ofMillis(300));
        redis.resume();

        assertAllAnswered(answers);
        assertKept();
    }

    private List<Future<RedisAnswer>> increments(int many) {
        List<Future<RedisAnswer>> answers = new ArrayList<>();
        for (int each = 0; each < many; each++) {
            answers.add(link.send("INCR", "n"));
        }
        return answers;
    }

    private void connected() {
        Await.result(link.attempted());
        assertThat(link.state().up()).isTrue();
    }

    private static void assertAllAnswered(List<Future<RedisAnswer>> answers) {
        Await.result(Future.all(answers));
        long first = answers.get(0).result().number();
        for (int each = 0; each < answers.size(); each++) {
            assertThat(answers.get(each).result().number()).isEqualTo(first + each);
        }
    }

    /** The connection of the beginning is there, and nothing was told. */
    private void assertKept() {
        assertThat(link.isAway()).isFalse();
        assertThat(redis.command("INFO", "stats")).containsPattern("total_connections_received:[1-4]\r\n");
        assertThat(log.lines()).noneMatch(line -> line.contains("unavailable"));
    }

    private void assertAway(List<Future<RedisAnswer>> answers, RedisFault fault) {
        Await.until("away", NOTICED, link::isAway);
        Await.until("failed", LIMIT, () -> answers.stream().allMatch(Future::failed));
        assertThat(answers).allMatch(answer -> fault(answer) == fault);
        long start = System.nanoTime();
        Future<RedisAnswer> next = link.send("GET", "n");
        assertThat(next.failed()).isTrue();
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofMillis(100).toNanos());
        assertThat(log.lines())
                .filteredOn(line -> line.contains("Redis is unavailable"))
                .hasSize(1);
    }

    private void assertBack() {
        Await.until("back", BACK, () -> link.state().up());
        assertAllAnswered(increments(3));
        Await.until("told", () -> log.lines().stream().anyMatch(line -> line.contains("Redis is available again")));
    }

    private static RedisFault fault(Future<?> failed) {
        return ((RedisException) failed.cause()).fault();
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
