package io.weir.dispatch.once;

import io.weir.redis.Await;
import io.weir.redis.RedisLink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Lets time pass for what Weir keeps in a Redis: everything has so much less time to live, and Redis's time is so much later. */
final class RedisTime {
    private final RedisLink link;
    private final AtomicLong passedMillis = new AtomicLong();

    RedisTime(RedisLink link) {
        this.link = link;
    }

    long millis() {
        return System.currentTimeMillis() + passedMillis.get();
    }

    /** All that there are, at each node. */
    List<String> keys() {
        return Await.result(link.sendToEach("KEYS", "weir:*")).stream()
                .flatMap(keys -> keys.items().stream())
                .map(key -> key.text().orElseThrow())
                .toList();
    }

    void pass(Duration time) {
        passedMillis.addAndGet(time.toMillis());
        for (String name : keys()) {
            long left = Await.result(link.send("PTTL", name)).number() - time.toMillis();
            if (left > 0) {
                Await.result(link.send("PEXPIRE", name, Long.toString(left)));
            } else {
                Await.result(link.send("DEL", name));
            }
        }
    }
}
