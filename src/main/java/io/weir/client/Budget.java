package io.weir.client;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often something may be called, as WeChat sets it (token-and-server-api.md §1, §2, §6, menu-api.md §8).
 *
 * @param name of what is counted
 * @param limit WeChat's
 */
record Budget(String name, long limit, Window window) {
    /** What a forced stable_token is counted as. */
    static final String FORCED = "stable_token/force";

    private static final Map<String, List<Budget>> TABLE = Map.ofEntries(
            entry("/cgi-bin/token", day("token", 2_000)),
            entry("/cgi-bin/stable_token", minute("stable_token", 10_000), day("stable_token", 500_000)),
            entry(
                    FORCED,
                    apart(FORCED, Duration.ofSeconds(30)),
                    day(FORCED, 20),
                    minute("stable_token", 10_000),
                    day("stable_token", 500_000)),
            entry("/cgi-bin/menu/create", day("menu/create", 1_000)),
            entry("/cgi-bin/menu/get", day("menu/get", 10_000)),
            entry("/cgi-bin/menu/delete", day("menu/delete", 1_000)),
            entry("/cgi-bin/menu/addconditional", day("menu/addconditional", 2_000)),
            entry("/cgi-bin/menu/delconditional", day("menu/delconditional", 2_000)),
            entry("/cgi-bin/menu/trymatch", day("menu/trymatch", 20_000)),
            entry("/cgi-bin/message/custom/send", day("message/custom/send", 500_000)),
            entry("/cgi-bin/clear_quota", month("clear_quota", 10)),
            entry("/cgi-bin/clear_quota/v2", month("clear_quota", 10)),
            entry("/cgi-bin/openapi/quota/clear", month("openapi/quota/clear", 50)));

    /** All that a call takes from, the scarcest first. */
    static List<Budget> of(Call call) {
        return of(call.manner().budget());
    }

    /** The same of what a call is counted as. */
    static List<Budget> of(String counted) {
        return TABLE.getOrDefault(counted, List.of());
    }

    /**
     * How many of it one takes: nine tenths of WeChat's, since others may call as well and clocks differ. A minute gets half
     * of that, since ours may begin in the middle of WeChat's.
     *
     * @param testAccount WeChat gives it a tenth a day and a minute
     * @param shared while it is not, each instance keeps to a tenth
     */
    long limit(boolean testAccount, boolean shared) {
        if (window.kind == Kind.APART) {
            return limit;
        }
        long own = limit * 9 / 10 / (window.kind == Kind.MINUTE ? 2 : 1);
        long ofAccount = testAccount && window.kind != Kind.MONTH ? own / 10 : own;
        return Math.max(1, shared ? ofAccount : ofAccount / 10);
    }

    /** For a message: that it is used up. */
    String usedUp(long limit) {
        return window.kind == Kind.APART
                ? "two of " + name + " must be " + window.kept.toSeconds() + " s apart"
                : "our own limit for " + name + " is used up: " + limit + " a "
                        + window.kind.name().toLowerCase(Locale.ROOT);
    }

    /** What it is counted under, now. */
    String countName(String appId, Clock clock) {
        return appId + ":" + name + window.suffix(clock);
    }

    /**
     * What a budget is for.
     *
     * @param kept how long its count is needed
     */
    record Window(Kind kind, Duration kept) {
        private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

        private String suffix(Clock clock) {
            return switch (kind) {
                case DAY -> ":" + LocalDate.now(clock.withZone(CHINA));
                case MONTH -> ":" + YearMonth.now(clock.withZone(CHINA));
                case MINUTE -> ":minute";
                case APART -> ":apart";
            };
        }
    }

    /** Kinds of time that is counted in. */
    enum Kind {
        /** A calendar day of China. */
        DAY,
        /** A calendar month of China. */
        MONTH,
        /** Sixty seconds from the first one on. */
        MINUTE,
        /** Not in a count, but in a distance. */
        APART
    }

    private static Map.Entry<String, List<Budget>> entry(String counted, Budget... budgets) {
        return Map.entry(counted, List.of(budgets));
    }

    private static Budget day(String name, long limit) {
        return new Budget(name, limit, new Window(Kind.DAY, Duration.ofHours(25)));
    }

    private static Budget month(String name, long limit) {
        return new Budget(name, limit, new Window(Kind.MONTH, Duration.ofDays(32)));
    }

    private static Budget minute(String name, long limit) {
        return new Budget(name, limit, new Window(Kind.MINUTE, Duration.ofMinutes(1)));
    }

    private static Budget apart(String name, Duration distance) {
        return new Budget(name, 1, new Window(Kind.APART, distance.plusSeconds(1)));
    }
}
