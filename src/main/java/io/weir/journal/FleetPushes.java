package io.weir.journal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.config.AccountConfig;
import io.weir.dispatch.Observers;
import io.weir.dispatch.Outcome.Kind;
import io.weir.fleet.Fleet;
import io.weir.fleet.StreamErasure.Entry;
import io.weir.journal.RecentStream.Line;
import io.weir.redis.RedisLink;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The pushes of all instances that share a Redis. Each tells the others of its own in batches, read from the journal twice a second and
 * off the event loops, so that no push waits for it:
 *
 * <table>
 * <caption>What an instance tells of</caption>
 * <tr><th>push</th><th>told</th></tr>
 * <tr><td>failed, without handler, late, left to lapse, shed</td><td>each, up to {@value #MAX_FAILURES} of half a second</td></tr>
 * <tr><td>refused</td><td>{@value #REFUSED_PER_SECOND} a second</td></tr>
 * <tr><td>all others</td><td>{@value #OTHERS_PER_SECOND} a second</td></tr>
 * </table>
 *
 * <p>The lines of who unsubscribes, or revokes an authorization, are deleted within half a minute, and what was kept of that person's
 * pushes within about ten ({@link PersonErasure}). A verticle, with the {@link Fleet} in
 * it; one for each gateway. What is not about its life may be called on any thread.
 */
public final class FleetPushes extends VerticleBase {
    static final int MAX_FAILURES = 200;
    static final int OTHERS_PER_SECOND = 20;
    static final int REFUSED_PER_SECOND = 5;
    private static final int SECONDS_SAVED = 5;
    private static final Set<Kind> FAILURES =
            Collections.unmodifiableSet(EnumSet.of(Kind.FAILED, Kind.UNHANDLED, Kind.LATE, Kind.LAPSED, Kind.SHED));
    private static final int MAX_ERASED = 10_000;

    private final Fleet fleet;
    private final Journal journal;
    private final Supplier<List<AccountConfig>> accounts;
    private final Observers observers;
    private final LocalErasure local;
    private final Clock clock;
    private final Pace pace;
    private final Sample others = new Sample(OTHERS_PER_SECOND);
    private final Sample refused = new Sample(REFUSED_PER_SECOND);
    private final Followed followed = new Followed();

    // All below belongs to the event loop of the verticle.
    private long told;
    private boolean telling;
    private boolean erasing;
    // Who is to be forgotten, by AppID: at the next turn, and at the one after it.
    private Map<String, Set<String>> due = new HashMap<>();
    private Map<String, Set<String>> waiting = new HashMap<>();

    /**
     * How often it does what.
     *
     * @param tell what is new, and looks for what others tell
     * @param erase longer than what others are about to tell needs to be told
     * @param forget deletes what was kept of people
     */
    record Pace(Duration tell, Duration erase, Duration forget) {
        static final Pace DEFAULT = new Pace(Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofMinutes(3));
    }

    /** Deletes what was kept of a person on this machine. */
    public interface LocalErasure {
        /** Of what came until then; tells how many entries those were. */
        Future<Integer> forget(String account, String openId, Instant until);
    }

    /**
     * One that has not started.
     *
     * @param accounts those of the configuration
     */
    public FleetPushes(
            Fleet fleet,
            Journal journal,
            Supplier<List<AccountConfig>> accounts,
            Observers observers,
            LocalErasure local) {
        this(fleet, journal, accounts, observers, local, Pace.DEFAULT);
    }

    FleetPushes(
            Fleet fleet,
            Journal journal,
            Supplier<List<AccountConfig>> accounts,
            Observers observers,
            LocalErasure local,
            Pace pace) {
        this.local = local;
        this.pace = pace;
        this.fleet = fleet;
        this.journal = journal;
        this.accounts = accounts;
        this.observers = observers;
        this.clock = journal.clock();
        this.told = journal.newest();
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(pace.tell.toMillis(), id -> tell());
        vertx.setPeriodic(pace.tell.toMillis(), id -> followed.look());
        vertx.setPeriodic(pace.erase.toMillis(), id -> erase());
        observers.observe(PushType.UNSUBSCRIBE, this::forget);
        observers.observe(PushType.USER_AUTHORIZATION_REVOKE, this::forget);
        observers.observe(PushType.USER_AUTHORIZATION_CANCELLATION, this::forget);
        new PersonErasure(vertx, fleet, this::appIds, local, clock, pace.forget).start(observers);
        return vertx.deployVerticle(fleet);
    }

    /** The instances. */
    public Fleet fleet() {
        return fleet;
    }

    /** Takes this instance from the list of those that there are; never fails. */
    public Future<Void> leave() {
        return fleet.leave();
    }

    private Optional<RedisLink> reachable() {
        return fleet.redis().filter(link -> !link.isAway());
    }

    private void tell() {
        long newest = journal.newest();
        Optional<RedisLink> to = reachable();
        if (telling || to.isEmpty() || newest <= told) {
            told = telling ? told : newest;
            return;
        }
        long from = told;
        told = newest;
        telling = true;
        vertx.executeBlocking(() -> lines(from, newest), false)
                .compose(lines -> new RecentStream(to.get()).add(lines, clock.instant()))
                .onFailure(fleet::failed)
                .onComplete(ended -> telling = false);
    }

    /** What is told of the entries between two ids. */
    List<Line> lines(long above, long last) {
        long now = System.nanoTime();
        List<JournalEntry> chosen = new ArrayList<>(between(above, last, MAX_FAILURES, FAILURES::contains));
        chosen.addAll(others.of(now, most -> between(above, last, most, FleetPushes::isOther)));
        chosen.addAll(refused.of(now, most -> between(above, last, most, kind -> kind == Kind.REFUSED)));
        return chosen.stream()
                .sorted(Comparator.comparingLong(JournalEntry::id))
                .map(entry -> Line.of(entry, fleet.self()))
                .toList();
    }

    private List<JournalEntry> between(long above, long last, int most, Predicate<Kind> kinds) {
        return journal.after(above, most, kinds).stream()
                .filter(entry -> entry.id() <= last)
                .toList();
    }

    private static boolean isOther(Kind kind) {
        return kind != Kind.REFUSED && !FAILURES.contains(kind);
    }

    /** Takes so many a second, and after a while of fewer some seconds' at once. */
    private static final class Sample {
        private final int perSecond;
        private double free;
        private long filledNanos = System.nanoTime();

        Sample(int perSecond) {
            this.perSecond = perSecond;
            this.free = (double) perSecond * SECONDS_SAVED;
        }

        synchronized <T> List<T> of(long now, Function<Integer, List<T>> source) {
            free = Math.min((double) perSecond * SECONDS_SAVED, free + (now - filledNanos) / 1e9 * perSecond);
            filledNanos = now;
            List<T> taken = source.apply((int) free);
            free -= taken.size();
            return taken;
        }
    }

    private void forget(Push push) {
        appId(push.account())
                .ifPresent(appId -> put(waiting, appId, Set.of(RecentStream.digest(appId, push.openId()))));
    }

    private static void put(Map<String, Set<String>> map, String appId, Set<String> senders) {
        Set<String> there = map.computeIfAbsent(appId, each -> new HashSet<>());
        if (there.size() + senders.size() <= MAX_ERASED) {
            there.addAll(senders);
        }
    }

    /** The AppID of an account. */
    Optional<String> appId(String account) {
        return Optional.ofNullable(appIds().get(account));
    }

    private Map<String, String> appIds() {
        return accounts.get().stream().collect(Collectors.toMap(AccountConfig::name, AccountConfig::appId));
    }

    /** Erases those who have waited for one turn, in which other instances have told of them what they had to. */
    private void erase() {
        Optional<RedisLink> link = reachable();
        if (erasing || link.isEmpty()) {
            return;
        }
        Map<String, Set<String>> now = due;
        due = waiting;
        waiting = new HashMap<>();
        erasing = true;
        RecentStream stream = new RecentStream(link.get());
        Future.join(now.entrySet().stream()
                        .map(each -> stream.erase(vertx, each.getKey(), each.getValue()))
                        .toList())
                .onFailure(fleet::failed)
                .onFailure(failure -> now.forEach((appId, senders) -> put(due, appId, senders)))
                .onComplete(ended -> erasing = false);
    }

    /**
     * What other instances have told.
     *
     * @param complete whether Redis could be asked, or is not needed to know
     */
    record Told(boolean complete, List<Line> lines) {}

    /** Reads the last lines of other instances; never fails. */
    Future<Told> told(Optional<String> account, int count) {
        Optional<RedisLink> link = fleet.redis();
        if (link.isEmpty()) {
            return Future.succeededFuture(new Told(!fleet.isShared(), List.of()));
        }
        RecentStream stream = new RecentStream(link.get());
        List<String> appIds = appIds(account);
        int each = Math.max(50, count / Math.max(1, appIds.size()));
        List<Future<List<Line>>> asked = appIds.stream()
                .map(appId -> stream.newest(appId, each).compose(entries -> read(appId, entries)))
                .toList();
        return Future.join(asked)
                .map(all -> new Told(
                        true,
                        asked.stream().flatMap(one -> one.result().stream()).toList()))
                .onFailure(fleet::failed)
                .otherwise(new Told(false, List.of()));
    }

    /** Off the event loop: they may be a thousand. */
    private Future<List<Line>> read(String appId, List<Entry> entries) {
        return vertx.executeBlocking(() -> foreign(appId, entries), false);
    }

    private List<Line> foreign(String appId, List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> RecentStream.read(appId, entry).stream())
                .filter(line -> !line.instance().equals(fleet.self()))
                .toList();
    }

    private List<String> appIds(Optional<String> account) {
        return accounts.get().stream()
                .filter(each -> account.map(each.name()::equals).orElse(true))
                .map(AccountConfig::appId)
                .distinct()
                .toList();
    }

    /** What other instances tell from now on. */
    LiveFeed.Others others() {
        return followed;
    }

    /** The lines of others as they come; read from Redis only while somebody wants them. */
    private final class Followed implements LiveFeed.Others {
        private static final int MOST = 1_000;
        private static final int AT_ONCE = 500;
        /** Longer than a listener may take nothing. */
        private static final long UNWANTED_NANOS = 15_000_000_000L;

        private static final long BEFORE_MILLIS = 2_000;

        private final ArrayDeque<Line> lines = new ArrayDeque<>();
        private long newest;
        private volatile long wantedNanos = System.nanoTime() - UNWANTED_NANOS;

        // Both belong to the event loop of the verticle.
        private final Map<String, String> positions = new HashMap<>();
        private boolean looking;

        @Override
        public String self() {
            return fleet.self();
        }

        @Override
        public synchronized long newest() {
            return newest;
        }

        @Override
        public synchronized long after(long number, Consumer<Line> taker) {
            wantedNanos = System.nanoTime();
            long wanted = Math.min(lines.size(), Math.max(0, newest - number));
            lines.stream().skip(lines.size() - wanted).forEach(taker);
            return newest;
        }

        private synchronized void add(List<Line> more) {
            for (Line line : more) {
                lines.add(line);
                newest++;
                if (lines.size() > MOST) {
                    lines.remove();
                }
            }
        }

        private synchronized void clear() {
            lines.clear();
        }

        void look() {
            if (System.nanoTime() - wantedNanos > UNWANTED_NANOS) {
                positions.clear();
                clear();
                return;
            }
            Optional<RedisLink> link = reachable();
            if (looking || link.isEmpty()) {
                return;
            }
            looking = true;
            RecentStream stream = new RecentStream(link.get());
            Future.join(appIds(Optional.empty()).stream()
                            .map(appId -> look(stream, appId))
                            .toList())
                    .onFailure(fleet::failed)
                    .onComplete(ended -> looking = false);
        }

        private Future<?> look(RecentStream stream, String appId) {
            String from = positions.computeIfAbsent(appId, first -> clock.millis() - BEFORE_MILLIS + "-0");
            return stream.after(appId, from, AT_ONCE).onSuccess(entries -> {
                if (!entries.isEmpty()) {
                    positions.put(appId, entries.get(entries.size() - 1).id());
                    add(foreign(appId, entries));
                }
            });
        }
    }
}
