package io.weir.dispatch.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.weir.dispatch.once.PushStore.Expected;
import io.weir.redis.Await;
import io.weir.redis.RedisFault;
import io.weir.redis.SharedRedis;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisPushStoreIT extends PushStoreContract {
    @RegisterExtension
    static final SharedRedis REDIS = new SharedRedis();

    private final RedisTime time = new RedisTime(REDIS.link());
    private final PushStore store = new RedisPushStore(REDIS.link(), LIMITS, time::millis, () -> 0);

    @Override
    PushStore store() {
        return store;
    }

    @Override
    void pass(Duration time) {
        this.time.pass(time);
    }

    @Test
    void keepsRowsThatPeopleCanRead() {
        PushId id = id();
        Await.result(store.claim(id, key(), new Row.Running("me", 0, 1_700_000_000_000L)));
        assertThat(raw(id)).isEqualTo("1 r me 0 1700000000000");

        Await.result(store.replace(
                id,
                Expected.beginning(Row.Running.ownedBy("me")),
                Optional.of(new Row.AnsweredRow(1_700_000_000_000L, "<xml>你好</xml>", true))));

        assertThat(raw(id)).isEqualTo("1 a 1700000000000 <xml>你好</xml>");
    }

    @Test
    void namesARowOfAnotherVersion() {
        PushId id = id();
        Await.result(REDIS.link().send("SET", "weir:p:" + id.text(), "rholder|123|456"));

        assertThatThrownBy(() -> Await.result(store.claim(id, key(), new Row.Running("me", 0, 1))))
                .hasMessageContaining("cannot read");
        assertThat(REDIS.link().state().fault()).contains(RedisFault.OTHER_VERSION);
    }

    @Test
    void keepsLittleBesideAnAnswer() {
        long before = usedMemory();
        int pushes = 20_000;
        long now = Instant.now().getEpochSecond();

        List<Future<?>> settled = new ArrayList<>();
        for (int i = 0; i < pushes; i++) {
            PushId id = id();
            ReplayKey key = new ReplayKey(now, id.low() * 0x9E3779B97F4A7C15L, id.high(), false);
            settled.add(store.claim(id, key, new Row.Running("instance", 0, now * 1_000))
                    .compose(claim -> store.replace(
                            id,
                            Expected.beginning(Row.Running.ownedBy("instance")),
                            Optional.of(new Row.AnsweredRow(now * 1_000, "success", true)))));
            if (i % 500 == 499) {
                settled.forEach(Await::result);
                settled.clear();
            }
        }

        assertThat((usedMemory() - before) / pushes).isBetween(40L, 300L);
    }

    @Test
    void letsEveryKeyExpire() {
        Await.result(store.claim(id(), key(), new Row.Running("me", 0, 1)));

        List<Long> left = Await.result(REDIS.link().send("KEYS", "weir:*")).items().stream()
                .map(key -> Await.result(REDIS.link().send("PTTL", key.text().orElseThrow()))
                        .number())
                .toList();

        assertThat(left).hasSize(2).allMatch(millis -> millis > 0 && millis <= 2 * 600_000 + 60_000);
    }

    private static String raw(PushId id) {
        return Await.result(REDIS.link().send("GET", "weir:p:" + id.text()))
                .text()
                .orElse("");
    }

    private static long usedMemory() {
        String memory = Await.result(REDIS.link().send("INFO", "memory")).text().orElseThrow();
        return memory.lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }
}
