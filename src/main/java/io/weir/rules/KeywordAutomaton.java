package io.weir.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Looks for many keywords in one pass over a text (Aho and Corasick, 1975): the time is linear in the text, whatever the
 * number of keywords. Immutable once built.
 */
final class KeywordAutomaton {
    /** What {@link #earliest} gives where no keyword is in the text. */
    static final int NONE = Integer.MAX_VALUE;

    private static final int ROOT = 0;

    private final Transitions transitions;
    /** Of each state: the state of its longest proper suffix. */
    private final int[] suffix;
    /** Of each state: the least rank of the keywords that end here, those that end its suffixes included. */
    private final int[] best;

    private int states = 1;

    /**
     * Builds one for these keywords.
     *
     * @param ranks the keywords, none of them empty, each with its place in the order
     */
    KeywordAutomaton(Map<String, Integer> ranks) {
        int characters = ranks.keySet().stream().mapToInt(String::length).sum();
        this.transitions = new Transitions(characters);
        this.suffix = new int[characters + 1];
        this.best = new int[characters + 1];
        Arrays.fill(best, NONE);
        List<Growing> growing = ranks.entrySet().stream()
                .map(each -> new Growing(each.getKey(), each.getValue()))
                .toList();
        // Level by level: a suffix is shorter than what it is a suffix of, so it is complete when it is asked for.
        for (int depth = 0; !growing.isEmpty(); depth++) {
            int length = depth + 1;
            growing.forEach(each -> grow(each, length));
            growing = growing.stream()
                    .filter(each -> each.keyword.length() > length)
                    .toList();
        }
    }

    /** The least rank of all keywords in the text, or {@link #NONE}. */
    int earliest(String text) {
        int earliest = NONE;
        int state = ROOT;
        for (int at = 0; at < text.length(); at++) {
            state = next(state, text.charAt(at));
            earliest = Math.min(earliest, best[state]);
        }
        return earliest;
    }

    private int next(int state, char character) {
        int from = state;
        int target = transitions.target(from, character);
        while (target == Transitions.NOWHERE && from != ROOT) {
            from = suffix[from];
            target = transitions.target(from, character);
        }
        return target == Transitions.NOWHERE ? ROOT : target;
    }

    private void grow(Growing branch, int length) {
        char character = branch.keyword.charAt(length - 1);
        int parent = branch.state;
        int state = transitions.target(parent, character);
        if (state == Transitions.NOWHERE) {
            state = states++;
            suffix[state] = parent == ROOT ? ROOT : next(suffix[parent], character);
            best[state] = best[suffix[state]];
            transitions.add(parent, character, state);
        }
        if (branch.keyword.length() == length) {
            best[state] = Math.min(best[state], branch.rank);
        }
        branch.state = state;
    }

    /** A keyword and the state that its beginning has led to so far. */
    private static final class Growing {
        private final String keyword;
        private final int rank;
        private int state = ROOT;

        Growing(String keyword, int rank) {
            this.keyword = keyword;
            this.rank = rank;
        }
    }

    /** Which state a character leads to from a state: a hash table of primitives, some 30 bytes for each transition. */
    static final class Transitions {
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
}
