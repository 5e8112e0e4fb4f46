package io.weir.journal;

import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.RawRequest;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.message.PushId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request to an account and what became of it, as it is read from the {@link Journal}. Any thread. */
public final class JournalEntry {
    private final long id;
    private final RawRequest request;
    private final long atMillis;
    private final long endedNanos;
    private final @Nullable Refusal refusal;
    private final Kind kind;
    private final @Nullable Accepted accepted;

    /**
     * What is known of a push that the codec accepted.
     *
     * @param pushId tells the attempts of one push from those of others, without making the push again
     * @param received makes the push again of its bytes; null where that is not possible
     * @param acceptedNanos when the codec had accepted it
     * @param outcome what became of it; empty where it was refused afterwards
     */
    record Accepted(
            PushId pushId, Supplier<@Nullable OpenedPush> received, long acceptedNanos, Optional<Outcome> outcome) {}

    JournalEntry(
            long id,
            RawRequest request,
            long atMillis,
            long endedNanos,
            Kind kind,
            @Nullable Refusal refusal,
            @Nullable Accepted accepted) {
        this.id = id;
        this.request = request;
        this.atMillis = atMillis;
        this.endedNanos = endedNanos;
        this.kind = kind;
        this.refusal = refusal;
        this.accepted = accepted;
    }

    /** Grows from entry to entry, also over a restart. */
    public long id() {
        return id;
    }

    /** The request, as it came; of a body that nobody signed only the beginning. */
    public RawRequest request() {
        return request;
    }

    /** How it ended. */
    public Kind kind() {
        return kind;
    }

    /** When the request began to arrive. */
    public Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    /** From the request's first byte to its answer. */
    public long micros() {
        return (endedNanos - request.beganNanos()) / 1_000;
    }

    /** When it was answered, on the scale of {@link System#nanoTime()}. */
    public long endedNanos() {
        return endedNanos;
    }

    /** When the codec had accepted it, on the same scale; empty where it did not. */
    public Optional<Long> acceptedNanos() {
        return Optional.ofNullable(accepted).map(Accepted::acceptedNanos);
    }

    /** The push; empty where the codec refused the request. */
    public Optional<OpenedPush> received() {
        return accepted == null
                ? Optional.empty()
                : Optional.ofNullable(accepted.received().get());
    }

    /** What all attempts of the push have in common; empty where the codec refused the request. */
    public Optional<PushId> pushId() {
        return Optional.ofNullable(accepted).map(Accepted::pushId);
    }

    /** Why it was refused. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** What became of a push; empty where it was refused. */
    public Optional<Outcome> outcome() {
        return accepted == null ? Optional.empty() : accepted.outcome();
    }

    /** How the attempt came to its answer; empty where the pipeline gave none. */
    public Optional<String> way() {
        return kind == Kind.REPLAY ? Optional.empty() : outcome().flatMap(Outcome::way);
    }

    /** Whether it is the same entry of the same journal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JournalEntry entry && entry.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return "entry " + id + " " + kind;
    }
}
