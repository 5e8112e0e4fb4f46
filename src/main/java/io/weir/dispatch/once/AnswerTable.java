package io.weir.dispatch.once;

import io.weir.wechat.message.PushId;
import io.weir.wechat.message.ReplyWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one part of {@link Answers}, in arrays of numbers: an answer leaves no object behind, since a minute of them would
 * be copied by every garbage collection. Rows lie in a ring in the order in which they were put, and are found by an
 * open-addressed index. Times are nanoseconds. Not for several threads at once.
 */
final class AnswerTable {
    private static final int FIRST_ROWS = 1 << 6;
    private static final int SUCCESS = -1;
    private static final int GONE = -2;

    private final int maxRows;
    private final AnswerArena texts;

    private long[] high = new long[FIRST_ROWS];
    private long[] low = new long[FIRST_ROWS];
    private long[] first = new long[FIRST_ROWS];
    private long[] expiry = new long[FIRST_ROWS];
    private long[] position = new long[FIRST_ROWS];
    private int[] length = new int[FIRST_ROWS];
    private int[] index = new int[FIRST_ROWS * 2];
    private int oldest;
    private int rows;
    private long forgotten;

    /**
     * An empty table.
     *
     * @param maxRows a power of two
     * @param maxBytes of all texts, a power of two
     */
    AnswerTable(int maxRows, int maxBytes) {
        this.maxRows = maxRows;
        this.texts = new AnswerArena(maxBytes);
    }

    Answers.@Nullable Kept find(PushId id, long now) {
        int at = index[slot(id.high(), id.low())] - 1;
        if (at < 0 || now - expiry[at] >= 0) {
            return null;
        }
        String text = length[at] == SUCCESS ? ReplyWriter.SUCCESS : texts.text(position[at], length[at]);
        return new Answers.Kept(first[at], text);
    }

    void put(PushId id, long firstMillis, String text, long now, long keptNanos) {
        remove(id);
        byte[] bytes = text.equals(ReplyWriter.SUCCESS) ? null : text.getBytes(StandardCharsets.UTF_8);
        makeRoom(bytes == null ? 0 : bytes.length, now);
        if (bytes != null && !texts.fits(bytes.length)) {
            forgotten++;
            return;
        }
        int at = (oldest + rows) & (high.length - 1);
        rows++;
        high[at] = id.high();
        low[at] = id.low();
        first[at] = firstMillis;
        expiry[at] = now + keptNanos;
        length[at] = bytes == null ? SUCCESS : bytes.length;
        position[at] = bytes == null ? texts.end() : texts.add(bytes);
        index[slot(id.high(), id.low())] = at + 1;
    }

    private void remove(PushId id) {
        int found = slot(id.high(), id.low());
        int at = index[found] - 1;
        if (at >= 0) {
            unlink(found);
            length[at] = GONE;
        }
    }

    int size() {
        return rows;
    }

    long forgotten() {
        return forgotten;
    }

    /** For one more row, and so many bytes of text. */
    private void makeRoom(int bytes, long now) {
        while (rows > 0 && (length[oldest] == GONE || now - expiry[oldest] >= 0)) {
            dropOldest();
        }
        if (rows == high.length) {
            if (rows < maxRows) {
                grow();
            } else {
                forgetOldest();
            }
        }
        while (rows > 0 && bytes > 0 && !texts.spares(position[oldest], bytes)) {
            if (texts.canGrow()) {
                growTexts();
            } else {
                forgetOldest();
            }
        }
        while (!texts.fits(bytes) && texts.canGrow()) {
            growTexts();
        }
    }

    private void forgetOldest() {
        if (length[oldest] != GONE) {
            forgotten++;
        }
        dropOldest();
    }

    private void dropOldest() {
        if (length[oldest] != GONE) {
            unlink(slot(high[oldest], low[oldest]));
        }
        oldest = (oldest + 1) & (high.length - 1);
        rows--;
    }

    private void growTexts() {
        byte[] before = texts.grow();
        for (int i = 0; i < rows; i++) {
            int at = (oldest + i) & (high.length - 1);
            if (length[at] > 0) {
                texts.move(before, position[at], length[at]);
            }
        }
    }

    private void grow() {
        int before = high.length;
        high = unrolled(high);
        low = unrolled(low);
        first = unrolled(first);
        expiry = unrolled(expiry);
        position = unrolled(position);
        int[] lengths = new int[before * 2];
        System.arraycopy(length, oldest, lengths, 0, before - oldest);
        System.arraycopy(length, 0, lengths, before - oldest, oldest);
        length = lengths;
        oldest = 0;
        index = new int[before * 4];
        for (int at = 0; at < rows; at++) {
            if (length[at] != GONE) {
                index[slot(high[at], low[at])] = at + 1;
            }
        }
    }

    private long[] unrolled(long[] ring) {
        long[] longer = new long[ring.length * 2];
        System.arraycopy(ring, oldest, longer, 0, ring.length - oldest);
        System.arraycopy(ring, 0, longer, ring.length - oldest, oldest);
        return longer;
    }

    /** Where the index has a push, or the free slot where it would be. */
    private int slot(long ofHigh, long ofLow) {
        int mask = index.length - 1;
        int slot = (int) (ofLow >>> Integer.SIZE) & mask;
        while (index[slot] != 0 && (high[index[slot] - 1] != ofHigh || low[index[slot] - 1] != ofLow)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Frees a slot, and closes the gap so that what was pushed on by it is still found. */
    private void unlink(int slot) {
        int mask = index.length - 1;
        int gap = slot;
        index[gap] = 0;
        for (int next = (gap + 1) & mask; index[next] != 0; next = (next + 1) & mask) {
            int at = index[next] - 1;
            int home = (int) (low[at] >>> Integer.SIZE) & mask;
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                index[gap] = index[next];
                index[next] = 0;
                gap = next;
            }
        }
    }
}
