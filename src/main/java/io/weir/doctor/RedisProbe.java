package io.weir.doctor;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import io.weir.http.Loopback;
import io.weir.redis.RedisAddress;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisClock;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisException;
import io.weir.redis.RedisFault;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import io.weir.redis.RedisState;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether Redis can be reached, is a master, takes writes and scripts, is quick, and keeps what it is given. */
public final class RedisProbe implements Check.Probe {
    private static final int PINGS = 5;
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(30);
    private static final RedisScript WRITE = RedisScript.of("return redis.call('SET', KEYS[1], '1', 'PX', 1000)");

    private static final String KEY = "KEY";

    /** The commands that Weir gives, in scripts too; they are what conf/redis/weir.acl allows. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("HSET", KEY, "a", "1"),
            List.of("HSETNX", KEY, "b", "1"),
            List.of("HINCRBY", KEY, "a", "1"),
            List.of("HMGET", KEY, "a"),
            List.of("HGET", KEY, "a"),
            List.of("HDEL", KEY, "a"),
            List.of("PEXPIRE", KEY, "1000"),
            List.of("PTTL", KEY),
            List.of("DEL", KEY),
            List.of("LPUSH", KEY, "1"),
            List.of("LTRIM", KEY, "0", "0"),
            List.of("LRANGE", KEY, "0", "0"),
            List.of("DEL", KEY),
            List.of("SADD", KEY, "1"),
            List.of("SMEMBERS", KEY),
            List.of("SREM", KEY, "1"),
            List.of("ZADD", KEY, "1", "a"),
            List.of("ZRANGE", KEY, "0", "0", "REV"),
            List.of("ZREMRANGEBYSCORE", KEY, "-inf", "1"),
            List.of("XGROUP", "CREATE", KEY, "g", "0", "MKSTREAM"),
            List.of("XGROUP", "SETID", KEY, "g", "0"),
            List.of("PEXPIRE", KEY, "1000"),
            List.of("XADD", KEY, "1-1", "a", "1"),
            List.of("XREADGROUP", "GROUP", "g", "c", "STREAMS", KEY, ">"),
            List.of("XCLAIM", KEY, "g", "c", "0", "1-1", "JUSTID"),
            List.of("XAUTOCLAIM", KEY, "g", "c", "0", "0"),
            List.of("XPENDING", KEY, "g"),
            List.of("XINFO", "STREAM", KEY),
            List.of("XINFO", "GROUPS", KEY),
            List.of("XACK", KEY, "g", "1-1"),
            List.of("XRANGE", KEY, "-", "+"),
            List.of("XREVRANGE", KEY, "+", "-"),
            List.of("XLEN", KEY),
            List.of("MEMORY", "USAGE", KEY),
            List.of("XDEL", KEY, "1-1"),
            List.of("XTRIM", KEY, "MAXLEN", "0"),
            List.of("DEL", KEY),
            List.of("PUBLISH", KEY, "1"),
            List.of("SET", KEY, "1", "PX", "1000"),
            List.of("GET", KEY));

    private final Vertx vertx;
    private final RedisConfig config;
    private final Clock clock;
    private final Duration kept;
    /** The command whose answer is waited for, while each is tried. */
    private volatile String asked = "";

