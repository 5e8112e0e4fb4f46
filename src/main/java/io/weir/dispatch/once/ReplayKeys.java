package io.weir.dispatch.once;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.dispatch.once.PushStore.KeyUse;
import io.weir.wechat.codec.ReplayKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The replay keys that were used at this instance, each until its timestamp alone refuses it. Keys lie together by the sixtieth part
 * of the window that their timestamp is in, and a sixtieth goes as a whole: when it is over, or, being the oldest, when there is no
 * more space. Any thread; a key takes the lock for about 0.1 µs.
 *
 * <p>8 bytes for each key: 44 bits tell timestamps and nonces apart and 20 tell bodies apart, in buckets of 8 of which a key may be in
 * two. One push in some 10^11 is taken for a replay and is none. The buckets lie in chunks that are used again, so
 * nothing dies in the old generation.
 */
final class ReplayKeys {
    private static final long LEAST_BYTES = 1 << 21;
    private static final long MOST_BYTES = 1 << 29;
    private static final int SHARE_OF_THE_HEAP = 8;
    private static final int SIXTY = 60;

    private final Duration window;
    private final LongSupplier clockMillis;
    private final LongSupplier nanoTime;
    private final long spanSeconds;
    private final int maxChunks;
    private final TreeMap<Long, Span> spans = new TreeMap<>();
    private final ArrayDeque<long[]> spare = new ArrayDeque<>();
    private @Nullable Span latest;
    private int allocated;
    private long forgotten;
    private long forgottenAt;
    private long lasted;

    /**
     * None yet; what they take is bounded by the heap that there is.
     *
     * @param window how far a timestamp may be from the time
     * @param clockMillis the time in milliseconds since 1970, by that clock of those that timestamps are measured by which is
     *     furthest behind
     * @param nanoTime in production {@link System#nanoTime()}
     */
    ReplayKeys(Duration window, LongSupplier clockMillis, LongSupplier nanoTime) {
        this(window, budget(Runtime.getRuntime().maxMemory()), clockMillis, nanoTime);
    }

    /** @param maxBytes what they may take */
    ReplayKeys(Duration window, long maxBytes, LongSupplier clockMillis, LongSupplier nanoTime) {
        this.window = window;
        this.clockMillis = clockMillis;
        this.nanoTime = nanoTime;
        this.spanSeconds = Math.max(1, window.toSeconds() / SIXTY);
        this.maxChunks = (int) (maxBytes / Segment.CHUNK_BYTES);
    }

