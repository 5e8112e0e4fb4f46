package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.weir.client.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection for each event loop, and the commands of one turn of a loop in one write. */
class RedisConnectionsIT {
    private static final int COMMANDS = 20;
    private static final RedisLimits NO_HEARTBEAT = new RedisLimits(
            Duration.ofMillis(1_500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ZERO,
            16_384);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final RedisServer redis = RedisServer.start();
    private final WriteCounter writes = WriteCounter.before(redis.port());
    private final Context one = nextLoop();
    private final Context other = nextLoop();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RedisLink link;

    @BeforeEach
    void open() {
        link = RedisLink.open(vertx, writes.config(), NO_HEARTBEAT);
        Await.result(on(one, () -> link.send("PING")));
    }

    @AfterEach
    void close() {
        link.close();
        writes.close();
        redis.close();
        Await.result(vertx.close());
    }

    @Test
    void eachLoopHasAConnectionOfItsOwn() {
        String first = Await.result(on(one, this::connection));

        assertThat(Await.result(on(other, this::connection))).isNotEqualTo(first);
        assertThat(Await.result(on(one, this::connection))).isEqualTo(first);
    }

    @Test
    void aBlockedLoopCutsOffNoOther() throws InterruptedException {
        Await.result(on(other, () -> link.send("PING")));
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch unblock = new CountDownLatch(1);
        one.runOnContext(now -> {
            blocked.countDown();
            awaitQuietly(unblock);
        });
        blocked.await();

        long start = System.nanoTime();
        Await.until("more than the silence that means away", () -> {
            assertThat(Await.result(on(other, () -> link.send("PING"))).text()).contains("PONG");
            return System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(1_500);
        });
        assertThat(link.state().up()).isTrue();
        assertThat(Await.result(link.send("PING")).text()).contains("PONG");

        unblock.countDown();
        assertThat(Await.result(on(one, () -> link.send("PING"))).text()).contains("PONG");
    }

    @Test
    void theCommandsOfOneTurnLeaveInOneWrite() {
        int before = writes.count();

        Await.result(on(one, () -> Future.all(increments())));

        assertThat(writes.count() - before).isEqualTo(1);
    }

    @Test
    void anErrorAnswerToOneCommandLeavesTheOthersAlone() {
        redis.command("LPUSH", "list", "v");
        List<Future<RedisAnswer>> answers = new ArrayList<>();

        Await.result(on(one, () -> {
            answers.addAll(increments());
            answers.add(link.send("GET", "list"));
            answers.add(link.send("GET", "absent"));
            answers.addAll(increments());
            return Future.join(answers).transform(done -> Future.succeededFuture());
        }));

        Future<RedisAnswer> wrong = answers.remove(COMMANDS);
        assertThat(((RedisException) wrong.cause()).fault()).isEqualTo(RedisFault.WRONG_TYPE);
        assertThat(answers).allMatch(Future::succeeded);
        assertThat(answers.get(answers.size() - 1).result().number()).isEqualTo(2 * COMMANDS);
    }

    @Test
    void isDownForAllWhileOneConnectionIsAway() {
        try (LogCapture log = LogCapture.atItsLevel("io.weir.redis")) {
            Await.result(on(other, () -> link.send("PING")));
            redis.kill();
            Await.until("away", () -> log.lines().size() == 1);
            assertThat(link.state().up()).isFalse();

            redis.restart();
            Await.until("available again", () -> log.lines().size() == 2);
            assertThat(link.state().up()).isTrue();
            assertThat(log.lines().get(1)).startsWith("INFO Redis is available again");
        }
    }

    private Context nextLoop() {
        return ((VertxInternal) vertx)
                .contextBuilder()
                .withThreadingModel(ThreadingModel.EVENT_LOOP)
                .build();
    }

    private List<Future<RedisAnswer>> increments() {
        return IntStream.range(0, COMMANDS)
                .mapToObj(each -> link.send("INCR", "n"))
                .toList();
    }

    private Future<String> connection() {
        return link.send("CLIENT", "ID").map(id -> id.text().orElse(""));
    }

    private static <T> Future<T> on(Context loop, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(now -> work.get().onComplete(done));
        return done.future();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
