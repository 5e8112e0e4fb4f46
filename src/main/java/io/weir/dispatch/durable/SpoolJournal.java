package io.weir.dispatch.durable;

import io.vertx.core.Future;
import io.weir.dispatch.durable.SpoolLine.Failed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The dead letters that lie in a {@link Spool}. What has ended well does not stay there: there is no journal. */
final class SpoolJournal implements DurableJournal {
    private final Spool spool;
    private final SpoolEntries entries;
    private final Set<String> accounts;

    SpoolJournal(Spool spool, SpoolEntries entries, Set<String> accounts) {
        this.spool = spool;
        this.entries = entries;
        this.accounts = Set.copyOf(accounts);
    }

    @Override
    public Set<String> accounts() {
        return accounts;
    }

    @Override
    public boolean isDeadOnly() {
        return true;
    }

    @Override
    public boolean isId(String text) {
        return Spool.isId(text);
    }

    @Override
    public Future<Page> list(Range range, Optional<String> before, int most) {
        return spool.ask(promise -> {
            List<SpoolEntry> newest = dead(range);
            Collections.reverse(newest);
            int begin = before.map(id ->
                            1 + newest.stream().map(SpoolEntry::id).toList().indexOf(id))
                    .orElse(0);
            List<Entry> found = newest.stream()
                    .skip(begin)
                    .flatMap(this::entry)
                    .filter(range::has)
                    .limit(most + 1L)
                    .toList();
            boolean more = found.size() > most;
            promise.complete(new Page(
                    more ? found.subList(0, most) : found,
                    more ? Optional.of(found.get(most - 1).id()) : Optional.empty()));
        });
    }

    private List<SpoolEntry> dead(Range range) {
        List<SpoolEntry> dead = new ArrayList<>();
        for (SpoolEntry each : entries.dead()) {
            Instant at = each.changed();
            if (each.ticket().account().equals(range.account())
                    && range.dead()
                    && !at.isBefore(range.from())
                    && !at.isAfter(range.to())) {
                dead.add(each);
            }
        }
        return dead;
    }

    private Stream<Entry> entry(SpoolEntry entry) {
        return spool.read(entry).stream()
                .map(push -> new Entry(
                        entry.id(),
                        entry.changed(),
                        push,
                        entry.failures(),
                        entry.error().orElse(""),
                        entry.backend().orElse("")));
    }

    @Override
    public Future<List<String>> ids(Range range, int most) {
        return spool.ask(promise -> promise.complete(dead(range).stream()
                .flatMap(this::entry)
                .filter(range::has)
                .limit(most)
                .map(Entry::id)
                .toList()));
    }

    @Override
    public Future<Optional<Entry>> find(String account, boolean dead, String id) {
        return spool.ask(promise -> promise.complete(dead(account, id)
                .filter(each -> dead)
                .flatMap(each -> entry(each).findFirst())));
    }

    private Optional<SpoolEntry> dead(String account, String id) {
        return entries.find(id)
                .filter(SpoolEntry::isDead)
                .filter(each -> each.ticket().account().equals(account));
    }

    /** Its failures are forgotten. */
    @Override
    public Future<Boolean> handleAgain(Entry entry, boolean dead) {
        Future<Boolean> there = spool.ask(promise ->
                promise.complete(dead(entry.push().account(), entry.id()).isPresent()));
        return there.compose(is -> is
                ? spool.fail(new Failed(entry.id(), spool.now(), 0, "", false)).map(true)
                : Future.succeededFuture(false));
    }

    @Override
    public Future<Void> forgetDead(String account, String id) {
        return spool.end(id);
    }

    /** Deletes what a person has sent until then; tells how many entries those were. */
    Future<Integer> forget(String account, String openId, Instant until) {
        Future<List<String>> theirs = spool.ask(promise -> promise.complete(entries.dead().stream()
                .filter(each -> each.ticket().account().equals(account))
                .filter(each -> spool.read(each)
                        .filter(push -> push.sender().equals(openId))
                        .filter(push -> !push.arrived().isAfter(until))
                        .isPresent())
                .map(SpoolEntry::id)
                .toList()));
        return theirs.compose(
                ids -> Future.join(ids.stream().map(spool::end).toList()).map(ids.size()));
    }
}
