package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.client.Futures;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisFleetCounterIT extends FleetCounterContract {
    private static final Duration DAY = Duration.ofHours(25);

    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis();

    @Override
    protected FleetCounter counts() {
        return new RedisFleetCounter(REDIS.link(), new MemoryFleetCounter(System::nanoTime));
    }

    /** Redis's clock cannot be moved: as much time really passes, and never much; a little more, since it counts in whole ms. */
    @Override
    protected void pass(Duration time) {
        long end = System.nanoTime() + time.plusMillis(5).toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void countsForAllInstances() throws Exception {
        assertThat(Futures.get(counts().take("a:day", 1, DAY))).isTrue();

        assertThat(Futures.get(counts().take("a:day", 1, DAY))).isFalse();
        assertThat(Futures.get(counts().taken("a:day"))).isEqualTo(1);
        assertThat(counts().shared()).isTrue();
    }

    /** The caller had asked for the whole budget, since Redis seemed to be there. */
    @Test
    void keepsToATenthWhenRedisGoesAway() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = RedisLink.open(REDIS.vertx(), server.config(), RedisLimits.DEFAULT);
            Await.result(link.attempted());
            FleetCounter counts = new RedisFleetCounter(link, new MemoryFleetCounter(System::nanoTime));
            assertThat(Futures.get(counts.take("a:day", 20, DAY))).isTrue();
            server.pause();

            int granted = 0;
            for (int each = 0; each < 10; each++) {
                granted += Futures.get(counts.take("a:day", counts.shared() ? 20 : 2, DAY)) ? 1 : 0;
            }

            assertThat(granted).isEqualTo(2);
            assertThat(counts.shared()).isFalse();
            server.resume();
            link.close();
        }
    }
}
