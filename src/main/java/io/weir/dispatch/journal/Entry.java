package io.weir.dispatch.journal;

import io.weir.dispatch.Answered;
import io.weir.dispatch.Answered.Way;
import io.weir.wechat.codec.Received;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.message.ReplyWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request at the door and what became of it. Any thread. */
public final class Entry {
    /** What an entry takes beside its texts, roughly. */
    private static final int OVERHEAD_BYTES = 1_024;
    /** The body itself, and what was read from it: texts of twice their size at most, and their elements. */
    private static final int COPIES_OF_BODY = 4;

    /** What is kept of a body that anybody can have sent. */
    static final int MAX_UNSIGNED_BODY = 4 * 1024;

    private static final Set<Refusal.Cause> UNSIGNED =
            Set.of(Refusal.Cause.QUERY, Refusal.Cause.TIMESTAMP, Refusal.Cause.SIGNATURE, Refusal.Cause.MODE);

    private final Incoming incoming;
    private final Fate fate;
    private final long atMillis;
    private final long endedNanos;
    private final @Nullable Received received;
    private final @Nullable Refusal refusal;
    private final @Nullable Steps steps;
    private final @Nullable Answered answered;
    private long id;

    private Entry(
            Incoming incoming,
            Fate fate,
            Now now,
            @Nullable Received received,
            @Nullable Refusal refusal,
            @Nullable Steps steps,
            @Nullable Answered answered) {
        this.incoming = incoming;
        this.fate = fate;
        this.atMillis = now.millis - (now.nanos - incoming.beganNanos()) / 1_000_000;
        this.endedNanos = now.nanos;
        this.received = received;
        this.refusal = refusal;
        this.steps = steps;
        this.answered = answered;
    }

    /** A moment on both scales. */
    record Now(long millis, long nanos) {}

    static Entry verified(Incoming incoming, Now now) {
        return new Entry(incoming, Fate.VERIFIED, now, null, null, null, null);
    }

    static Entry refused(Incoming incoming, Refusal refusal, Now now) {
        Incoming kept = UNSIGNED.contains(refusal.refusalCause()) ? incoming.cut(MAX_UNSIGNED_BODY) : incoming;
        return new Entry(kept, Fate.REFUSED, now, null, refusal, null, null);
    }

    /** Of a push whose request turned out in the corridor not to be WeChat's. */
    static Entry refused(Incoming incoming, Received received, Steps steps, Refusal refusal, Now now) {
        return new Entry(incoming, Fate.REFUSED, now, received, refusal, steps, null);
    }

    static Entry answered(Incoming incoming, Received received, Steps steps, Answered answered, Now now) {
        return new Entry(incoming, fate(answered, steps), now, received, null, steps, answered);
    }

    static Entry replayed(Entry before, Steps steps, Answered answered, long beganNanos, Now now) {
        Incoming again = new Incoming(
                before.incoming.account(),
                before.incoming.query(),
                before.incoming.body(),
                before.incoming::peer,
                beganNanos);
        return new Entry(again, Fate.REPLAY, now, before.received, null, steps, answered);
    }

    private static Fate fate(Answered answered, Steps steps) {
        return switch (answered.way()) {
            case HANDLED, TAKEN_OVER -> ofRun(answered, steps);
            case JOINED, STORED, EXPIRED -> Fate.REPEAT;
            case ACKNOWLEDGED -> Fate.LATE;
            case SHED -> Fate.SHED;
            case LAPSED -> Fate.LAPSED;
        };
    }

    private static Fate ofRun(Answered answered, Steps steps) {
        return steps.failure()
                .map(Steps::fate)
                .orElseGet(() ->
                        answered.text().filter(ReplyWriter.SUCCESS::equals).isPresent() ? Fate.SUCCESS : Fate.REPLY);
    }

    /** Grows from entry to entry, also over a restart. */
    public long id() {
        return id;
    }

    /** By the journal, under its lock, before anybody else sees it. */
    void is(long number) {
        id = number;
    }

    public Incoming incoming() {
        return incoming;
    }

    public Fate fate() {
        return fate;
    }

    /** When the request began to arrive. */
    public Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    /** From the request's first byte to its answer. */
    public long micros() {
        return (endedNanos - incoming.beganNanos()) / 1_000;
    }

    /** When it was answered, on the scale of {@link System#nanoTime()}. */
    public long endedNanos() {
        return endedNanos;
    }

    /** The push; empty where the door refused the request. */
    public Optional<Received> received() {
        return Optional.ofNullable(received);
    }

    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    public Optional<Steps> steps() {
        return Optional.ofNullable(steps);
    }

    public Optional<Answered> answered() {
        return Optional.ofNullable(answered);
    }

    /** How the answer came about; empty where the corridor gave none. */
    public Optional<Way> way() {
        return fate == Fate.REPLAY ? Optional.empty() : answered().map(Answered::way);
    }

    /** What it holds in memory, rather more than less. */
    int bytes() {
        int text = answered().flatMap(Answered::text).map(String::length).orElse(0);
        return OVERHEAD_BYTES
                + COPIES_OF_BODY * incoming.body().length
                + 2 * (incoming.query().length() + text);
    }
}