    /**
     * Looks once.
     *
     * @param clock this machine's, which Redis's is compared with
     * @param kept how long a push's replay key is kept
     */
    public RedisProbe(Vertx vertx, RedisConfig config, Clock clock, Duration kept) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        this.kept = kept;
    }

    @Override
    public Future<List<Finding>> look() {
        RedisLink link = RedisLink.open(vertx, config, RedisLimits.DEFAULT);
        return link.attempted()
                .map(tried -> link.state())
                .compose(state -> state.up() ? examine(link) : Future.succeededFuture(List.of(away(state))))
                .otherwise(this::failed)
                .onComplete(done -> link.close());
    }

    private Future<List<Finding>> examine(RedisLink link) {
        return roundTrip(link)
                .compose(time -> mayGiveAll(link, link.key("doctor:" + UUID.randomUUID()))
                        .compose(written -> infos(link))
                        .compose(infos -> aheadOf(link).map(ahead -> findings(time, infos, ahead))));
    }

    private List<Finding> findings(Duration time, List<RedisInfo> infos, Optional<Duration> ahead) {
        return Stream.of(
                        Optional.of(reached(time, infos.get(0))),
                        cluster(infos.size()),
                        worst(infos, info -> Optional.of(info.memory())),
                        worst(infos, info -> info.headroom(kept)),
                        worst(infos, RedisInfo::persistence),
                        open(),
                        worst(infos, RedisInfo::tooOld),
                        ahead.flatMap(RedisProbe::clocksDiffer))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> cluster(int masters) {
        return Optional.of(masters)
                .filter(each -> config.isCluster())
                .map(each -> Finding.ok("it is a Redis Cluster of " + each
                                + " masters; while one of them fails over, for some seconds, pushes whose keys lie there are"
                                + " decided alone")
                        .with("masters", each));
    }

    /** Of the masters of a cluster the one that is worst off. */
    private static Optional<Finding> worst(List<RedisInfo> infos, Function<RedisInfo, Optional<Finding>> check) {
        return infos.stream().flatMap(info -> check.apply(info).stream()).max(Comparator.comparing(Finding::level));
    }

    /** Fails at the first command that its user may not give. */
    private Future<RedisAnswer> mayGiveAll(RedisLink link, String key) {
        asked = "EVALSHA";
        Future<RedisAnswer> all = link.run(WRITE, List.of(key), List.of()).compose(done -> link.send("DEL", key));
        for (List<String> command : COMMANDS) {
            String[] arguments = command.stream()
                    .skip(1)
                    .map(word -> word.equals(KEY) ? key : word)
                    .toArray(String[]::new);
            all = all.compose(before -> {
                asked = command.get(0);
                return link.send(asked, arguments);
            });
        }
        return all.onSuccess(done -> asked = "");
    }

    /** Whether whoever reaches it may read and write all. */
    private Optional<Finding> open() {
        boolean local =
                config.server().map(RedisAddress::host).filter(Loopback::is).isPresent();
        return config.password().isPresent() || local
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        "it takes everybody who reaches it, without a password: access tokens are in it",
                        "Give it a user with the rights in conf/redis/weir.acl, which says how, or at least requirepass; put user"
                                + " and password into weir.yaml."));
    }

    /** How far this machine's clock is ahead of Redis's, where that tells. */
    private Future<Optional<Duration>> aheadOf(RedisLink link) {
        RedisClock redis = new RedisClock(link, clock, System::nanoTime);
        return redis.ask().map(asked -> redis.machineAhead()).otherwise(Optional.empty());
    }

    private static Optional<Finding> clocksDiffer(Duration ahead) {
        if (ahead.abs().compareTo(CLOCKS_AGREE) <= 0) {
            return Optional.empty();
        }
        String way = ahead.isNegative() ? " s behind Redis's" : " s ahead of Redis's";
        return Optional.of(Finding.warn(
                        "this machine's clock is " + ahead.abs().toSeconds() + way,
                        "One of the two is wrong: compare both with a third (date -u here, redis-cli TIME there), and let both"
                                + " machines keep their time by NTP (timedatectl set-ntp true).")
                .expecting("at most " + CLOCKS_AGREE.toSeconds() + " s")
                .with("fault", "CLOCKS_DIFFER")
                .with("secondsAhead", ahead.toSeconds()));
    }

    /** Of each server; Redis need not allow the question. */
    private static Future<List<RedisInfo>> infos(RedisLink link) {
        return link.sendToEach("INFO")
                .map(answers -> answers.stream()
                        .map(answer -> RedisInfo.of(answer.text().orElse("")))
                        .toList())
                .otherwise(List.of(RedisInfo.UNTOLD));
    }

    /** The median of a few. */
    private static Future<Duration> roundTrip(RedisLink link) {
        Future<Stream<Duration>> times = Future.succeededFuture(Stream.empty());
        for (int each = 0; each < PINGS; each++) {
            times = times.compose(before -> ping(link).map(time -> Stream.concat(before, Stream.of(time))));
        }
        return times.map(all -> all.sorted().toList().get(PINGS / 2));
    }

    private static Future<Duration> ping(RedisLink link) {
        long start = System.nanoTime();
        return link.send("PING").map(pong -> Duration.ofNanos(System.nanoTime() - start));
    }

    private Finding reached(Duration time, RedisInfo info) {
        String sentence =
                info.name() + " at " + where() + " takes writes and scripts, and answers in " + tenths(time) + " ms";
        Finding finding = time.compareTo(SLOW) <= 0
                ? Finding.ok(sentence)
                : Finding.warn(sentence, "Every push waits for Redis: move it nearer, or look at SLOWLOG GET.")
                        .expecting("at most " + SLOW.toMillis() + " ms; commands are given up after "
                                + RedisLimits.DEFAULT.command().toMillis() + " ms");
        return finding.with("millis", time.toNanos() / 1_000_000.0);
    }

    private static String tenths(Duration time) {
        long tenths = Math.round(time.toNanos() / 100_000.0);
        return tenths / 10 + "." + tenths % 10;
    }

    private List<Finding> failed(Throwable failure) {
        return List.of(
                failure instanceof RedisException known
                        ? fault(known.fault(), known.getMessage() + (asked.isEmpty() ? "" : " to " + asked))
                        : Diagnosis.of(failure));
    }

    private Finding away(RedisState state) {
        return fault(state.fault().orElse(RedisFault.UNREACHABLE), state.error().orElse("no connection"));
    }

    private Finding fault(RedisFault fault, String error) {
        String what = switch (fault) {
            case UNREACHABLE -> "nothing answers at " + where();
            case TIMEOUT -> where() + " takes connections and does not answer";
            case READ_ONLY -> where() + " is a replica and takes no writes";
            case NOT_ALLOWED -> where() + " refuses user and password, or what the user may do: " + error;
            case OUT_OF_MEMORY -> where() + " has no memory left for a write";
            case LOADING -> where() + " still reads its data";
            case CLUSTER -> where() + ": " + error;
            case CERTIFICATE -> where() + " is not trusted: " + error;
            default -> where() + " answers with an error: " + error;
        };
        return Finding.fail(what + " (" + fault + ")", Diagnosis.sentence(fault.hint()))
                .with("fault", fault.name());
    }

    private String where() {
        return config.server()
                .map(RedisAddress::toString)
                .orElseGet(() -> config.isCluster()
                        ? "Redis Cluster " + joined(config.nodes())
                        : "master " + config.master().orElse("") + " of the sentinels " + joined(config.sentinels()));
    }

    private static String joined(List<RedisAddress> addresses) {
        return addresses.stream().map(RedisAddress::toString).collect(Collectors.joining(", "));
    }
}
