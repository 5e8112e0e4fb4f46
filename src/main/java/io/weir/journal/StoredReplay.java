package io.weir.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Backends;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.durable.DurableJournal;
import io.weir.dispatch.durable.DurableJournal.Entry;
import io.weir.dispatch.durable.DurableJournal.Range;
import io.weir.dispatch.durable.StoredPush;
import io.weir.wechat.codec.OpenedPush;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has stored pushes handled again, one after the other, so many a second: those that were there when it began.
 *
 * <table>
 * <caption>What handling again means</caption>
 * <tr><th>asked for</th><th>then</th></tr>
 * <tr><td>no backend</td><td>the push becomes work again: some instance runs its handler, marked {@code redelivered}, and sends the reply as
 * a customer-service message while the push grants one; later it is counted as lost. Handed over is done here.</td></tr>
 * <tr><td>a backend</td><td>it gets the copy again, marked {@code redelivered}; done when it has taken it</td></tr>
 * </table>
 *
 * <p>A dead letter is none any more when that is done. Stops by itself when {@value #MOST_IN_A_ROW} in a row have failed. Made and used on
 * one event loop.
 */
final class StoredReplay {
    private static final Logger LOG = LoggerFactory.getLogger(StoredReplay.class);
    /** The outcome of work that was handed over. */
    static final String QUEUED = "queued";

    private static final int MOST_IN_A_ROW = 10;
    private static final Duration TO_SEND = Duration.ofSeconds(10);

    /** How it is. */
    enum State {
        RUNNING,
        DONE,
        STOPPED,
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is to be done.
     *
     * @param range where the entries are
     * @param ids of the entries, the oldest first
     * @param backend that gets copies; empty where handlers are to run
     * @param perSecond how many entries at most
     * @param by who has asked for it, as far as is known
     */
    record Order(Range range, List<String> ids, Optional<String> backend, int perSecond, String by) {}

    /** What it works with. */
    record Dependencies(
            Vertx vertx,
            DurableJournal journal,
            Function<StoredPush, Optional<OpenedPush>> reader,
            Backends backends,
            MeterRegistry metrics) {}

    private final String id;
    private final Order order;
    private final Dependencies with;
    private final Context context;
    private final Instant began = Instant.now();
    private final Promise<Void> ended = Promise.promise();
    private State state = State.RUNNING;
    private boolean stopping;
    private int next;
    private int done;
    private int failed;
    private int failedInARow;
    private int gone;
    private String error = "";
    private Instant end = began;
    private long dueNanos = System.nanoTime();

    StoredReplay(String id, Order order, Dependencies with) {
        this.id = id;
        this.order = order;
        this.with = with;
        this.context = with.vertx.getOrCreateContext();
    }

    /** Counts what became of an entry. */
    static Counter counter(MeterRegistry metrics, String account, String outcome) {
        return Counter.builder("weir.journal.replays")
                .description(
                        "Entries of the journal and dead letters that an operator had handled again; account is none before the first")
                .tag("account", account)
                .tag("outcome", outcome)
                .register(metrics);
    }

    String id() {
        return id;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    void begin() {
        LOG.atInfo()
                .addKeyValue("account", order.range.account())
                .addKeyValue("replay", id)
                .addKeyValue("entries", order.ids.size())
                .addKeyValue("dead", order.range.dead())
                .addKeyValue("backend", order.backend.orElse(""))
                .addKeyValue("by", order.by)
                .log("replay begins");
        go();
    }

    /** Begins no further entry; completes when the last has ended. */
    Future<Void> stop() {
        stopping = true;
        return ended.future();
    }

    private void go() {
        if (next == order.ids.size()) {
            end(State.DONE);
        } else if (stopping) {
            end(State.STOPPED);
        } else if (failedInARow == MOST_IN_A_ROW) {
            end(State.FAILED);
        } else {
            dueNanos = Math.max(dueNanos, System.nanoTime()) + TimeUnit.SECONDS.toNanos(1) / order.perSecond;
            here(with.journal.find(order.range.account(), order.range.dead(), order.ids.get(next++)))
                    .compose(found -> found.map(this::again).orElseGet(() -> Future.succeededFuture("gone")))
                    .onComplete((outcome, failure) ->
                            context.runOnContext(now -> count(failure == null ? outcome : failure(failure))));
        }
    }

    private String failure(Throwable failure) {
        error = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getName());
        return "failed";
    }

    private Future<String> again(Entry entry) {
        if (!entry.backend().isEmpty() && !order.backend.equals(Optional.of(entry.backend()))) {
            return Future.failedFuture(
                    "this dead letter is a copy for backend " + entry.backend() + ": name that as backend");
        }
        return order.backend
                .map(name -> send(name, entry))
                .orElseGet(() ->
                        with.journal.handleAgain(entry, order.range.dead()).map(there -> there ? QUEUED : "gone"));
    }

    private Future<String> send(String backend, Entry entry) {
        OpenedPush opened = with.reader
                .apply(entry.push())
                .orElseThrow(() -> new IllegalStateException("the document is not a push any more"));
        Delivery<?> delivery = new Delivery<>(
                opened.push(),
                opened.xml(),
                opened.id().text(),
                Deadline.in(TO_SEND),
                entry.push().attempt(),
                true,
                true,
                false,
                entry.push().traceparent());
        return with.backends
                .copy(backend, delivery)
                .compose(taken -> order.range.dead()
                        ? with.journal.forgetDead(order.range.account(), entry.id())
                        : Future.succeededFuture())
                .map("sent");
    }

    private <T> Future<T> here(Future<T> other) {
        Promise<T> promise = Promise.promise();
        other.onComplete((value, failure) -> context.runOnContext(now -> promise.complete(value, failure)));
        return promise.future();
    }

    private void count(String outcome) {
        counter(with.metrics, order.range.account(), outcome).increment();
        failedInARow = outcome.equals("failed") ? failedInARow + 1 : 0;
        switch (outcome) {
            case "failed" -> failed++;
            case "gone" -> gone++;
            default -> done++;
        }
        long wait = TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime());
        if (wait > 0 && next < order.ids.size() && !stopping) {
            with.vertx.setTimer(wait, due -> go());
        } else {
            go();
        }
    }

    private void end(State how) {
        state = how;
        end = Instant.now();
        LOG.atInfo()
                .addKeyValue("account", order.range.account())
                .addKeyValue("replay", id)
                .addKeyValue("state", how.label())
                .addKeyValue("done", done)
                .addKeyValue("failed", failed)
                .addKeyValue("gone", gone)
                .addKeyValue("entries", order.ids.size())
                .addKeyValue("error", error)
                .log("replay ends");
        ended.tryComplete();
    }

    /** As the admin API tells it. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("account", order.range.account())
                .put("dead", order.range.dead())
                .put("state", state.label())
                .put("total", order.ids.size())
                .put("done", done)
                .put("failed", failed)
                .put("gone", gone)
                .put("rate", order.perSecond)
                .put("began", PushSummary.MILLIS.format(began));
        order.backend.ifPresent(name -> json.put("backend", name));
        if (!isRunning()) {
            json.put("ended", PushSummary.MILLIS.format(end));
        }
        if (!error.isEmpty()) {
            json.put("error", error);
        }
        return json;
    }
}
