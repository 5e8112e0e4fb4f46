package io.weir.dispatch.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.dispatch.Answered;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Dispatcher;
import io.weir.dispatch.journal.Entry.Now;
import io.weir.wechat.codec.Received;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Has pushes handled once more, as their handlers are now: past the store of pushes, past late replies, to nobody but the
 * one who asks. Counted apart ({@code weir_replays_total}), and written down in the journal as what it is.
 */
public final class Replays {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Supplier<Dispatcher> handlers;
    private final Journal journal;
    private final MeterRegistry metrics;
    private final Clock clock;

    /** @param handlers makes the way to the handlers, on the event loop that asks */
    public Replays(Supplier<Dispatcher> handlers, Journal journal, MeterRegistry metrics, Clock clock) {
        this.handlers = handlers;
        this.journal = journal;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param text the reply as WeChat would read it, or {@value ReplyWriter#SUCCESS}
     * @param outcome what a push of WeChat's would have come to
     * @param took from the bus to the reply
     */
    public record Replayed(String text, Fate outcome, Duration took) {}

    /** Handles the push of an entry that has one; the future does not fail. Called on an event loop. */
    public Future<Replayed> again(Entry entry) {
        Received received = entry.received().orElseThrow();
        Push push = received.push();
        long began = System.nanoTime();
        Steps steps = new Steps(began);
        steps.claim(began);
        return handlers.get()
                .dispatch(Delivery.replay(push, received.id().text(), Deadline.in(LIMIT)))
                .map(reply -> replied(push, reply, began))
                .otherwise(failure -> new Replayed(ReplyWriter.SUCCESS, fate(failure), since(began)))
                .onSuccess(replayed -> keep(entry, steps, replayed, began));
    }

    private Replayed replied(Push push, Reply reply, long began) {
        String text = ReplyWriter.write(reply, push, clock.instant());
        return new Replayed(text, text.equals(ReplyWriter.SUCCESS) ? Fate.SUCCESS : Fate.REPLY, since(began));
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static Fate fate(Throwable failure) {
        boolean late = failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
        return late ? Fate.LATE : Steps.fate(failure);
    }

    private void keep(Entry entry, Steps steps, Replayed replayed, long began) {
        long now = System.nanoTime();
        steps.handle(now, null);
        Answered answered = Answered.of(replayed.text, Way.HANDLED, 0);
        journal.add(Entry.replayed(entry, steps, answered, began, new Now(clock.millis(), now)));
        Push push = entry.received().orElseThrow().push();
        Counter.builder("weir.replays")
                .description("Pushes that an operator had handled once more, by what they came to")
                .tag("account", push.account())
                .tag("type", push.type().wireName())
                .tag("outcome", replayed.outcome.label())
                .register(metrics)
                .increment();
    }
}
