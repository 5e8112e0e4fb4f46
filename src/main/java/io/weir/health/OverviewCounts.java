package io.weir.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.receiver.Accounts;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisMeters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has counted since its start, as the overview names it. Read off the metrics, which count anyway: no push does
 * more for it. Any thread.
 */
public final class OverviewCounts {
    /** Under which the counts of all accounts are, and those that belong to none. */
    static final String ALL = "*";

    static final String TOOK = "took";
    static final String REDIS_TOOK = "redisTook";
    private static final String ACCOUNT = "account";
    private static final String PUSHES = "pushes";
    private static final String NO_END = "inf";

    private static final Map<String, Series> SERIES = Map.of(
            "weir.pushes", new Series(PUSHES, "outcome"),
            "weir.refusals", new Series("refusals", "cause"),
            "weir.late.replies", new Series("lateReplies", "outcome"),
            "weir.api.calls", new Series("apiCalls", "errcode"),
            "weir.token.fetches", new Series("tokens", "result"),
            "weir.redis.errors", new Series("redis", "fault"));

    /** Of attempts that began no run; the others are those of pushes that are counted already. */
    private static final Map<String, String> REPEATS =
            Map.of("joined", "repeat", "stored", "repeat", "expired", "repeat", "lapsed", "lapsed", "shed", "shed");

    private final MeterRegistry metrics;
    private final Accounts accounts;
    private final RedisMeters redis;
    private final Optional<RedisLink> link;
    private final AtomicLong away = new AtomicLong();

    private record Series(String group, String tag) {}

    /**
     * Those of a gateway.
     *
     * @param accounts know how long pushes took
     * @param link empty where there is no Redis
     */
    public OverviewCounts(MeterRegistry metrics, Accounts accounts, RedisMeters redis, Optional<RedisLink> link) {
        this.metrics = metrics;
        this.accounts = accounts;
        this.redis = redis;
        this.link = link;
    }

    /** All, by account and then by name: {@code pushes.reply}, {@code took.50} for pushes that took up to 50 ms. */
    Map<String, Map<String, Long>> read() {
        Map<String, Map<String, Long>> counts = new HashMap<>();
        for (Meter meter : metrics.getMeters()) {
            String name = name(meter.getId());
            if (name != null && meter instanceof Counter counter) {
                add(counts, meter.getId().getTag(ACCOUNT), name, (long) counter.count());
            }
        }
        accounts.durations().forEach((account, took) -> addTook(counts, account, TOOK, Accounts.BOUNDS, took));
        if (link.isPresent()) {
            addTook(counts, null, REDIS_TOOK, RedisMeters.BOUNDS, redis.counts());
            add(counts, null, "redis.away", link.get().isAway() ? away.incrementAndGet() : away.get());
        }
        return counts;
    }

    private static @Nullable String name(Meter.Id id) {
        if (id.getName().equals("weir.repeats")) {
            String repeat = REPEATS.get(String.valueOf(id.getTag("way")));
            return repeat == null ? null : PUSHES + "." + repeat;
        }
        Series series = SERIES.get(id.getName());
        return series == null ? null : series.group + "." + id.getTag(series.tag);
    }

    private static void addTook(
            Map<String, Map<String, Long>> counts,
            @Nullable String account,
            String group,
            List<Duration> bounds,
            long[] took) {
        for (int bucket = 0; bucket < took.length; bucket++) {
            String end = bucket < bounds.size() ? millis(bounds.get(bucket)) : NO_END;
            add(counts, account, group + "." + end, took[bucket]);
        }
    }

    /** Without trailing zeros: 0.2, 50. */
    static String millis(Duration bound) {
        double millis = bound.toNanos() / 1e6;
        return millis == Math.rint(millis) ? Long.toString((long) millis) : Double.toString(millis);
    }

    private static void add(Map<String, Map<String, Long>> counts, @Nullable String account, String name, long count) {
        if (count > 0) {
            counts.computeIfAbsent(ALL, first -> new HashMap<>()).merge(name, count, Long::sum);
            if (account != null) {
                counts.computeIfAbsent(account, first -> new HashMap<>()).merge(name, count, Long::sum);
            }
        }
    }

    /**
     * What WeChat may raise an alarm for.
     *
     * @param account {@value #ALL} for what belongs to no account
     * @param kind as {@code weir_alarm_failures} names it
     */
    record Alarm(String account, String kind) {}

    /** How often each has happened within the last five minutes; only what has. */
    Map<Alarm, Long> alarms() {
        List<Gauge> gauges = new ArrayList<>(metrics.find("weir.alarm.failures").gauges());
        return gauges.stream()
                .filter(each -> each.value() >= 1)
                .collect(Collectors.toMap(
                        each -> new Alarm(
                                String.valueOf(each.getId().getTag(ACCOUNT)),
                                String.valueOf(each.getId().getTag("kind"))),
                        each -> (long) each.value(),
                        Long::sum));
    }
}
