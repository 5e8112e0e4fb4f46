package io.weir.dispatch.once;

import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers that this instance has given, each for a while. In several parts with a lock each, so that event loops seldom meet;
 * bounded: when a part is full, its oldest answers go. Any thread.
 */
final class Answers {
    private static final int PARTS = 16;
    /** Of all parts together: what comes in a minute at 4,000 pushes a second. */
    private static final int MAX_ROWS = 1 << 18;

    private static final int LEAST_BYTES = 1 << 22;
    private static final int MOST_BYTES = 1 << 28;
    private static final int SHARE_OF_THE_HEAP = 4;

    private final AnswerTable[] parts = new AnswerTable[PARTS];
    private final LongSupplier nanoTime;
    private final long keptNanos;

    /**
     * None yet.
     *
     * @param kept how long each is kept
     * @param nanoTime in production {@link System#nanoTime()}
     */
    Answers(Duration kept, LongSupplier nanoTime) {
        this.keptNanos = kept.toNanos();
        this.nanoTime = nanoTime;
        int bytes = bytesOfAnswers(Runtime.getRuntime().maxMemory()) / PARTS;
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new AnswerTable(MAX_ROWS / PARTS, bytes);
        }
    }

    /** A power of two, at most a quarter of the heap. */
    private static int bytesOfAnswers(long heap) {
        long share = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, heap / SHARE_OF_THE_HEAP));
        return (int) Long.highestOneBit(share);
    }

    /**
     * An answer.
     *
     * @param firstMillis when the push's first attempt arrived, in milliseconds since 1970
     */
    record Kept(long firstMillis, String text) {}

    /** The answer of a push; null when there is none, or it is kept no longer. */
    @Nullable
    Kept find(PushId id) {
        AnswerTable part = part(id);
        synchronized (part) {
            return part.find(id, nanoTime.getAsLong());
        }
    }

    /** Keeps an answer, in the place of the one that there was. */
    void put(PushId id, long firstMillis, String text) {
        AnswerTable part = part(id);
        synchronized (part) {
            part.put(id, firstMillis, text, nanoTime.getAsLong(), keptNanos);
        }
    }

    /** How many are kept, or were and have not made way yet. */
    int size() {
        int size = 0;
        for (AnswerTable part : parts) {
            synchronized (part) {
                size += part.size();
            }
        }
        return size;
    }

    /** How many had to go before their time. */
    long forgotten() {
        long forgotten = 0;
        for (AnswerTable part : parts) {
            synchronized (part) {
                forgotten += part.forgotten();
            }
        }
        return forgotten;
    }

    private AnswerTable part(PushId id) {
        return parts[(int) (id.low() & (PARTS - 1))];
    }
}
