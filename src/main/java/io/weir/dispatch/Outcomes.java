package io.weir.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.dispatch.Answered.Way;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what became of pushes ({@code weir_pushes_total}): each push once, where it was handled. Any thread. */
public final class Outcomes {
    private final MeterRegistry metrics;
    private final Map<Count, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Repeat, Counter> repeats = new ConcurrentHashMap<>();

    public Outcomes(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    public void count(Push push, Outcome outcome) {
        counters.computeIfAbsent(new Count(push.account(), push.type(), outcome), this::counter)
                .increment();
    }

    /** How many of the pushes of a kind that this instance handled came to that, since its start. */
    public long counted(String account, PushType<?> type, Outcome outcome) {
        Counter counter = counters.get(new Count(account, type, outcome));
        return counter == null ? 0 : (long) counter.count();
    }

    /** Counts an attempt that did not run its push itself ({@code weir_repeats_total}). */
    public void count(Push push, Way way) {
        repeats.computeIfAbsent(new Repeat(push.account(), push.type(), way), this::counter)
                .increment();
    }

    private Counter counter(Repeat repeat) {
        return Counter.builder("weir.repeats")
                .description("Attempts that were answered otherwise than by a run of their own, by how")
                .tag("account", repeat.account)
                .tag("type", repeat.type.wireName())
                .tag("way", repeat.way.name().toLowerCase(Locale.ROOT))
                .register(metrics);
    }

    private Counter counter(Count count) {
        return Counter.builder("weir.pushes")
                .description("Accepted pushes, by what became of them")
                .tag("account", count.account)
                .tag("type", count.type.wireName())
                .tag("outcome", count.outcome.name().toLowerCase(Locale.ROOT))
                .register(metrics);
    }

    /** What is counted together; looked up for each push, not with the registry's own, costlier look-up. */
    private record Count(String account, PushType<?> type, Outcome outcome) {}

    private record Repeat(String account, PushType<?> type, Way way) {}

    /** What became of a push. */
    public enum Outcome {
        /** Answered with a reply. */
        REPLY,
        /** Answered with {@code success}, as the handler wanted. */
        SUCCESS,
        /** Not answered by the deadline of its last attempt. */
        LATE,
        /** The handler failed. */
        FAILED,
        /** Nobody handles this kind. */
        UNHANDLED
    }
}
