package io.weir.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.client.Json;
import io.weir.health.HealthProblems.Reason;
import io.weir.health.HealthProblems.Row;
import io.weir.health.HealthProblems.Words;
import io.weir.redis.RedisClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when the machine's clock is more than 30 s from Redis's, or, where Redis has not told the time, when it jumps by as much
 * against the time that passes. Any thread.
 */
public final class ClockCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ClockCheck.class);

    private static final Duration WRONG = Duration.ofSeconds(30);
    /** Nearer than {@link #WRONG}, so that a clock at the limit does not warn again and again. */
    private static final Duration RIGHT = Duration.ofSeconds(25);

    /** The fault's name in {@code /health}. */
    private static final String FAULT = "CLOCKS_DIFFER";

    private static final String HINT =
            "one of the two is wrong: compare both with a third (date -u here, redis-cli TIME there), and"
                    + " let both machines keep their time by NTP (timedatectl set-ntp true); a container has the clock of its host,"
                    + " and after a failover another machine's clock is Redis's";

    private static final String CHINESE_HINT = "两者之一有误：请与第三个时钟比对（本机 date -u，Redis 侧 redis-cli TIME），并让两台机器都用 NTP 校时"
            + "（timedatectl set-ntp true）；容器使用宿主机的时钟，故障切换后 Redis 的时钟来自另一台机器";

    private final Optional<RedisClock> redis;
    private final Clock machine;
    private final LongSupplier nanos;
    private volatile boolean wrong;
    private volatile Instant since = Instant.EPOCH;
    private boolean ahead;
    private long steadyMillis;

    /** @param nanos what passes steadily, {@link System#nanoTime} */
    public ClockCheck(Optional<RedisClock> redis, Clock machine, LongSupplier nanos) {
        this.redis = redis;
        this.machine = machine;
        this.nanos = nanos;
        this.steadyMillis = againstWhatPasses();
    }

    /** Compares the clocks; every few seconds. */
    synchronized void look() {
        long steady = againstWhatPasses();
        Optional<Duration> offset = offset();
        offset.ifPresentOrElse(this::compare, () -> jumped(Duration.ofMillis(steady - steadyMillis)));
        steadyMillis = steady;
    }

    /** Whether it was far from Redis's at the last look. */
    public boolean isWrong() {
        return wrong;
    }

    /** For {@code /health}. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        Optional<Duration> offset = offset();
        json.put("source", offset.isPresent() ? "redis" : "machine");
        offset.ifPresent(ahead -> json.put("offsetMillis", ahead.toMillis()));
        if (wrong) {
            offset.ifPresent(ahead ->
                    json.put("fault", FAULT).put("problem", words(ahead)).put("hint", HINT));
        }
        return json;
    }

    /** The row of {@code /health}; empty while the clocks agree. */
    Optional<Row> problem() {
        return wrong ? offset().map(this::row) : Optional.empty();
    }

    private Row row(Duration ahead) {
        Words words = new Words(words(ahead), HINT, chineseWords(ahead), CHINESE_HINT);
        return new Row(Reason.CLOCK, FAULT, since, words, json -> {});
    }

    private static String chineseWords(Duration offset) {
        return "本机时钟比 Redis 的" + (offset.isNegative() ? "慢 " : "快 ")
                + offset.abs().toSeconds() + " 秒";
    }

    private static String words(Duration offset) {
        return "this machine's clock is " + offset.abs().toSeconds() + " s "
                + (offset.isNegative() ? "behind" : "ahead of") + " Redis's";
    }

    private Optional<Duration> offset() {
        return redis.flatMap(RedisClock::machineAhead);
    }

    private long againstWhatPasses() {
        return machine.millis() - TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }

    private void compare(Duration offset) {
        boolean isAhead = !offset.isNegative();
        if (offset.abs().compareTo(WRONG) > 0 && (!wrong || ahead != isAhead)) {
            since = wrong ? since : machine.instant();
            wrong = true;
            ahead = isAhead;
            LOG.atWarn()
                    .addKeyValue("fault", FAULT)
                    .addKeyValue("offsetMillis", offset.toMillis())
                    .addKeyValue("hint", HINT)
                    .log("machine's clock and Redis's differ");
        } else if (wrong && offset.abs().compareTo(RIGHT) < 0) {
            wrong = false;
            LOG.atInfo().addKeyValue("offsetMillis", offset.toMillis()).log("machine's clock and Redis's agree again");
        }
    }

    private static void jumped(Duration by) {
        if (by.abs().compareTo(WRONG) > 0) {
            LOG.atWarn()
                    .addKeyValue("millis", by.toMillis())
                    .addKeyValue("hint", HINT)
                    .log("machine's clock has jumped, pushes are measured by it");
        }
    }

    /** Asks Redis for its time every second, so that a failover's new clock is known soon, and looks at the machine's. One instance. */
    public static final class ClockVerticle extends VerticleBase {
        private static final Duration PERIOD = Duration.ofSeconds(1);
        /** How long a start waits for Redis's time; the machine's clock does until it is known. */
        private static final Duration FIRST = Duration.ofMillis(1_500);

        private final Optional<RedisClock> redis;
        private final Future<Void> attempted;
        private final ClockCheck check;

        /** @param attempted when Redis may be asked for the first time */
        public ClockVerticle(Optional<RedisClock> redis, Future<Void> attempted, ClockCheck check) {
            this.redis = redis;
            this.attempted = attempted;
            this.check = check;
        }

        @Override
        public Future<?> start() {
            vertx.setPeriodic(PERIOD.toMillis(), id -> ask());
            return attempted
                    .compose(tried -> ask())
                    .timeout(FIRST.toMillis(), TimeUnit.MILLISECONDS)
                    .otherwiseEmpty();
        }

        private Future<Void> ask() {
            return redis.map(RedisClock::ask)
                    .orElseGet(Future::succeededFuture)
                    .otherwiseEmpty()
                    .onSuccess(asked -> check.look());
        }
    }
}
