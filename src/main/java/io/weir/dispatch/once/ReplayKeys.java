package io.weir.dispatch.once;

import io.weir.dispatch.once.PushStore.KeyUse;
import io.weir.wechat.codec.ReplayKey;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The replay keys that were used at this instance, each for at least twice the window of timestamps: 16 bytes for each, in
 * open-addressed tables of one window's time, the oldest of which is dropped when a new one begins, or when the newest is full.
 * In several parts with a lock each. Any thread.
 */
final class ReplayKeys {
    private static final int PARTS = 16;
    private static final int GENERATIONS = 3;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    /** A digest that no request has, or one in 2^64. */
    private static final long UNKNOWN_BODY = Long.MIN_VALUE;

    private static final int FIRST_SIZE = 1 << 8;
    /** Of one table of one part; three quarters of it are used. */
    private static final int MAX_SIZE = 1 << 16;

    private final Part[] parts = new Part[PARTS];
    private final LongSupplier nanoTime;
    private final long windowNanos;
    private final LongAdder forgotten = new LongAdder();

    /** @param nanoTime in production {@link System#nanoTime()} */
    ReplayKeys(Duration window, LongSupplier nanoTime) {
        this.windowNanos = window.toNanos();
        this.nanoTime = nanoTime;
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part();
        }
    }

    /** Uses a key up; what was known of it before. */
    KeyUse use(ReplayKey key) {
        Part part = parts[(int) (key.hash() & (PARTS - 1))];
        synchronized (part) {
            return part.use(key, nanoTime.getAsLong());
        }
    }

    /** The store knows better: the key was used with this body. */
    void correct(ReplayKey key) {
        correct(key, key.digest());
    }

    /** The store knows better: the key was used with another body, which is not known here. */
    void disown(ReplayKey key) {
        correct(key, UNKNOWN_BODY);
    }

    private void correct(ReplayKey key, long digest) {
        Part part = parts[(int) (key.hash() & (PARTS - 1))];
        synchronized (part) {
            part.correct(key, digest);
        }
    }

    /** How many had to go before their time: more came than there is room for. */
    long forgotten() {
        return forgotten.sum();
    }

    private final class Part {
        private final Table[] tables = new Table[GENERATIONS];
        private long begun;
        private boolean used;

        Part() {
            empty();
        }

        private void empty() {
            for (int i = 0; i < GENERATIONS; i++) {
                tables[i] = new Table(FIRST_SIZE);
            }
        }

        KeyUse use(ReplayKey key, long now) {
            turn(now);
            long hash = hash(key);
            for (Table table : tables) {
                int slot = table.find(hash);
                if (table.keys[slot] == hash) {
                    return KeyUse.of(table.digests[slot], key);
                }
            }
            if (tables[0].isFull() && !tables[0].grow()) {
                forgotten.add(tables[GENERATIONS - 1].count);
                begin(now);
            }
            tables[0].put(hash, key.digest());
            return KeyUse.NEW;
        }

        void correct(ReplayKey key, long digest) {
            long hash = hash(key);
            for (Table table : tables) {
                int slot = table.find(hash);
                if (table.keys[slot] == hash) {
                    table.digests[slot] = digest;
                }
            }
        }

        private void turn(long now) {
            if (!used || now - begun >= GENERATIONS * windowNanos) {
                if (used) {
                    empty();
                }
                used = true;
                begun = now;
            }
            while (now - begun >= windowNanos) {
                begin(begun + windowNanos);
            }
        }

        private void begin(long at) {
            System.arraycopy(tables, 0, tables, 1, GENERATIONS - 1);
            tables[0] = new Table(FIRST_SIZE);
            begun = at;
        }
    }

    /** 0 is an empty slot. */
    private static long hash(ReplayKey key) {
        return key.hash() == 0 ? 1 : key.hash();
    }

    /** Keys that are not 0, in their slot or in the next free one. */
    private static final class Table {
        private long[] keys;
        private long[] digests;
        private int count;

        Table(int size) {
            keys = new long[size];
            digests = new long[size];
        }

        boolean isFull() {
            return count * 4 >= keys.length * 3;
        }

        int find(long key) {
            int mask = keys.length - 1;
            int slot = (int) ((key * SPREAD) >>> Integer.SIZE) & mask;
            while (keys[slot] != 0 && keys[slot] != key) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        void put(long key, long digest) {
            int slot = find(key);
            keys[slot] = key;
            digests[slot] = digest;
            count++;
        }

        boolean grow() {
            if (keys.length >= MAX_SIZE) {
                return false;
            }
            Table larger = new Table(keys.length * 2);
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] != 0) {
                    larger.put(keys[i], digests[i]);
                }
            }
            keys = larger.keys;
            digests = larger.digests;
            return true;
        }
    }
}
