package io.weir.dispatch.once;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.durable.DurableWork;
import io.weir.dispatch.durable.DurableWork.Abandoned;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.StoredPush;
import io.weir.dispatch.once.PushStore.Expected;
import io.weir.dispatch.once.PushStore.Found;
import io.weir.dispatch.once.Row.Acknowledged;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes over what was acknowledged, or had to be handled in any case, by an instance that has gone, and what a handler has failed at.
 * The handler runs again, marked {@code redelivered}; its reply is sent late. The row of the push decides whether that is needed:
 *
 * <table>
 * <tr><th>row</th><th>then</th></tr>
 * <tr><td>run by an instance within its lease; an answer that no attempt has taken yet</td><td>looks again after a lease</td></tr>
 * <tr><td>answered, and the handler has not failed; acknowledged with another entry</td><td>nothing is left to do, unless an operator
 * has it replayed</td></tr>
 * <tr><td>anything else, or none</td><td>this instance puts itself in, runs the handler, and sends the reply</td></tr>
 * </table>
 *
 * <p>Made and used on one event loop.
 */
public final class Takeovers {
    /** How many runs there may be at once. */
    private static final int MOST = 500;

    private static final long LOOK_MILLIS = 2_000;

    private final Executions executions;
    private final DurableWork work;
    private final HandlerStage handlers;
    private final Function<StoredPush, Optional<OpenedPush>> reader;
    private final List<String> accounts;
    private final Loop loop;
    private final Counter counter;
    private int underWay;

    /**
     * Nothing is taken over until {@link #start}.
     *
     * @param handlers runs them
     * @param reader reads a push that was kept; empty where it is no push any more
     * @param accounts whose work it takes over
     */
    public Takeovers(
            Executions executions,
            HandlerStage handlers,
            Function<StoredPush, Optional<OpenedPush>> reader,
            List<String> accounts,
            Loop loop,
            MeterRegistry metrics) {
        this.executions = executions;
        this.work = executions.rules().durable().work();
        this.handlers = handlers;
        this.reader = reader;
        this.accounts = List.copyOf(accounts);
        this.loop = loop;
        this.counter = Counter.builder("weir.work.taken.over")
                .description("Pushes whose handling another instance had begun, or whose handler had failed: run again")
                .register(metrics);
    }

    /** Looks for work from now on. */
    public void start() {
        loop.after(LOOK_MILLIS, this::look);
    }

    private void look() {
        if (executions.isFinishing()) {
            return;
        }
        for (String account : accounts) {
            lookFor(account);
        }
        loop.after(LOOK_MILLIS, this::look);
    }

    /** Goes on as long as there is something: what an instance leaves that dies at a thousand pushes must not wait for the next look. */
    private void lookFor(String account) {
        if (underWay < MOST && !executions.isFinishing()) {
            work.takeOver(account, MOST - underWay)
                    .onSuccess(taken -> loop.run(() -> {
                        taken.forEach(this::take);
                        if (!taken.isEmpty()) {
                            lookFor(account);
                        }
                    }));
        }
    }

    private void take(Abandoned entry) {
        Optional<OpenedPush> read = reader.apply(entry.push());
        if (read.isEmpty()) {
            work.failed(entry.ticket(), entry.push(), "the document is not a push any more");
        } else if (executions.isAbout(read.get().id(), entry.ticket().text())) {
            // This instance was stopped for longer than a lease, and goes on with it.
            work.own(entry.ticket());
        } else if (executions.has(read.get().id())) {
            // It has an attempt of the push, whose row it asks: later, then.
            work.release(entry.ticket());
        } else {
            underWay++;
            new Takeover(entry, read.get()).look();
        }
    }

    /** One of them. */
    private final class Takeover {
        private final Abandoned entry;
        private final OpenedPush opened;
        private final PushId id;
        private final long firstMillis;

        Takeover(Abandoned entry, OpenedPush opened) {
            this.entry = entry;
            this.opened = opened;
            this.id = opened.id();
            this.firstMillis = entry.push().arrived().toEpochMilli();
        }

        private Push push() {
            return opened.push();
        }

        private Ticket ticket() {
            return entry.ticket();
        }

