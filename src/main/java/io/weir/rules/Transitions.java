package io.weir.rules;

/** Which state a character leads to from a state: a hash table of primitives, some 30 bytes for each transition. */
final class Transitions {
    static final int NOWHERE = -1;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** State and character, plus one; 0 where the slot is free. */
    private final long[] keys;

    private final int[] targets;
    private final int shift;

    /** With space for so many transitions, at most half full. */
    Transitions(int most) {
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, most));
        this.keys = new long[1 << bits];
        this.targets = new int[1 << bits];
        this.shift = 64 - bits;
    }

    /** For a transition that is not there yet. */
    void add(int state, char character, int target) {
        int slot = slot(key(state, character));
        keys[slot] = key(state, character);
        targets[slot] = target;
    }

    int target(int state, char character) {
        long key = key(state, character);
        int slot = slot(key);
        return keys[slot] == key ? targets[slot] : NOWHERE;
    }

    /** Where the key is, or the free slot where it would go. */
    private int slot(long key) {
        int slot = (int) ((key * MIX) >>> shift);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private static long key(int state, char character) {
        return (((long) state << 16) | character) + 1;
    }
}
