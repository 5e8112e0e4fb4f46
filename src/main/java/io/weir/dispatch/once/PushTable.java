package io.weir.dispatch.once;

import io.weir.wechat.message.PushId;
import io.weir.wechat.message.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a {@link MemoryPushStore}, in arrays of numbers: a push leaves no object behind, since a minute of them would be
 * copied by every garbage collection. Rows lie in a ring in the order of their arrival, and are found by an open-addressed
 * index. Times are nanoseconds. Not for several threads at once.
 */
final class PushTable {
    /** There is no row. */
    static final int NONE = -1;

    private static final int FIRST_ROWS = 1 << 6;
    private static final int MAX_ARRIVALS = 8;
    private static final byte RUNNING = 1;
    private static final byte ANSWERED = 2;
    private static final byte TAKEN = 4;
    private static final byte RELEASED = 8;
    private static final int SUCCESS = -1;

    private final int maxRows;
    private final AnswerArena answers;
    private final TextQueue texts = new TextQueue();
    private final List<String> holders = new ArrayList<>();
    /** Arrivals but the first, of the few rows that have some. */
    private final Map<Integer, long[]> repeats = new HashMap<>();

    private long[] high = new long[FIRST_ROWS];
    private long[] low = new long[FIRST_ROWS];
    private long[] first = new long[FIRST_ROWS];
    private long[] leaseEnd = new long[FIRST_ROWS];
    private long[] expiry = new long[FIRST_ROWS];
    private long[] answerAt = new long[FIRST_ROWS];
    private int[] answerLength = new int[FIRST_ROWS];
    private int[] holder = new int[FIRST_ROWS];
    private byte[] state = new byte[FIRST_ROWS];
    private int[] index = new int[FIRST_ROWS * 2];
    private int oldest;
    private int rows;
    private long forgotten;

    /**
     * An empty table.
     *
     * @param maxRows a power of two
     * @param maxBytes of all answers, a power of two
     */
    PushTable(int maxRows, int maxBytes) {
        this.maxRows = maxRows;
        this.answers = new AnswerArena(maxBytes);
    }

    /** The row of a push that is not over. */
    int find(PushId id, long now) {
        int at = index[slot(id.high(), id.low())] - 1;
        return at >= 0 && now - expiry[at] < 0 && isReadable(at) ? at : NONE;
    }

    private boolean isReadable(int at) {
        return !hasText(at) || answers.holds(answerAt[at]);
    }

    /** A row for a push that has none, which somebody runs. */
    int add(PushId id, String who, long now, long lease, long end) {
        remove(id);
        makeRoom(now);
        int at = (oldest + rows) & (high.length - 1);
        rows++;
        high[at] = id.high();
        low[at] = id.low();
        first[at] = now;
        state[at] = RUNNING;
        index[slot(id.high(), id.low())] = at + 1;
        lease(at, who, lease, end);
        return at;
    }

    void lease(int at, String who, long end, long over) {
        holder[at] = number(who);
        leaseEnd[at] = end;
        expiry[at] = over;
    }

    boolean belongsTo(int at, String whom) {
        return holders.get(holder[at]).equals(whom);
    }

    boolean isAbandoned(int at, long now) {
        return now - leaseEnd[at] > 0;
    }

    /** A further attempt; beyond some they are no longer told apart. */
    void arrive(int at, long now) {
        long[] before = repeats.getOrDefault(at, new long[0]);
        if (before.length < MAX_ARRIVALS - 1) {
            long[] with = Arrays.copyOf(before, before.length + 1);
            with[before.length] = now;
            repeats.put(at, with);
        }
    }

    /** How many attempts of WeChat's the arrivals are. */
    int attempts(int at, long apartNanos) {
        int attempts = 1;
        long start = first[at];
        for (long arrival : repeats.getOrDefault(at, new long[0])) {
            if (arrival - start >= apartNanos) {
                attempts++;
                start = arrival;
            }
        }
        return attempts;
    }

    /** How long ago each arrival was. */
    List<Duration> ages(int at, long now) {
        List<Duration> ages = new ArrayList<>();
        ages.add(Duration.ofNanos(now - first[at]));
        for (long arrival : repeats.getOrDefault(at, new long[0])) {
            ages.add(Duration.ofNanos(now - arrival));
        }
        return ages;
    }

    boolean isAnswered(int at) {
        return (state[at] & ANSWERED) != 0;
    }

    /** The answer of a row that has one. */
    String answer(int at) {
        return answerLength[at] == SUCCESS ? ReplyWriter.SUCCESS : answers.text(answerAt[at], answerLength[at]);
    }

