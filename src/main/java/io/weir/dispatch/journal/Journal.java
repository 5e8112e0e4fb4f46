package io.weir.dispatch.journal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private final @Nullable Entry[] ring = new Entry[MAX_ENTRIES];
    private long oldest;
    private volatile long next;
    private long bytes;

    /** An empty journal; the clock gives the first id. */
    public Journal(Clock clock) {
        this.oldest = clock.millis() * IDS_OF_A_MILLISECOND;
        this.next = oldest;
    }

    /** Keeps an entry, and drops the oldest that have no place beside it; the newest always has one. */
    public synchronized void add(Entry entry) {
        long id = next;
        int size = entry.bytes();
        while (oldest < id && (id - oldest >= MAX_ENTRIES || bytes + size > MAX_BYTES)) {
            drop();
        }
        entry.is(id);
        ring[slot(id)] = entry;
        bytes += size;
        next = id + 1;
    }

    private void drop() {
        int slot = slot(oldest);
        Entry dropped = ring[slot];
        ring[slot] = null;
        bytes -= dropped == null ? 0 : dropped.bytes();
        oldest++;
    }

    /** All that is there. */
    public List<Entry> newestFirst() {
        return copy(Long.MAX_VALUE, MAX_ENTRIES, -1);
    }

    /** The entries after an id, the oldest first. */
    public List<Entry> after(long id, int limit) {
        return copy(id + 1, limit, 1);
    }

    private synchronized List<Entry> copy(long from, int limit, int step) {
        List<Entry> copied = new ArrayList<>();
        long start = Math.max(oldest, Math.min(next - 1, from));
        for (long id = from > next - 1 && step > 0 ? next : start;
                id >= oldest && id < next && copied.size() < limit;
                id += step) {
            Entry entry = ring[slot(id)];
            if (entry != null) {
                copied.add(entry);
            }
        }
        return copied;
    }

    /** The entry of an id; empty when it is gone, or never was. */
    public synchronized Optional<Entry> find(long id) {
        return id < oldest || id >= next ? Optional.empty() : Optional.ofNullable(ring[slot(id)]);
    }

    /** The id of the oldest entry that is there; where there is none, that of the next to come. */
    public synchronized long oldest() {
        return oldest;
    }

    /** The id of the newest entry; below {@link #oldest} where there is none. */
    public long newest() {
        return next - 1;
    }

    /** How many entries are there. */
    public synchronized int size() {
        return (int) (next - oldest);
    }

    /** What they hold. */
    public synchronized long bytes() {
        return bytes;
    }

    private static int slot(long id) {
        return (int) (id % MAX_ENTRIES);
    }
}
