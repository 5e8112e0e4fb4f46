package io.weir.doctor;

import io.weir.doctor.Doctor.Finding;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What Redis tells of itself: the lines {@code name:value} of its command INFO. */
record RedisInfo(Map<String, String> values) {
    /** Of a Redis that does not allow the question. */
    static final RedisInfo UNTOLD = new RedisInfo(Map.of());

    private static final String KEEPS_ALL = "noeviction";
    private static final String OLDEST = "7.0";

    /** A row and a replay key with what Redis needs for both, on the safe side. */
    private static final long BYTES_PER_PUSH = 1_024;

    private static final long LEAST_PER_SECOND = 50;

    RedisInfo {
        values = Map.copyOf(values);
    }

    static RedisInfo of(String text) {
        return new RedisInfo(text.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip(), (first, second) -> first)));
    }

    /** Role and version. */
    String name() {
        String version = values.containsKey("valkey_version")
                ? "Valkey " + value("valkey_version", "")
                : value("redis_version", "of unknown version");
        return value("role", "server") + " " + version;
    }

    /**
     * Weir's claims need SET with NX and GET together; empty for a version that has it, or is not told. Valkey tells the version of
     * Redis that it came from, which is new enough.
     */
    Optional<Finding> tooOld() {
        String version = value("redis_version", "");
        return Optional.of(version)
                .filter(told -> told.matches("[0-6]\\..*"))
                .map(old -> Finding.fail("it has version " + old, "Use Redis 7.0 or newer, or a current Valkey.")
                        .expecting("version " + OLDEST)
                        .with("version", old));
    }

    /** Whether what it has outlives it; empty where it does not tell. */
    Optional<Finding> persistence() {
        boolean appends = number("aof_enabled") == 1;
        if (value("aof_last_write_status", "ok").equals("err")
                || value("rdb_last_bgsave_status", "ok").equals("err")) {
            return Optional.of(Finding.fail(
                    "it could not write its data to disk, and may refuse writes for that",
                    "Look at its log and at the space on its disk (INFO persistence)."));
        }
        return values.containsKey("aof_enabled")
                ? Optional.of(Finding.ok(
                                appends
                                        ? "it appends each change to a file"
                                        : "it keeps snapshots at most: where it crashes, pushes that WeChat repeats just then may"
                                                + " run twice, and tokens are fetched anew")
                        .with("aof", appends))
                : Optional.empty();
    }

    /**
     * How many pushes a second its free memory holds, each for as long as its replay key is known; empty without a limit.
     *
     * @param kept how long that is
     */
    Optional<Finding> headroom(Duration kept) {
        long limit = number("maxmemory");
        if (limit == 0) {
            return Optional.empty();
        }
        long perSecond = Math.max(0, limit - number("used_memory")) / BYTES_PER_PUSH / Math.max(1, kept.toSeconds());
        String sentence = "its free memory holds " + perSecond + " pushes a second for the " + kept.toMinutes()
                + " minutes that they are kept";
        Finding finding = perSecond >= LEAST_PER_SECOND
                ? Finding.ok(sentence)
                : Finding.warn(sentence, "Raise maxmemory, or shorten push.timestampWindow.")
                        .expecting("at least " + LEAST_PER_SECOND);
        return Optional.of(finding.with("pushesPerSecond", perSecond));
    }

    /**
     * Whether it may throw away what it was given. All keys of Weir's have an end, so that volatile policies take them
     * before any others.
     */
    Finding memory() {
        String policy = value("maxmemory_policy", "");
        if (policy.isEmpty()) {
            return Finding.warn(
                            "it does not tell its maxmemory-policy",
                            "Make sure that it is noeviction, or allow the user the command INFO.")
                    .expecting(KEEPS_ALL);
        }
        Finding finding = policy.equals(KEEPS_ALL) || number("maxmemory") == 0 ? kept(policy) : evicting(policy);
        return finding.with("maxmemoryPolicy", policy).with("maxmemory", number("maxmemory"));
    }

    private Finding kept(String policy) {
        long limit = number("maxmemory");
        if (limit > 0 && number("used_memory") > limit / 10 * 9) {
            return Finding.warn(
                    "it keeps all it is given, and more than nine tenths of maxmemory are used: writes will fail soon",
                    "Raise maxmemory, or find out who fills it.");
        }
        return Finding.ok("it keeps all it is given ("
                + (limit == 0 ? "no maxmemory, policy " + policy : "maxmemory-policy " + policy) + ")");
    }

    private Finding evicting(String policy) {
        String rule = "maxmemory-policy " + KEEPS_ALL;
        String fix =
                "Set maxmemory-policy noeviction, or give Weir a Redis of its own: a lost token or lease means that"
                        + " instances fetch at the same time, a lost record of a push that it is answered twice.";
        long evicted = number("evicted_keys");
        return evicted > 0
                ? Finding.fail("it has thrown " + evicted + " keys away already (maxmemory-policy " + policy + ")", fix)
                        .expecting(rule)
                : Finding.warn("it throws keys away when its memory is full (maxmemory-policy " + policy + ")", fix)
                        .expecting(rule);
    }

    private String value(String name, String absent) {
        return values.getOrDefault(name, absent);
    }

    private long number(String name) {
        String digits = value(name, "0");
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    }
}