        void look() {
            executions
                    .store()
                    .find(id)
                    .onComplete((found, away) -> loop.run(() -> {
                        if (found == null) {
                            leave();
                        } else {
                            decide(found);
                        }
                    }));
        }

        private void decide(Found found) {
            Row row = found.row().orElse(null);
            Duration lease = executions.rules().limits().lease();
            if (row instanceof Row.Running && found.age().compareTo(lease) <= 0) {
                leave();
            } else if (row instanceof Acknowledged there && !entry.replay() && isForAnotherEntry(there)) {
                done();
            } else if (row instanceof Row.AnsweredRow answered
                    && !entry.replay()
                    && entry.failures() == 0
                    && answered.taken()) {
                done();
            } else if (row instanceof Row.AnsweredRow answered
                    && !answered.taken()
                    && found.age()
                                    .compareTo(executions
                                            .rules()
                                            .limits()
                                            .untaken()
                                            .plus(lease))
                            <= 0) {
                leave();
            } else {
                replace(row == null ? Expected.FREE : Expected.exactly(row), mine(false), this::run, this::leave);
            }
        }

        /** Two instances had an attempt whose deadline came; or the reply was sent by one that did not know of this entry. */
        private boolean isForAnotherEntry(Acknowledged there) {
            return there.entry().map(name -> !name.equals(ticket().text())).orElse(there.sent());
        }

        private Acknowledged mine(boolean sent) {
            return new Acknowledged(firstMillis, executions.owner(), Optional.of(ticket().text()), sent);
        }

        private void replace(Expected expected, Row next, Runnable written, Runnable otherwise) {
            executions
                    .store()
                    .replace(id, expected, Optional.of(next))
                    .onComplete((swap, away) -> loop.run(() -> {
                        if (swap != null && swap.written()) {
                            written.run();
                        } else {
                            otherwise.run();
                        }
                    }));
        }

        private void run() {
            counter.increment();
            Deadline end = new Deadline(
                    loop.nanoTime() + executions.rules().limits().run().toNanos());
            Delivery<?> delivery = new Delivery<>(
                    push(),
                    opened.xml(),
                    id.text(),
                    end,
                    entry.push().attempt(),
                    true,
                    true,
                    false,
                    entry.push().traceparent());
            HandlerRun run = new HandlerRun(loop, end, outcome -> {
                if (outcome.error() != null) {
                    failed(outcome.error());
                } else {
                    send(outcome.reply());
                }
            });
            handlers.run(delivery).onComplete(run);
            loop.after(end.remainingMillis(loop.nanoTime()), run::pass);
        }

        private void failed(String error) {
            work.failed(ticket(), entry.push(), error)
                    .onComplete((written, away) -> loop.run(() -> {
                        if (away != null) {
                            leave();
                        } else {
                            underWay--;
                        }
                    }));
        }

        private void send(Reply reply) {
            if (reply.equals(Reply.NONE)) {
                done();
            } else {
                long asked = loop.nanoTime();
                replace(
                        Expected.exactly(mine(false)),
                        mine(true),
                        () -> sendIfYoung(reply, asked),
                        () -> sendUnlessOther(reply));
            }
        }

        private void sendIfYoung(Reply reply, long askedNanos) {
            if (LateReply.isYoung(loop, askedNanos)) {
                sendLate(reply);
            } else {
                leave();
            }
        }

        /** The row has gone after its time, or the store could not be asked; or somebody else sends it. */
        private void sendUnlessOther(Reply reply) {
            long asked = loop.nanoTime();
            replace(Expected.FREE, mine(true), () -> sendIfYoung(reply, asked), this::leave);
        }

        private void sendLate(Reply reply) {
            long age = executions.rules().clock().millis() - firstMillis;
            executions
                    .rules()
                    .late()
                    .send(
                            push(),
                            reply,
                            Duration.ofMillis(Math.max(0, age)),
                            entry.push().traceparent())
                    .onComplete(sent -> loop.run(this::done));
        }

        private void done() {
            underWay--;
            work.done(ticket());
        }

        private void leave() {
            underWay--;
            work.release(ticket());
        }
    }
}
