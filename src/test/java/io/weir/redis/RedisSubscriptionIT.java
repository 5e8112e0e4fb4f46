package io.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisSubscriptionIT {
    private final Vertx vertx = Vertx.vertx();
    private final RedisServer redis = RedisServer.start();
    private final AtomicInteger subscribed = new AtomicInteger();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        redis.close();
        Await.result(vertx.close());
    }

    @Test
    void hearsAgainAfterALossOfTheConnectionAndSaysSo() {
        RedisSubscription subscription =
                RedisSubscription.open(vertx, redis.config(), "news", subscribed::incrementAndGet, heard::add);
        Await.until("subscribed", () -> subscribed.get() == 1);
        redis.command("PUBLISH", "weir:news", "one");
        redis.command("PUBLISH", "weir:other", "not this");
        Await.until("heard", () -> heard.equals(List.of("one")));

        redis.restart();
        Await.until("subscribed again", () -> subscribed.get() == 2);
        redis.command("PUBLISH", "weir:news", "two");

        Await.until("heard again", () -> heard.equals(List.of("one", "two")));
        subscription.close();
    }

    @Test
    void staysWhileNothingIsPublished() {
        RedisSubscription subscription =
                RedisSubscription.open(vertx, redis.config(), "news", subscribed::incrementAndGet, heard::add);
        Await.until("subscribed", () -> subscribed.get() == 1);

        Await.until(
                "two heartbeats",
                () -> redis.command("INFO", "commandstats").matches("(?s).*cmdstat_ping:calls=[4-9].*"));

        assertThat(subscription.state().up()).isTrue();
        assertThat(subscribed).hasValue(1);
        subscription.close();
    }
}
