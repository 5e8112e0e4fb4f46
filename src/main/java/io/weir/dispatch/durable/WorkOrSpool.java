package io.weir.dispatch.durable;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.weir.wechat.message.PushType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Keeps work in Redis and, where there is none or it cannot take an entry, in the spool of this machine. */
public final class WorkOrSpool implements DurableWork {
    /** How often {@link #renew} is called. */
    public static final Duration RENEWAL = Duration.ofSeconds(2);

    private static final int DRAINED_AT_ONCE = 50;
    private static final Duration TO_CLOSE = Duration.ofSeconds(4);

    private final Optional<RedisWork> redis;
    private final Optional<Spool> files;
    private final DurableWork spool;
    private final List<String> accounts;

    private WorkOrSpool(Optional<RedisWork> redis, Optional<Spool> files, Collection<String> accounts) {
        this.redis = redis;
        this.files = files;
        this.spool = files.<DurableWork>map(each -> each).orElse(NONE);
        this.accounts = List.copyOf(accounts);
    }

    /**
     * The work of these accounts.
     *
     * @param folder of the spool; empty for none
     * @param copied the backends that get copies, by the types of which they do
     */
    public static WorkOrSpool open(
            Optional<RedisWork> redis,
            Optional<Path> folder,
            JournalConfig config,
            Collection<String> accounts,
            Map<String, List<String>> copied,
            MeterRegistry metrics) {
        Set<Use> uses = redis.isPresent() ? Set.of(Use.WORK, Use.JOURNAL) : Set.of(Use.WORK);
        Map<String, List<String>> here = redis.isPresent() ? Map.of() : copied;
        Optional<Spool> files = folder.map(
                each -> Spool.open(each, Spool.Limits.of(config), uses, here, Clock.systemUTC(), System::nanoTime));
        files.ifPresent(each -> each.measure(metrics));
        WorkOrSpool opened = new WorkOrSpool(redis, files, accounts);
        for (String account : accounts) {
            Gauge.builder("weir.work.pending", opened, work -> work.pending(account))
                    .description("Pushes in Redis whose handling must go on to its end and has not ended")
                    .tag("account", account)
                    .register(metrics);
            FunctionCounter.builder("weir.work.dead", opened, work -> work.dead(account))
                    .description("Pushes whose handler has failed too often, now dead letters")
                    .tag("account", account)
                    .register(metrics);
        }
        return opened;
    }

    private int dead(String account) {
        return Stream.concat(redis.map(RedisWork::deaths).stream(), files.map(Spool::deaths).stream())
                .mapToInt(each -> each.count(account))
                .sum();
    }

    private int pending(String account) {
        return redis.map(work -> work.pending(account)).orElse(0);
    }

    /** How the spool is; empty where there is none. */
    public Optional<SpoolState> spoolState() {
        return files.map(Spool::state);
    }

    /** The journals and dead letters of all instances; without Redis, the dead letters of this machine; empty where nothing is kept. */
    public Optional<DurableJournal> journal() {
        return redis.<DurableJournal>map(RedisWork::journal)
                .or(() -> files.map(spool -> spool.journal(Set.copyOf(accounts))));
    }

    /** The copies that backends are to get; empty where nothing is kept. */
    public Optional<CopyQueue> copies() {
        return redis.map(RedisWork::copies).or(() -> files.map(Spool::copies));
    }

    /** Deletes what a person has sent until then from the dead letters of this machine; tells how many those were. */
    public Future<Integer> forget(String account, String openId, Instant until) {
        return files.map(spool -> spool.journal(Set.of(account)).forget(account, openId, until))
                .orElseGet(() -> Future.succeededFuture(0));
    }

    /**
     * What pushes are kept for before they are answered, by type.
     *
     * @param durable the types that must be handled to the end
     * @param copied the types that others get copies of
     */
    public Map<PushType<?>, Set<Use>> before(Set<PushType<?>> durable, Set<PushType<?>> copied) {
        Map<PushType<?>, Set<Use>> uses = new HashMap<>();
        if (redis.isPresent() || files.isPresent()) {
            copied.forEach(type -> uses.put(type, Set.of(Use.JOURNAL)));
        }
        durable.forEach(type -> uses.put(type, Set.of(Use.WORK, Use.JOURNAL)));
        return uses;
    }

    /** Tells that what is this instance's still is, and what could not be told before. */
    public void renew() {
        redis.ifPresent(RedisWork::renew);
    }

    /** Keeps the streams in shape and within their bounds, and brings what lies in the spool to Redis, if that can take it. */
    public void lookAfter() {
        redis.ifPresent(work -> {
            accounts.forEach(work::lookAfter);
            drain(work);
        });
    }

    private void drain(RedisWork work) {
        files.filter(each -> each.state().entries() > 0 && work.isThere())
                .ifPresent(each -> each.drain()
                        .drain(DRAINED_AT_ONCE, work::take)
                        .onSuccess(taken -> {
                            if (taken > 0) {
                                drain(work);
                            }
                        }));
    }

    /** Leaves what is not finished to others at once: this instance stops. Waits some seconds for Redis and the disk, and never fails. */
    public Future<Void> close() {
        Future<Void> left = redis.map(RedisWork::releaseAll).orElseGet(Future::succeededFuture);
        return left.compose(told -> files.map(Spool::close).orElseGet(Future::succeededFuture))
                .timeout(TO_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** While something waits in the spool, so does the journal of later pushes: copies keep their order. */
    @Override
    public Future<Ticket> keep(StoredPush push, Set<Use> uses) {
        if (redis.isEmpty()) {
            return spool.keep(push, uses);
        }
        if (!uses.contains(Use.JOURNAL) || !files.map(Spool::hasWaiting).orElse(false)) {
            return redis.get().keep(push, uses).recover(away -> spool.keep(push, uses));
        }
        Future<Ticket> journal = spool.keep(push, Set.of(Use.JOURNAL));
        return uses.contains(Use.WORK) ? journal.compose(kept -> keep(push, Set.of(Use.WORK))) : journal;
    }

    @Override
    public Future<Void> done(Ticket ticket) {
        return of(ticket).done(ticket);
    }

    @Override
    public Future<Void> failed(Ticket ticket, StoredPush push, String error) {
        return of(ticket).failed(ticket, push, error);
    }

    @Override
    public void own(Ticket ticket) {
        of(ticket).own(ticket);
    }

    @Override
    public void release(Ticket ticket) {
        of(ticket).release(ticket);
    }

    @Override
    public Future<List<Abandoned>> takeOver(String account, int most) {
        Future<List<Abandoned>> shared = redis.map(
                        work -> work.takeOver(account, most).otherwise(List.of()))
                .orElseGet(() -> Future.succeededFuture(List.of()));
        return shared.compose(
                some -> spool.takeOver(account, most - some.size()).map(more -> {
                    List<Abandoned> all = new ArrayList<>(some);
                    all.addAll(more);
                    return all;
                }));
    }

    /** Redis names entries by numbers. */
    private DurableWork of(Ticket ticket) {
        boolean numbered =
                !ticket.text().isEmpty() && Character.isDigit(ticket.text().charAt(0));
        return numbered && redis.isPresent() ? redis.get() : spool;
    }
}
