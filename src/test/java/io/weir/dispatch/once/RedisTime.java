package io.weir.dispatch.once;

import io.weir.redis.Await;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import java.time.Duration;
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

    void pass(Duration time) {
        passedMillis.addAndGet(time.toMillis());
        for (RedisAnswer key : Await.result(link.send("KEYS", "weir:*")).items()) {
            String name = key.text().orElseThrow();
            long left = Await.result(link.send("PTTL", name)).number() - time.toMillis();
            if (left > 0) {
                Await.result(link.send("PEXPIRE", name, Long.toString(left)));
            } else {
                Await.result(link.send("DEL", name));
            }
        }
    }
}
