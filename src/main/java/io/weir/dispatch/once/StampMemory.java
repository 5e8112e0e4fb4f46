package io.weir.dispatch.once;

/**
 * Remembers with which push each stamp came, for at least twice a window: 16 bytes for each, in open-addressed tables of one
 * window's time, the oldest of which is dropped when a new one begins, or when the newest is full. Not for several threads at
 * once.
 */
final class StampMemory {
    private static final long NOBODY = 0;
    private static final int GENERATIONS = 3;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int FIRST_SIZE = 1 << 8;
    /** Of one table of one of the store's parts; three quarters of it are used. */
    private static final int MAX_SIZE = 1 << 16;

    private final Table[] tables = new Table[GENERATIONS];
    private final long windowNanos;
    private long begun;
    private boolean used;

    StampMemory(long windowNanos) {
        this.windowNanos = windowNanos;
        for (int i = 0; i < GENERATIONS; i++) {
            tables[i] = new Table(FIRST_SIZE);
        }
    }

    /**
     * Whether a stamp is new or came with the same push; it is remembered.
     *
     * @param stamp 64 bits that tell stamps apart
     * @param push 64 bits that tell pushes apart
     */
    boolean admits(long stamp, long push, long nowNanos) {
        turn(nowNanos);
        long key = key(stamp);
        for (Table table : tables) {
            int slot = table.find(key);
            if (table.keys[slot] == key) {
                if (table.pushes[slot] == NOBODY) {
                    table.pushes[slot] = push;
                }
                return table.pushes[slot] == push;
            }
        }
        if (tables[0].isFull() && !tables[0].grow()) {
            begin(nowNanos);
        }
        tables[0].put(key, push);
        return true;
    }

    /** Forgets with which push a stamp came; the next may have it. */
    void disown(long stamp) {
        long key = key(stamp);
        for (Table table : tables) {
            int slot = table.find(key);
            if (table.keys[slot] == key) {
                table.pushes[slot] = NOBODY;
            }
        }
    }

    /** 0 is an empty slot. */
    private static long key(long stamp) {
        return stamp == 0 ? 1 : stamp;
    }

    private void turn(long nowNanos) {
        if (!used || nowNanos - begun >= GENERATIONS * windowNanos) {
            for (int i = 0; used && i < GENERATIONS; i++) {
                tables[i] = new Table(FIRST_SIZE);
            }
            used = true;
            begun = nowNanos;
        }
        while (nowNanos - begun >= windowNanos) {
            long next = begun + windowNanos;
            begin(next);
        }
    }

    private void begin(long nowNanos) {
        System.arraycopy(tables, 0, tables, 1, GENERATIONS - 1);
        tables[0] = new Table(FIRST_SIZE);
        begun = nowNanos;
    }

    /** Keys that are not 0, in their slot or in the next free one. */
    private static final class Table {
        private long[] keys;
        private long[] pushes;
        private int count;

        Table(int size) {
            keys = new long[size];
            pushes = new long[size];
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

        void put(long key, long push) {
            int slot = find(key);
            keys[slot] = key;
            pushes[slot] = push;
            count++;
        }

        boolean grow() {
            if (keys.length >= MAX_SIZE) {
                return false;
            }
            Table larger = new Table(keys.length * 2);
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] != 0) {
                    larger.put(keys[i], pushes[i]);
                }
            }
            keys = larger.keys;
            pushes = larger.pushes;
            return true;
        }
    }
}
