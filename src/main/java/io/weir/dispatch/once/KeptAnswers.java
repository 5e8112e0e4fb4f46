package io.weir.dispatch.once;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The answers that this instance has given, each for a while. In several parts with a lock each, so that event loops seldom meet;
 * bounded in bytes: when a part is full, its oldest answers go. Any thread.
 */
final class KeptAnswers {
    private static final int PARTS = 4;
    private static final long LEAST_BYTES = 1 << 22;
    private static final long MOST_BYTES = 1 << 29;
    private static final int SHARE_OF_THE_HEAP = 8;

    private final AnswerRing[] parts = new AnswerRing[PARTS];
    private final LongSupplier nanoTime;
    private final long keptNanos;

    /**
     * None yet; what they take is bounded by the heap that there is.
     *
     * @param kept how long each is kept
     * @param nanoTime in production {@link System#nanoTime()}
     */
    KeptAnswers(Duration kept, LongSupplier nanoTime) {
        this(kept, budget(Runtime.getRuntime().maxMemory()), nanoTime);
    }

    /** @param maxBytes what all of them may take, everything counted */
    KeptAnswers(Duration kept, long maxBytes, LongSupplier nanoTime) {
        this.keptNanos = kept.toNanos();
        this.nanoTime = nanoTime;
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new AnswerRing(maxBytes / PARTS);
        }
    }

    /** How many bytes answers may take in a heap of so many: an eighth. */
    static long budget(long heap) {
        return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, heap / SHARE_OF_THE_HEAP));
    }

    /**
     * An answer.
     *
     * @param firstMillis when the push's first attempt arrived, in milliseconds since 1970
     */
    record Kept(long firstMillis, String text) {}

    /** Registers what an operator may know of them. */
    void register(MeterRegistry metrics) {
        Gauge.builder("weir.answers.last", this, KeptAnswers::lastSeconds)
                .description("How long a kept answer lasts: less than its 60 s when more come than there is space for")
                .baseUnit("seconds")
                .register(metrics);
        FunctionCounter.builder("weir.answers.forgotten", this, KeptAnswers::forgotten)
                .description("Answers that this instance forgot before their time: more came than it has space for")
                .register(metrics);
    }

    /** The answer of a push; null when there is none, or it is kept no longer. */
    @Nullable
    Kept find(PushId id) {
        AnswerRing part = part(id);
        synchronized (part) {
            return part.find(id, nanoTime.getAsLong());
        }
    }

    /** Keeps an answer, in the place of the one that there was. */
    void put(PushId id, long firstMillis, String text) {
        AnswerRing part = part(id);
        synchronized (part) {
            part.put(id, firstMillis, text, nanoTime.getAsLong(), keptNanos);
        }
    }

    /** How many are kept, or were and have not made way yet. */
    int size() {
        return (int) sum(AnswerRing::size);
    }

    /** How many had to go before their time. */
    long forgotten() {
        return sum(AnswerRing::forgotten);
    }

    /** What all of them take, of the heap. */
    long bytes() {
        return sum(AnswerRing::bytes);
    }

    /** How long an answer lasts, in seconds: its time, or less when one had to go within the last minute. */
    double lastSeconds() {
        long shortest = keptNanos;
        for (AnswerRing part : parts) {
            synchronized (part) {
                shortest = Math.min(shortest, part.lastNanos(nanoTime.getAsLong(), keptNanos));
            }
        }
        return Duration.ofNanos(shortest).toMillis() / 1e3;
    }

    private long sum(ToLongFunction<AnswerRing> figure) {
        long sum = 0;
        for (AnswerRing part : parts) {
            synchronized (part) {
                sum += figure.applyAsLong(part);
            }
        }
        return sum;
    }

    private AnswerRing part(PushId id) {
        return parts[(int) (id.high() & (PARTS - 1))];
    }
}
