package io.weir.dispatch.once;

/** Where the texts of an {@link AnswerArena} lie and until when they are kept, the oldest first. */
final class TextQueue {
    private long[] positions = new long[1 << 6];
    private long[] overs = new long[1 << 6];
    private int first;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    long firstPosition() {
        return positions[first];
    }

    /** When the oldest need not be kept any more, in nanoseconds. */
    long firstOver() {
        return overs[first];
    }

    void removeFirst() {
        first = (first + 1) & (positions.length - 1);
        count--;
    }

    void add(long position, long over) {
        if (count == positions.length) {
            positions = unrolled(positions);
            overs = unrolled(overs);
            first = 0;
        }
        int at = (first + count) & (positions.length - 1);
        positions[at] = position;
        overs[at] = over;
        count++;
    }

    private long[] unrolled(long[] ring) {
        long[] longer = new long[ring.length * 2];
        System.arraycopy(ring, first, longer, 0, ring.length - first);
        System.arraycopy(ring, 0, longer, ring.length - first, first);
        return longer;
    }
}
