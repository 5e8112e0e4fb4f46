package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.PlatformAccount.Kept;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * How often each call was made today, and how often it may be (token-and-server-api.md §6, menu-api.md §8): by account and
 * calendar day of China time.
 *
 * <p>Where the reference is silent: a call that is refused by its own checks has counted, one that was turned away before
 * (token, whitelist, permission, quota) has not; the 51st quota/clear of a month is refused as the 11th clear_quota is.
 */
public final class Quotas implements Kept {
    /** What the forced refreshes of the stable token are counted under, beside the call itself. */
    static final String FORCED_REFRESH = "/cgi-bin/stable_token force_refresh";

    private static final String STABLE_TOKEN = "/cgi-bin/stable_token";
    private static final int STABLE_TOKEN_PER_MINUTE = 10_000;
    private static final int CLEARS_PER_MONTH = 10;
    private static final int SINGLE_CLEARS_PER_MONTH = 50;

    private final Map<String, Count> today = new TreeMap<>();
    private final Map<String, Integer> ownLimits = new HashMap<>();
    private final Count stableTokenMinute = new Count(Period.MINUTE);
    private final Count clears = new Count(Period.MONTH);
    private final Count singleClears = new Count(Period.MONTH);
    private final Clock clock;
    private final BooleanSupplier testAccount;

    Quotas(Clock clock, BooleanSupplier testAccount) {
        this.clock = clock;
        this.testAccount = testAccount;
    }

    /** Counts a call, or refuses it with 45009 (day) or 45011 (minute); a refused one does not count. */
    public void spend(String path) {
        boolean perMinuteToo = path.equals(STABLE_TOKEN);
        if (perMinuteToo && stableTokenMinute.used(clock.instant()) >= STABLE_TOKEN_PER_MINUTE) {
            throw new Refused(45011, "api minute-quota reach limit, must slower, retry next minute");
        }
        if (used(path) >= limit(path)) {
            throw new Refused(45009, "reach max api daily quota limit");
        }
        today.computeIfAbsent(path, first -> new Count(Period.DAY)).add(clock.instant());
        if (perMinuteToo) {
            stableTokenMinute.add(clock.instant());
        }
    }

    /** How often a call was made today. */
    public long used(String path) {
        Count count = today.get(path);
        return count == null ? 0 : count.used(clock.instant());
    }

    /** How often a call may be made in a day. */
    public int limit(String path) {
        return ownLimits.getOrDefault(path, DailyLimits.of(path, testAccount.getAsBoolean()));
    }

    /** Sets another limit for a day, so that a test reaches it. */
    public void limit(String path, int perDay) {
        ownLimits.put(path, perDay);
    }

    /** Sets all counts of the day back to 0; 10 times a month, then 48006. */
    public void clear() {
        spendOfMonth(clears, CLEARS_PER_MONTH);
        today.clear();
    }

    /** Sets the count of one call back to 0; 50 times a month, then 48006. */
    public void clear(String path) {
        spendOfMonth(singleClears, SINGLE_CLEARS_PER_MONTH);
        today.remove(path);
    }

    /** What openapi/quota/get tells of a call. */
    public ObjectNode describe(String path) {
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        described
                .putObject("quota")
                .put("daily_limit", limit(path))
                .put("used", used(path))
                .put("remain", Math.max(0, limit(path) - used(path)));
        if (path.equals(STABLE_TOKEN)) {
            described
                    .putObject("rate_limit")
                    .put("call_count", STABLE_TOKEN_PER_MINUTE)
                    .put("refresh_second", 60);
        }
        return described;
    }

    /** How often each call was made today. */
    public ObjectNode describe() {
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        today.forEach((path, count) -> described.put(path, count.used(clock.instant())));
        return described;
    }

    private void spendOfMonth(Count count, int limit) {
        if (count.used(clock.instant()) >= limit) {
            throw new Refused(48006, "forbid to clear quota because of reaching the limit");
        }
        count.add(clock.instant());
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        ObjectNode days = saved.putObject("today");
        today.forEach((path, count) -> days.set(path, count.save()));
        saved.set("clears", clears.save());
        saved.set("singleClears", singleClears.save());
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        today.clear();
        saved.path("today").properties().forEach(entry -> {
            Count count = new Count(Period.DAY);
            count.load(entry.getValue());
            today.put(entry.getKey(), count);
        });
        clears.load(saved.path("clears"));
        singleClears.load(saved.path("singleClears"));
    }

    /**
     * How often an account may make each call in a day (token-and-server-api.md §2 and §6, menu-api.md §8).
     *
     * <p>For calls whose limit the reference does not give it is {@value #NEVER_REACHED}, the simulator's own choice: they are
     * counted and quota/get has a number to show.
     */
    static final class DailyLimits {
        private static final int NEVER_REACHED = 100_000_000;

        private static final Map<String, Integer> USUAL = Map.of(
                "/cgi-bin/token",
                2_000,
                "/cgi-bin/stable_token",
                500_000,
                Quotas.FORCED_REFRESH,
                20,
                "/cgi-bin/menu/create",
                1_000,
                "/cgi-bin/menu/get",
                10_000,
                "/cgi-bin/menu/delete",
                1_000,
                "/cgi-bin/menu/addconditional",
                2_000,
                "/cgi-bin/menu/delconditional",
                2_000,
                "/cgi-bin/menu/trymatch",
                20_000,
                "/cgi-bin/message/custom/send",
                500_000);

        /** Where a test account has another limit than the others. */
        private static final Map<String, Integer> TEST_ACCOUNT = Map.of(
                "/cgi-bin/token", 200,
                "/cgi-bin/menu/create", 100,
                "/cgi-bin/menu/get", 1_000,
                "/cgi-bin/menu/delete", 100,
                "/cgi-bin/message/custom/send", 50_000);

        private DailyLimits() {}

        static int of(String path, boolean testAccount) {
            int usual = USUAL.getOrDefault(path, NEVER_REACHED);
            return testAccount ? TEST_ACCOUNT.getOrDefault(path, usual) : usual;
        }
    }

    /** How often something has happened in the current period; begins at 0 with each. */
    static final class Count {
        private final Period period;
        private long number;
        private long used;

        Count(Period period) {
            this.period = period;
        }

        long used(Instant now) {
            return period.number(now) == number ? used : 0;
        }

        void add(Instant now) {
            used = used(now) + 1;
            number = period.number(now);
        }

        void clear() {
            used = 0;
        }

        ObjectNode save() {
            return JsonNodeFactory.instance.objectNode().put("period", number).put("used", used);
        }

        void load(JsonNode saved) {
            number = saved.path("period").asLong();
            used = saved.path("used").asLong();
        }
    }

    /** A stretch of China time within which calls are counted. */
    enum Period {
        MINUTE,
        DAY,
        MONTH;

        private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

        /** Which one of its kind an instant is in: the same number within, another one outside. */
        long number(Instant instant) {
            ZonedDateTime there = instant.atZone(CHINA);
            return switch (this) {
                case MINUTE -> Math.floorDiv(instant.getEpochSecond(), 60L);
                case DAY -> there.toLocalDate().toEpochDay();
                case MONTH -> there.getYear() * 12L + there.getMonthValue();
            };
        }
    }
}