    /** How many bytes keys may take in a heap of so many: an eighth. */
    static long budget(long heap) {
        return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, heap / SHARE_OF_THE_HEAP));
    }

    /** Registers what an operator may know of them. */
    void register(MeterRegistry metrics) {
        Gauge.builder("weir.replay.keys.last", this, ReplayKeys::lastSeconds)
                .description(
                        "How long this instance knows a replay key after its timestamp: less than push.timestampWindow when"
                                + " more come than there is space for")
                .baseUnit("seconds")
                .register(metrics);
        FunctionCounter.builder("weir.replay.keys.forgotten", this, ReplayKeys::forgotten)
                .description("Replay keys that this instance forgot before their time: more came than it has space for")
                .register(metrics);
    }

    /** Uses a key up; what was known of it before. */
    synchronized KeyUse use(ReplayKey key) {
        Span span = span(Math.floorDiv(key.seconds(), spanSeconds));
        long pair = Segment.pair(key);
        long body = Segment.body(key);
        Segment emptiest = null;
        int free = Segment.FULL;
        for (Segment segment : span.segments) {
            int slot = segment.find(pair);
            if (slot >= 0) {
                return Segment.use(segment.body(slot), body);
            }
            if (free == Segment.FULL && slot != Segment.FULL) {
                emptiest = segment;
                free = slot;
            }
        }
        if (emptiest == null) {
            // Some keys find both of their buckets full long before all are: for those a little more.
            boolean full = span.keys > span.chunks * Segment.CHUNK_SLOTS * 0.9;
            emptiest = addSegment(span, full ? span.chunks / 2 : span.chunks / 16);
            free = emptiest.find(pair);
        }
        emptiest.put(-1 - free, pair, body);
        span.keys++;
        span.lastNanos = nanoTime.getAsLong();
        return KeyUse.NEW;
    }

    /** The store knows better: the key was used with this body. */
    void correct(ReplayKey key) {
        correct(key, Segment.body(key));
    }

    /** The store knows better: the key was used with another body, which is not known here. */
    void disown(ReplayKey key) {
        correct(key, Segment.UNKNOWN_BODY);
    }

    private synchronized void correct(ReplayKey key, long body) {
        Span span = spans.get(Math.floorDiv(key.seconds(), spanSeconds));
        if (span == null) {
            return;
        }
        long pair = Segment.pair(key);
        for (Segment segment : span.segments) {
            int slot = segment.find(pair);
            if (slot >= 0) {
                segment.put(slot, pair, body);
            }
        }
    }

    /** How many had to go before their time. */
    synchronized long forgotten() {
        return forgotten;
    }

    /** What all of them take, of the heap. */
    synchronized long bytes() {
        return (long) allocated * Segment.CHUNK_BYTES;
    }

    /** How long a key is known after its timestamp, in seconds: its time, or less when one had to go within the last window. */
    synchronized double lastSeconds() {
        boolean lately = forgotten > 0 && nanoTime.getAsLong() - forgottenAt < window.toNanos();
        return lately ? lasted / 1e3 : window.toSeconds();
    }

    private Span span(long number) {
        Span last = latest;
        if (last != null && last.number == number) {
            return last;
        }
        Span span = spans.get(number);
        if (span == null) {
            dropPast();
            boolean newest = !spans.isEmpty() && spans.lastKey() < number;
            // For as many as last time, seven eighths full.
            long expected = newest ? spans.lastEntry().getValue().keys : 0;
            span = new Span(number);
            spans.put(number, span);
            addSegment(span, (int) (expected * 8 / 7 / Segment.CHUNK_SLOTS));
        }
        latest = span;
        return span;
    }

    private Segment addSegment(Span span, int wanted) {
        int chunks = Math.max(1, Math.min(wanted, maxChunks / 8));
        while (spare.size() + maxChunks - allocated < chunks) {
            forgetOldest(span);
        }
        long[][] taken = new long[chunks][];
        for (int i = 0; i < chunks; i++) {
            if (spare.isEmpty()) {
                allocated++;
                taken[i] = new long[Segment.CHUNK_SLOTS];
            } else {
                taken[i] = spare.pop();
                Arrays.fill(taken[i], 0);
            }
        }
        Segment segment = new Segment(taken);
        span.segments.add(segment);
        span.chunks += chunks;
        return segment;
    }

    /** Drops what both clocks refuse by now, and what has not been used for a window, lest a clock that jumps brings it back. */
    private void dropPast() {
        long past = Math.floorDiv(clockMillis.getAsLong() / 1_000 - window.toSeconds(), spanSeconds);
        long now = nanoTime.getAsLong();
        for (Map.Entry<Long, Span> oldest = spans.firstEntry();
                oldest != null && oldest.getKey() < past && now - oldest.getValue().lastNanos >= window.toNanos();
                oldest = spans.firstEntry()) {
            drop(oldest.getValue());
        }
    }

    /** @param needed is emptied if it is the only one, and otherwise stays */
    private void forgetOldest(Span needed) {
        Span oldest = spans.firstEntry().getValue();
        if (oldest == needed && spans.size() > 1) {
            oldest = spans.higherEntry(needed.number).getValue();
        }
        forgotten += oldest.keys;
        forgottenAt = nanoTime.getAsLong();
        lasted = Math.max(0, clockMillis.getAsLong() - (oldest.number + 1) * spanSeconds * 1_000);
        drop(oldest);
        if (oldest == needed) {
            spans.put(needed.number, needed);
        }
    }

    private void drop(Span span) {
        spans.remove(span.number);
        span.segments.forEach(segment -> List.of(segment.table).forEach(spare::push));
        span.segments.clear();
        span.chunks = 0;
        span.keys = 0;
        latest = null;
    }

    /** The keys of some seconds. */
    private static final class Span {
        private final long number;
        private final List<Segment> segments = new ArrayList<>();
        private int chunks;
        private int keys;
        private long lastNanos;

        Span(long number) {
            this.number = number;
        }
    }

    /** Buckets of keys, each in a long that is not 0. */
    private static final class Segment {
        static final int CHUNK_SLOTS = 1 << 10;
        static final int CHUNK_BYTES = CHUNK_SLOTS * Long.BYTES;
        static final int FULL = Integer.MIN_VALUE;
        static final long UNKNOWN_BODY = 1;

        private static final int BUCKET = 8;
        private static final int BODY_BITS = 20;
        private static final long BODY = (1L << BODY_BITS) - 1;
        private static final long VERIFICATION = 0;
        private static final long BODIES = BODY - UNKNOWN_BODY;
        private static final long SPREAD = 0x9E3779B97F4A7C15L;
        private static final long OTHER_SPREAD = 0xD6E8FEB86659FD93L;

        private final long[][] table;

        Segment(long[][] table) {
            this.table = table;
        }

        /** Timestamp and nonce: the upper bits are kept, the lower {@value #BODY_BITS} say which bucket. */
        static long pair(ReplayKey key) {
            long once = key.hash() * SPREAD;
            long pair = (once ^ (once >>> Integer.SIZE)) * OTHER_SPREAD;
            pair ^= pair >>> Integer.SIZE;
            return (pair & ~BODY) == 0 ? pair | (BODY + 1) : pair;
        }

        static long body(ReplayKey key) {
            long digest = (key.digest() ^ (key.digest() >>> Integer.SIZE)) * SPREAD;
            return key.digest() == ReplayKey.VERIFICATION
                    ? VERIFICATION
                    : UNKNOWN_BODY + 1 + Long.remainderUnsigned(digest >>> BODY_BITS, BODIES);
        }

        /** What a body that is there means to a request with another. */
        static KeyUse use(long there, long body) {
            if (there == body) {
                return KeyUse.SAME;
            }
            return there == VERIFICATION ? KeyUse.VERIFICATION : KeyUse.OTHER;
        }

        long body(int slot) {
            return table[slot / CHUNK_SLOTS][slot % CHUNK_SLOTS] & BODY;
        }

        void put(int slot, long pair, long body) {
            table[slot / CHUNK_SLOTS][slot % CHUNK_SLOTS] = (pair & ~BODY) | body;
        }

        /** Slot of a pair; when it is not there, -1 - the free slot where it would be, or {@link #FULL}. */
        int find(long pair) {
            int first = bucket((int) pair << (Integer.SIZE - BODY_BITS));
            int second = bucket((int) ((pair * SPREAD) >>> Integer.SIZE));
            int inFirst = find(first, pair);
            int inSecond = inFirst >= 0 ? FULL : find(second, pair);
            if (inSecond == FULL) {
                return inFirst;
            }
            if (inSecond >= 0 || inFirst == FULL) {
                return inSecond;
            }
            // Into the emptier of the two, so that all fill up evenly.
            return first + inFirst >= second + inSecond ? inFirst : inSecond;
        }

        private int find(int bucket, long pair) {
            long[] chunk = table[bucket / CHUNK_SLOTS];
            int begin = bucket % CHUNK_SLOTS;
            for (int i = 0; i < BUCKET; i++) {
                long there = chunk[begin + i];
                if (there == 0) {
                    return -1 - (bucket + i);
                }
                if (((there ^ pair) & ~BODY) == 0) {
                    return bucket + i;
                }
            }
            return FULL;
        }

        /** First slot of a bucket. */
        private int bucket(int hash) {
            long buckets = (long) table.length * CHUNK_SLOTS / BUCKET;
            return (int) ((Integer.toUnsignedLong(hash) * buckets) >>> Integer.SIZE) * BUCKET;
        }
    }
}
