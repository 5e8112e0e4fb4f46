package io.weir.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Attempt.ExecutionInfo;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.RawRequest;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.ReplyWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has pushes handled once more, as their handlers are now: past the store of pushes, past late replies, to nobody but the
 * one who asks. Counted apart ({@code weir_replays_total}), and written down in the journal as what it is.
 */
public final class Replays {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Supplier<PushPipeline> handlers;
    private final Journal journal;
    private final MeterRegistry metrics;

    /** @param handlers makes the way to the handlers, on the event loop that asks */
    public Replays(Supplier<PushPipeline> handlers, Journal journal, MeterRegistry metrics) {
        this.handlers = handlers;
        this.journal = journal;
        this.metrics = metrics;
    }

    /** Has the replays of these accounts counted from 0 on, those of texts that were answered. */
    public void expect(List<String> accounts) {
        accounts.forEach(account -> counter(account, PushType.TEXT, Kind.REPLY));
    }

    private Counter counter(String account, PushType<?> type, Kind outcome) {
        return Counter.builder("weir.replays")
                .description("Pushes that an operator had handled once more, by what they came to")
                .tag("account", account)
                .tag("type", type.wireName())
                .tag("outcome", outcome.label())
                .register(metrics);
    }

    /**
     * What came of it.
     *
     * @param text the reply as WeChat would read it, or {@value ReplyWriter#SUCCESS}
     * @param kind what a push of WeChat's would have come to
     * @param took from the bus to the reply
     */
    public record Replayed(String text, Kind kind, Duration took) {}

    /** Handles the push of an entry that has one; the future does not fail. Called on an event loop. */
    public Future<Replayed> again(JournalEntry entry) {
        long began = System.nanoTime();
        RawRequest before = entry.request();
        RawRequest request = new RawRequest(before.account(), before.query(), before.body(), before.peer(), began);
        OpenedPush received = entry.received().orElseThrow();
        Attempt attempt = new Attempt(request, received, began, Deadline.in(LIMIT), () -> true, ExecutionInfo.REPLAY);
        return handlers.get()
                .answer(attempt)
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .otherwise(late -> Outcome.of(Kind.LATE, ReplyWriter.SUCCESS))
                .map(outcome -> keep(attempt, outcome));
    }

    private Replayed keep(Attempt attempt, Outcome outcome) {
        long now = System.nanoTime();
        String text = outcome.text().orElse(ReplyWriter.SUCCESS);
        Outcome replayed =
                new Outcome(Kind.REPLAY, false, outcome.text(), outcome.reply(), 0, attempt.arrivedNanos(), now, null);
        journal.addReplayed(attempt.request(), attempt.received(), attempt.acceptedNanos(), replayed);
        Push push = attempt.push();
        counter(push.account(), push.type(), outcome.kind()).increment();
        return new Replayed(text, outcome.kind(), Duration.ofNanos(now - attempt.arrivedNanos()));
    }
}