    void answer(int at, String text, boolean taken, long now, long over) {
        state[at] = (byte) (ANSWERED | (taken ? TAKEN : 0));
        expiry[at] = over;
        answerLength[at] = SUCCESS;
        if (text.equals(ReplyWriter.SUCCESS)) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        makeRoom(bytes.length, now);
        if (answers.fits(bytes.length)) {
            answerAt[at] = answers.add(bytes);
            answerLength[at] = bytes.length;
            texts.add(answerAt[at], over);
        } else {
            remove(new PushId(high[at], low[at]));
        }
    }

    /** An attempt takes the answer, so that it need not be sent in another way. */
    void take(int at) {
        if (answerLength[at] != SUCCESS) {
            state[at] |= TAKEN;
        }
    }

    /** Lets one caller send the answer in another way. */
    boolean release(int at, String whom) {
        if (state[at] != ANSWERED || !belongsTo(at, whom)) {
            return false;
        }
        state[at] |= RELEASED;
        answerLength[at] = SUCCESS;
        return true;
    }

    void remove(PushId id) {
        int found = slot(id.high(), id.low());
        int at = index[found] - 1;
        if (at >= 0) {
            unlink(found);
            state[at] = 0;
            repeats.remove(at);
            while (rows > 0 && state[(oldest + rows - 1) & (high.length - 1)] == 0) {
                rows--;
            }
        }
    }

    int size() {
        return rows;
    }

    /** How many rows had to go before their time. */
    long forgotten() {
        return forgotten;
    }

    private int number(String who) {
        int known = holders.indexOf(who);
        if (known < 0) {
            holders.add(who);
            return holders.size() - 1;
        }
        return known;
    }

    private void makeRoom(long now) {
        while (rows > 0 && (state[oldest] == 0 || now - expiry[oldest] >= 0)) {
            dropOldest();
        }
        if (rows == high.length) {
            if (rows < maxRows) {
                grow();
            } else {
                forgotten++;
                dropOldest();
            }
        }
    }

    private void dropOldest() {
        if (state[oldest] != 0) {
            unlink(slot(high[oldest], low[oldest]));
            repeats.remove(oldest);
        }
        oldest = (oldest + 1) & (high.length - 1);
        rows--;
    }

    private void makeRoom(int length, long now) {
        while (!answers.fits(length) || !sparesTheOldest(length, now)) {
            if (!answers.canGrow()) {
                return;
            }
            growAnswers();
        }
    }

    private void growAnswers() {
        for (int i = 0; i < rows; i++) {
            int at = (oldest + i) & (high.length - 1);
            if (hasText(at) && !answers.holds(answerAt[at])) {
                remove(new PushId(high[at], low[at]));
            }
        }
        byte[] before = answers.grow();
        for (int i = 0; i < rows; i++) {
            int at = (oldest + i) & (high.length - 1);
            if (hasText(at)) {
                answers.move(before, answerAt[at], answerLength[at]);
            }
        }
    }

    private boolean hasText(int at) {
        return isAnswered(at) && answerLength[at] != SUCCESS;
    }

    /** Texts lie in the order of their answers, which is not that of the rows. */
    private boolean sparesTheOldest(int length, long now) {
        while (!texts.isEmpty() && (now - texts.firstOver() >= 0 || !answers.holds(texts.firstPosition()))) {
            texts.removeFirst();
        }
        return texts.isEmpty() || answers.spares(texts.firstPosition(), length);
    }

    private void grow() {
        int before = high.length;
        high = unrolled(high);
        low = unrolled(low);
        first = unrolled(first);
        leaseEnd = unrolled(leaseEnd);
        expiry = unrolled(expiry);
        answerAt = unrolled(answerAt);
        answerLength = unrolled(answerLength);
        holder = unrolled(holder);
        byte[] states = new byte[before * 2];
        System.arraycopy(state, oldest, states, 0, before - oldest);
        System.arraycopy(state, 0, states, before - oldest, oldest);
        state = states;
        Map<Integer, long[]> moved = new HashMap<>();
        repeats.forEach((at, times) -> moved.put((at - oldest) & (before - 1), times));
        repeats.clear();
        repeats.putAll(moved);
        oldest = 0;
        index = new int[before * 4];
        for (int at = 0; at < rows; at++) {
            if (state[at] != 0) {
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

    private int[] unrolled(int[] ring) {
        int[] longer = new int[ring.length * 2];
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
