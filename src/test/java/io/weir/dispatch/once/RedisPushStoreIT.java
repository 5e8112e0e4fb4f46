package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.once.PushStore.Asking;
import io.weir.dispatch.once.PushStore.Claimed;
import io.weir.redis.Await;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import io.weir.wechat.codec.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisPushStoreIT extends PushStoreContract {
    private static final Vertx VERTX = Vertx.vertx();
    private static final RedisServer SERVER = RedisServer.start();
    private static final RedisLink LINK = RedisLink.open(VERTX, SERVER.config(), RedisLimits.DEFAULT);

    private final PushStore store = new RedisPushStore(LINK, LIMITS);

    @BeforeAll
    static void connect() {
        Await.result(LINK.attempted());
    }

    @AfterAll
    static void close() {
        LINK.close();
        SERVER.close();
        Await.result(VERTX.close());
    }

    @Override
    PushStore store() {
        return store;
    }

    @Override
    void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos() + 2_000_000;
        Await.until("Redis's clock has gone on", () -> System.nanoTime() - end > 0);
    }

    @Test
    void keepsLittleOfAPushAndLessOfItsStamp() {
        String answer = "success";
        long before = usedMemory();
        int pushes = 20_000;
        long now = java.time.Instant.now().getEpochSecond();

        List<Future<Claimed>> claims = new ArrayList<>();
        for (int i = 0; i < pushes; i++) {
            var id = id();
            claims.add(store.claim(id, new Stamp(now, id.low() * 0x9E3779B97F4A7C15L), "instance", Asking.ARRIVED)
                    .compose(claimed ->
                            store.settle(id, "instance", answer, true).map(claimed)));
            if (i % 500 == 499) {
                claims.forEach(Await::result);
                claims.clear();
            }
        }

        assertThat((usedMemory() - before) / pushes).isBetween(40L, 260L);
    }

    @Test
    void isAskedTwiceForAPush() {
        Await.result(store.claim(id(), stamp(), "instance", Asking.ARRIVED));
        long before = scriptsRun();

        for (int i = 0; i < 100; i++) {
            var id = id();
            Await.result(store.claim(id, stamp(), "instance", Asking.ARRIVED));
            Await.result(store.settle(id, "instance", "answer", true));
        }

        // Each kind of script is sent along once, when Redis does not know it yet.
        assertThat(scriptsRun() - before).isBetween(200L, 202L);
    }

    private static long scriptsRun() {
        String stats = Await.result(LINK.send("INFO", "commandstats")).text().orElseThrow();
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_eval"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^:]*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    private static long usedMemory() {
        String memory = Await.result(LINK.send("INFO", "memory")).text().orElseThrow();
        return memory.lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }
}
