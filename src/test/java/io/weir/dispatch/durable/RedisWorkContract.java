package io.weir.dispatch.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.weir.dispatch.durable.DurableWork.Abandoned;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.redis.Await;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What {@link RedisWork} does besides, whatever kind of Redis it is. */
abstract class RedisWorkContract extends DurableWorkContract {
    /** The way to a Redis. */
    abstract RedisLink link();

    private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());
    private static final Set<Use> BOTH = Set.of(Use.WORK, Use.JOURNAL);

    private final String appId = "wx" + NUMBER.incrementAndGet();
    private final AtomicLong now = new AtomicLong(System.currentTimeMillis());

    private final List<RedisWork> living = new ArrayList<>();

    @Override
    DurableWork instance() {
        RedisWork made = instance("owner" + NUMBER.incrementAndGet());
        living.add(made);
        return made;
    }

    @Override
    void kill(DurableWork instance) {
        living.remove(instance);
    }

    @Override
    DurableWork heir(DurableWork alive) {
        return instance();
    }

    /** Redis measures how long entries lie idle by a clock that cannot be set: each is said to lie so much longer. */
    @Override
    void pass(Duration time) {
        now.addAndGet(time.toMillis());
        for (RedisAnswer entry :
                redis("XPENDING", key("work"), "weir", "-", "+", "1000").items()) {
            List<RedisAnswer> parts = entry.items();
            redis(
                    "XCLAIM",
                    key("work"),
                    "weir",
                    parts.get(1).text().orElseThrow(),
                    "0",
                    parts.get(0).text().orElseThrow(),
                    "IDLE",
                    String.valueOf(parts.get(2).number() + time.toMillis()),
                    "JUSTID");
        }
        living.forEach(each -> Await.result(each.renew()));
    }

    RedisWork instance(String owner) {
        return new RedisWork(link(), owner, Map.of("main", appId), JournalConfig.DEFAULT, now::get);
    }

    static StoredPush named(String id) {
        return new StoredPush(
                "main",
                id,
                "CLICK",
                "oA1",
                "<xml>你好</xml>",
                Instant.ofEpochMilli(1_700_000_000_123L),
                1,
                Optional.of("00-1"));
    }

    /** The lease of an entry is over, by Redis's clock. */
    private void expire(Ticket ticket, String owner) {
        redis("XCLAIM", key("work"), "weir", owner, "0", ticket.text(), "IDLE", "60000", "JUSTID");
    }

    String key(String what) {
        return "weir:{" + appId + "}:" + what;
    }

    RedisAnswer redis(String command, String... arguments) {
        return Await.result(link().send(command, arguments));
    }

    long length(String what) {
        return redis("XLEN", key(what)).number();
    }

    @Test
    void givesAnEntryToItsOwnerAndRemovesItAtTheEnd() {
        RedisWork one = instance("one");

        Ticket ticket = Await.result(one.keep(named("p1"), BOTH));

        assertThat(length("work")).isOne();
        assertThat(redis("XPENDING", key("work"), "weir").items().get(0).number())
                .isOne();
        Await.result(one.done(ticket));
        assertThat(length("work")).isZero();
        assertThat(redis("XPENDING", key("work"), "weir").items().get(0).number())
                .isZero();
        assertThat(length("journal")).isOne();
    }

    @Test
    void leavesAnEntryToItsOwnerWhileThatRenewsItAndToAnotherWhenItDoesNot() {
        RedisWork one = instance("one");
        RedisWork two = instance("two");
        Ticket ticket = Await.result(one.keep(named("p1"), BOTH));

        assertThat(Await.result(two.takeOver("main", 10))).isEmpty();
        expire(ticket, "one");
        one.renew();
        Await.until(
                "renewed",
                () -> redis("XPENDING", key("work"), "weir", "IDLE", "30000", "-", "+", "10")
                        .items()
                        .isEmpty());
        assertThat(Await.result(two.takeOver("main", 10))).isEmpty();
        expire(ticket, "one");

        List<Abandoned> taken = Await.result(two.takeOver("main", 10));

        assertThat(taken).extracting(Abandoned::push).containsExactly(named("p1"));
        assertThat(taken).extracting(Abandoned::ticket).containsExactly(ticket);
        assertThat(taken).extracting(Abandoned::failures).containsExactly(0);
        assertThat(Await.result(instance("three").takeOver("main", 10))).isEmpty();
    }

    @Test
    void triesAFailedHandlerAgainAfterPausesAndMakesItADeadLetterAfterFive() {
        RedisWork one = instance("one");
        Ticket ticket = Await.result(one.keep(named("p1"), BOTH));
        for (int failures = 1; failures <= 5; failures++) {
            Await.result(one.failed(ticket, named("p1"), "java.io.IOException"));
            if (failures < 5) {
                expire(ticket, "one");
                assertThat(Await.result(one.takeOver("main", 10)))
                        .as("too early")
                        .isEmpty();
                now.addAndGet(RetryPauses.after(failures).toMillis());
                expire(ticket, "one");
                List<Abandoned> taken = Await.result(one.takeOver("main", 10));
                assertThat(taken).extracting(Abandoned::failures).containsExactly(failures);
                assertThat(taken).extracting(Abandoned::error).containsExactly(Optional.of("java.io.IOException"));
            }
        }

        assertThat(length("work")).isZero();
        assertThat(length("dead")).isOne();
        assertThat(redis("XRANGE", key("dead"), "-", "+")
                        .items()
                        .get(0)
                        .items()
                        .get(1)
                        .items())
                .extracting(field -> field.text().orElse(""))
                .contains("java.io.IOException", "<xml>你好</xml>");
        assertThat(redis("HLEN", key("failures")).number()).isZero();
    }

    @Test
    void findsEntriesThatTheGroupHasLost() {
        RedisWork one = instance("one");
        Ticket lost = Await.result(one.keep(named("p1"), BOTH));
        redis("XGROUP", "DESTROY", key("work"), "weir");
        Await.result(instance("two").keep(named("p2"), BOTH));
        RedisWork three = instance("three");

        Await.result(three.lookAfter("main"));

        assertThat(redis("XPENDING", key("work"), "weir").items().get(0).number())
                .isEqualTo(2);
        expire(lost, "three");
        assertThat(Await.result(three.takeOver("main", 10)))
                .extracting(Abandoned::ticket)
                .containsExactly(lost);
    }

    @Test
    void makesAGroupAnewThatWasDeletedWithTheStream() {
        RedisWork one = instance("one");
        assertThat(Await.result(one.takeOver("main", 10))).isEmpty();
        redis("DEL", key("work"));

        assertThat(Await.result(one.takeOver("main", 10))).isEmpty();
        Await.result(one.keep(named("p1"), BOTH));
        assertThat(length("work")).isOne();
    }

    @Test
    void findsInThreeLooksWhatTenThousandEntriesOfTheLivingStandBefore() {
        RedisWork living = instance("living");
        List<Future<Ticket>> kept = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            kept.add(living.keep(named("p" + i), Set.of(Use.WORK)));
            if (i % 25 == 24) {
                Await.result(Future.join(kept.subList(i - 24, i + 1)));
            }
        }
        Ticket abandoned = kept.get(9_990).result();
        expire(abandoned, "gone");
        RedisWork two = instance("two");

        List<Abandoned> found = new ArrayList<>();
        for (int look = 0; look < 3; look++) {
            found.addAll(Await.result(two.takeOver("main", 32)));
        }

        assertThat(found).extracting(Abandoned::ticket).containsExactly(abandoned);
    }

    @Test
    void leavesEverythingToOthersAtOnceWhenItStops() {
        RedisWork one = instance("one");
        Await.result(one.keep(named("p1"), BOTH));

        Await.result(one.releaseAll());

        assertThat(Await.result(instance("two").takeOver("main", 10))).hasSize(1);
    }

    @Test
    void leavesAnEntryOfAnotherVersionAlone() {
        RedisWork one = instance("one");
        Ticket ticket = Await.result(one.keep(named("p1"), BOTH));
        String foreign =
                redis("XADD", key("work"), "*", "v", "9", "z", "?").text().orElseThrow();
        redis("XCLAIM", key("work"), "weir", "gone", "0", foreign, "IDLE", "60000", "FORCE");

        assertThat(Await.result(instance("two").takeOver("main", 10))).isEmpty();
        assertThat(length("work")).isEqualTo(2);
        Await.result(one.done(ticket));
    }

    @Test
    void trimsTheJournalToItsMemory() {
        JournalConfig small = new JournalConfig(
                Duration.ofHours(1), 200_000, Duration.ofDays(1), 1 << 20, 1_000, OptionalLong.empty());
        RedisWork one = new RedisWork(link(), "one", Map.of("main", appId), small, now::get);
        List<Future<Ticket>> kept = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            kept.add(one.keep(named("p" + i), Set.of(Use.JOURNAL)));
        }
        Await.result(Future.join(kept));

        Await.result(one.lookAfter("main"));

        assertThat(redis("MEMORY", "USAGE", key("journal")).number()).isLessThan(260_000);
        assertThat(length("journal")).isBetween(500L, 2_999L);
    }
}
