package io.weir.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.dispatch.Outcome.Kind;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what became of pushes ({@code weir_pushes_total}): each push once, where it was handled. Any thread. */
public final class OutcomeCounters {
    /** The kinds that every account gets: counted from 0 on, unlike others, which appear with their first push. */
    static final List<PushType<?>> EXPECTED = List.of(PushType.TEXT, PushType.CLICK, PushType.SUBSCRIBE);

    private final MeterRegistry metrics;
    private final Map<Count, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Repeat, Counter> repeats = new ConcurrentHashMap<>();

    public OutcomeCounters(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Has these accounts' pushes counted from 0 on, as far as their kinds are usual. */
    public void expect(List<String> accounts) {
        for (String account : accounts) {
            EXPECTED.forEach(type -> counter(new Count(account, type, Kind.REPLY)));
            counter(new Repeat(
                    account, PushType.TEXT, Outcome.of(Kind.JOINED, "").way().orElseThrow()));
        }
    }

    public void count(Push push, Kind outcome) {
        counters.computeIfAbsent(new Count(push.account(), push.type(), outcome), this::counter)
                .increment();
    }

    /** How many of the pushes of a kind that this instance handled came to that, since its start. */
    public long counted(String account, PushType<?> type, Kind outcome) {
        Counter counter = counters.get(new Count(account, type, outcome));
        return counter == null ? 0 : (long) counter.count();
    }

    /** Counts an attempt that did not run its push itself ({@code weir_repeats_total}). */
    public void countRepeat(Push push, String way) {
        repeats.computeIfAbsent(new Repeat(push.account(), push.type(), way), this::counter)
                .increment();
    }

    private Counter counter(Repeat repeat) {
        return Counter.builder("weir.repeats")
                .description("Attempts that were answered otherwise than by a run of their own, by how")
                .tag("account", repeat.account)
                .tag("type", repeat.type.wireName())
                .tag("way", repeat.way)
                .register(metrics);
    }

    private Counter counter(Count count) {
        return Counter.builder("weir.pushes")
                .description("Accepted pushes, by what became of them")
                .tag("account", count.account)
                .tag("type", count.type.wireName())
                .tag("outcome", count.outcome.label())
                .register(metrics);
    }

    /** What is counted together; looked up for each push, not with the registry's own, costlier look-up. */
    private record Count(String account, PushType<?> type, Kind outcome) {}

    private record Repeat(String account, PushType<?> type, String way) {}
}
