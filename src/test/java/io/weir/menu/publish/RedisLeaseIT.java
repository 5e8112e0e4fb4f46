package io.weir.menu.publish;

import static io.weir.menu.MenuShop.ACCOUNT;
import static io.weir.menu.MenuShop.failure;
import static io.weir.menu.MenuShop.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.menu.diff.MenuException;
import io.weir.menu.publish.MenuLease.RedisLease;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may change menus, when Redis decides. */
class RedisLeaseIT {
    private static final String KEY = "weir:{" + ACCOUNT.appId() + "}:menu:lease";

    private final Vertx vertx = Vertx.vertx();
    private final RedisServer redis = RedisServer.start();
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);

    @SuppressWarnings("NullAway.Init") // set before each test
    private RedisLink link;

    @SuppressWarnings("NullAway.Init") // set before each test
    private RedisLease lease;

    @BeforeEach
    void open() {
        link = RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT);
        lease = new RedisLease(link, nanoTime::get);
    }

    @AfterEach
    void close() {
        link.close();
        redis.close();
        join(vertx.close());
    }

    @Test
    void isGivenBackAfterTheWorkAndAfterItsFailure() {
        String done = join(lease.exclusively(ACCOUNT, hold -> Future.succeededFuture("done")));
        Throwable bug = failure(lease.exclusively(ACCOUNT, hold -> {
            throw new IllegalStateException("a bug");
        }));

        assertThat(done).isEqualTo("done");
        assertThat(bug).hasMessage("a bug");
        assertThat(redis.command("EXISTS", KEY)).contains("0");
    }

    @Test
    void whoHasItRenewsItAndOthersAreRefused() {
        String left = join(lease.exclusively(ACCOUNT, hold -> {
            redis.command("PEXPIRE", KEY, "1000");
            return hold.renew().map(renewed -> redis.command("PTTL", KEY));
        }));
        RedisLease other = new RedisLease(link, nanoTime::get);
        Throwable refused = failure(lease.exclusively(
                ACCOUNT, hold -> other.exclusively(ACCOUNT, second -> Future.succeededFuture("never"))));

        assertThat(Long.parseLong(left.replaceAll("[^0-9]", ""))).isGreaterThan(50_000);
        assertThat(refused)
                .isInstanceOfSatisfying(
                        MenuException.class, busy -> assertThat(busy.kind()).isEqualTo(MenuException.Kind.BUSY));
    }

    @Test
    void whoHasLostItToAnotherMayNotGoOnAndDoesNotTakeItBack() {
        Throwable lost = failure(lease.exclusively(ACCOUNT, hold -> {
            redis.command("SET", KEY, "another");
            return hold.renew();
        }));

        assertThat(lost).hasMessageContaining("another one may change the menus of account shop by now");
        assertThat(redis.command("GET", KEY)).contains("another");
    }

    @Test
    void withRedisAwayItHoldsForHalfOfItsLength() {
        Throwable inTime = failure(lease.exclusively(ACCOUNT, hold -> {
            redis.kill();
            nanoTime.addAndGet(Duration.ofSeconds(29).toNanos());
            return hold.renew();
        }));
        redis.restart();
        Throwable late =
                failure(new RedisLease(RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT), nanoTime::get)
                        .exclusively(ACCOUNT, hold -> {
                            redis.kill();
                            nanoTime.addAndGet(Duration.ofSeconds(31).toNanos());
                            return hold.renew();
                        }));

        assertThat(inTime).isNull();
        assertThat(late).hasMessageContaining("this took so long");
    }

    @Test
    void withRedisAwayFromTheBeginningNothingIsDone() {
        redis.kill();
        RedisLink away = RedisLink.open(vertx, redis.config(), RedisLimits.DEFAULT);

        Throwable refused = failure(
                new RedisLease(away, nanoTime::get).exclusively(ACCOUNT, hold -> Future.succeededFuture("never")));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        MenuException.class, none -> assertThat(none.kind()).isEqualTo(MenuException.Kind.UNAVAILABLE));
        away.close();
    }
}
