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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether Redis can be reached, is a master, takes writes and scripts, is quick, and keeps what it is given. */
public final class RedisProbe implements Check.Probe {
    private static final int PINGS = 5;
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(30);
    private static final RedisScript WRITE = RedisScript.of("return redis.call('SET', KEYS[1], '1', 'PX', 1000)");

    /** The commands that Weir gives, in scripts too, with what follows the key. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("HSET", "a", "1"),
            List.of("HINCRBY", "a", "1"),
            List.of("HMGET", "a"),
            List.of("HGET", "a"),
            List.of("PEXPIRE", "1000"),
            List.of("PTTL"),
            List.of("DEL"),
            List.of("LPUSH", "1"),
            List.of("LTRIM", "0", "0"),
            List.of("LRANGE", "0", "0"),
            List.of("DEL"),
            List.of("SET", "1", "PX", "1000"),
            List.of("GET"));

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
                        .compose(written -> info(link))
                        .compose(info -> aheadOf(link).map(ahead -> findings(time, info, ahead))));
    }

    private List<Finding> findings(Duration time, RedisInfo info, Optional<Duration> ahead) {
        return Stream.of(
                        Optional.of(reached(time, info)),
                        Optional.of(info.memory()),
                        info.headroom(kept),
                        info.persistence(),
                        open(),
                        info.tooOld(),
                        ahead.flatMap(RedisProbe::clocksDiffer))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Fails at the first command that its user may not give. */
    private Future<RedisAnswer> mayGiveAll(RedisLink link, String key) {
        asked = "EVALSHA";
        Future<RedisAnswer> all = link.run(WRITE, List.of(key), List.of()).compose(done -> link.send("DEL", key));
        for (List<String> command : COMMANDS) {
            String[] arguments =
                    Stream.concat(Stream.of(key), command.stream().skip(1)).toArray(String[]::new);
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
                        "Give it a user for Weir (ACL SETUSER weir on >PASSWORD ~weir:* &weir:* +@all -@admin -@dangerous"
                                + " +info), or at least requirepass; put both into redis.uri."));
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

    /** Redis need not allow the question. */
    private static Future<RedisInfo> info(RedisLink link) {
        return link.send("INFO")
                .map(answer -> RedisInfo.of(answer.text().orElse("")))
                .otherwise(RedisInfo.UNTOLD);
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
            case CLUSTER -> where() + " is a node of a Redis Cluster";
            case CERTIFICATE -> where() + " is not trusted: " + error;
            default -> where() + " answers with an error: " + error;
        };
        return Finding.fail(what + " (" + fault + ")", Diagnosis.sentence(fault.hint()))
                .with("fault", fault.name());
    }

    private String where() {
        return config.server()
                .map(RedisAddress::toString)
                .orElseGet(() -> "master " + config.master().orElse("") + " of the sentinels "
                        + config.sentinels().stream()
                                .map(RedisAddress::toString)
                                .collect(Collectors.joining(", ")));
    }
}
