package io.weir.dispatch.durable;

import io.vertx.core.Future;
import io.weir.wechat.message.PushType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps work in Redis and, where there is none or it cannot take an entry, in the spool of this machine. */
public final class WorkOrSpool implements DurableWork {
    /** How often {@link #renew} is called. */
    public static final Duration RENEWAL = Duration.ofSeconds(2);

    private final Optional<RedisWork> redis;
    private final DurableWork spool;
    private final List<String> accounts;

    /**
     * The work of these accounts.
     *
     * @param spool takes what Redis does not
     */
    public WorkOrSpool(Optional<RedisWork> redis, DurableWork spool, List<String> accounts) {
        this.redis = redis;
        this.spool = spool;
        this.accounts = List.copyOf(accounts);
    }

    /** What pushes are kept for before they are answered, by type. */
    public Map<PushType<?>, Set<Use>> before(Set<PushType<?>> durable) {
        return durable.stream()
                .collect(Collectors.toUnmodifiableMap(type -> type, type -> Set.of(Use.WORK, Use.JOURNAL)));
    }

    /** Tells that what is this instance's still is, and what could not be told before. */
    public void renew() {
        redis.ifPresent(RedisWork::renew);
    }

    /** Keeps the streams in shape and within their bounds. */
    public void lookAfter() {
        redis.ifPresent(work -> accounts.forEach(work::lookAfter));
    }

    /** Leaves what is not finished to others at once: this instance stops. Never fails. */
    public Future<Void> releaseAll() {
        return redis.map(RedisWork::releaseAll).orElseGet(Future::succeededFuture);
    }

    @Override
    public Future<Ticket> keep(StoredPush push, Set<Use> uses) {
        return redis.map(work -> work.keep(push, uses).recover(away -> spool.keep(push, uses)))
                .orElseGet(() -> spool.keep(push, uses));
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
