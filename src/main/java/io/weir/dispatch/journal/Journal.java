package io.weir.dispatch.journal;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last requests that reached the door of this instance: {@value #MAX_ENTRIES} at most, and as many as fit into {@value
 * #MAX_BYTES} bytes. Any thread; its lock is held for a few instructions by those who write and for one copy of references by
 * those who read.
 */
public final class Journal {
    /** How many entries there are at most. */
    public static final int MAX_ENTRIES = 1_000;

    /** How much they hold at most, as far as is known. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    /** More entries than come in a millisecond: ids go on growing when the process starts again. */
    private static final long IDS_OF_A_MILLISECOND = 1_000;

    /** How many refused requests may stay there when room is needed: anybody can send them. */
    static final int MAX_REFUSED = 300;

    /** How much they may hold then. */
    static final int MAX_REFUSED_BYTES = 4 * 1024 * 1024;

    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final ArrayDeque<Entry> refused = new ArrayDeque<>();
    private volatile long next;
    private volatile long gone;
    private long bytes;
    private long refusedBytes;

    /** An empty journal; the clock gives the first id. */
    public Journal(Clock clock) {
        this.next = clock.millis() * IDS_OF_A_MILLISECOND;
        this.gone = next - 1;
    }

    /**
     * Keeps an entry, and drops the oldest that have no place beside it, refused ones first where there are many; the newest
     * always has a place.
     */
    public synchronized void add(Entry entry) {
        int size = entry.bytes();
        while (!entries.isEmpty() && (entries.size() >= MAX_ENTRIES || bytes + size > MAX_BYTES)) {
            drop(entry, size);
        }
        entry.is(next);
        entries.put(entry.id(), entry);
        bytes += size;
        if (isRefused(entry)) {
            refused.add(entry);
            refusedBytes += size;
        }
        next++;
    }

    private void drop(Entry coming, int size) {
        boolean comes = isRefused(coming);
        boolean tooMany =
                refused.size() + (comes ? 1 : 0) > MAX_REFUSED || refusedBytes + (comes ? size : 0) > MAX_REFUSED_BYTES;
        Entry dropped = tooMany && !refused.isEmpty()
                ? refused.element()
                : entries.firstEntry().getValue();
        entries.remove(dropped.id());
        bytes -= dropped.bytes();
        if (isRefused(dropped)) {
            refused.remove();
            refusedBytes -= dropped.bytes();
        }
        gone = Math.max(gone, dropped.id());
    }

    private static boolean isRefused(Entry entry) {
        return entry.fate() == Fate.REFUSED;
    }

    /** All that is there. */
    public synchronized List<Entry> newestFirst() {
        return List.copyOf(entries.descendingMap().values());
    }

    /** The entries after an id, the oldest first. */
    public synchronized List<Entry> after(long id, int limit) {
        return entries.tailMap(id, false).values().stream().limit(limit).toList();
    }

    /** The entry of an id; empty when it is gone, or never was. */
    public synchronized Optional<Entry> find(long id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** The id of the oldest entry that is there; where there is none, that of the next to come. */
    public synchronized long oldest() {
        return entries.isEmpty() ? next : entries.firstKey();
    }

    /** The id of the newest entry; below {@link #oldest} where there is none. */
    public long newest() {
        return next - 1;
    }

    /** The greatest id that is there no more; some below it may still be. */
    public long gone() {
        return gone;
    }

    /** How many entries are there. */
    public synchronized int size() {
        return entries.size();
    }

    /** What they hold. */
    public synchronized long bytes() {
        return bytes;
    }
}
