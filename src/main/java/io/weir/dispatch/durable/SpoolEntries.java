package io.weir.dispatch.durable;

import io.weir.dispatch.durable.Spool.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The open entries of a {@link Spool}, the oldest first. So that work has space, dead letters and the journal have a share each; in a share
 * that is full the oldest give way. On the spool's thread.
 */
final class SpoolEntries {
    private static final int MOST_DEAD = 1_000;
    private static final int DEAD_PART = 8;
    private static final int JOURNAL_PART = 2;

    private final Limits limits;
    private final Map<String, SpoolEntry> all = new LinkedHashMap<>();
    private final Share dead;
    private final Share journal;
    private final Map<List<String>, Set<SpoolEntry>> copies = new HashMap<>();

    SpoolEntries(Limits limits) {
        this.limits = limits;
        this.dead = new Share(MOST_DEAD, limits.bytes() / DEAD_PART);
        this.journal = new Share(limits.entries() / JOURNAL_PART, limits.bytes() / JOURNAL_PART);
    }

    /** Some of the entries, so many at most. */
    private static final class Share {
        private final Set<SpoolEntry> entries = new LinkedHashSet<>();
        private final int most;
        private final long mostBytes;
        private long bytes;

        Share(int most, long mostBytes) {
            this.most = most;
            this.mostBytes = mostBytes;
        }

        void put(SpoolEntry entry, boolean belongs) {
            if (belongs && entries.add(entry)) {
                bytes += entry.lineBytes();
            } else if (!belongs && entries.remove(entry)) {
                bytes -= entry.lineBytes();
            }
        }

        void addExcess(List<SpoolEntry> to) {
            while (entries.size() > most || bytes > mostBytes) {
                SpoolEntry oldest = entries.iterator().next();
                put(oldest, false);
                to.add(oldest);
            }
        }
    }

    /** Puts an entry where it belongs, that is new or has changed. */
    void put(SpoolEntry entry) {
        all.put(entry.id(), entry);
        sort(entry, entry.isDead(), entry.isJournal());
    }

    void remove(SpoolEntry entry) {
        all.remove(entry.id());
        sort(entry, false, false);
    }

    private void sort(SpoolEntry entry, boolean isDead, boolean isJournal) {
        dead.put(entry, isDead);
        journal.put(entry, isJournal);
        entry.backend().ifPresent(backend -> {
            Set<SpoolEntry> queue = copies(entry.ticket().account(), backend);
            if (isJournal) {
                queue.add(entry);
            } else {
                queue.remove(entry);
            }
        });
    }

    /** What is too much in its share, and then in none any more. */
    List<SpoolEntry> excess() {
        List<SpoolEntry> excess = new ArrayList<>();
        dead.addExcess(excess);
        journal.addExcess(excess);
        return excess;
    }

    /** What has been here for longer than it may. */
    List<SpoolEntry> over(Instant now) {
        return all.values().stream().filter(each -> each.isOver(now, limits)).toList();
    }

    Optional<SpoolEntry> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    boolean has(SpoolEntry entry) {
        return all.containsKey(entry.id());
    }

    Collection<SpoolEntry> all() {
        return all.values();
    }

    int size() {
        return all.size();
    }

    /** The oldest first. */
    Set<SpoolEntry> dead() {
        return dead.entries;
    }

    /** Those that a backend has still to get. */
    Set<SpoolEntry> copies(String account, String backend) {
        return copies.computeIfAbsent(List.of(account, backend), each -> new LinkedHashSet<>());
    }
}
