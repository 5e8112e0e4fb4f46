package io.weir.dispatch.once;

import io.weir.dispatch.durable.DurableWork;
import io.weir.dispatch.once.PushStore.Expected;
import io.weir.dispatch.once.PushStore.Swap;
import io.weir.dispatch.once.Row.Acknowledged;
import io.weir.wechat.message.Reply;
import java.util.Optional;

/**
 * A reply that came too late for every attempt, or that no attempt was given: sent in another way by one instance at most, or
 * counted as lost. Used on the event loop of its {@link Execution}, which ends with it.
 *
 * @param firstMillis when the first attempt arrived
 * @param alone whether it was decided without the store
 */
record LateReply(Execution execution, Reply reply, long firstMillis, boolean alone, Executions executions, Loop loop) {
    private static final long AGAIN_MILLIS = 2_000;

    /** Sends it, if that is what stands there. */
    void send(Expected expected) {
        long asked = loop.nanoTime();
        executions
                .store()
                .replace(execution.id(), expected, Optional.of(row()))
                .onComplete(
                        swap -> loop.run(() -> asked(swap, expected, asked)),
                        away -> loop.run(() -> sendLater(expected)));
    }

    private Acknowledged row() {
        return new Acknowledged(
                firstMillis, executions.owner(), execution.entry().name(), true);
    }

    /** Whether nobody can have taken the entry over since the store was asked. */
    static boolean isYoung(Loop loop, long askedNanos) {
        return loop.nanoTime() - askedNanos < DurableWork.LEASE.toNanos() / 2;
    }

    private void asked(Swap swap, Expected expected, long askedNanos) {
        Expected ours = executions.ours();
        Expected unsent = Expected.freeOrBeginning(Acknowledged.UNSENT);
        Optional<String> row = swap.row().map(Row::text);
        if (swap.written() || isSentFromHere(swap)) {
            if (isYoung(loop, askedNanos)) {
                send();
            } else {
                send(Expected.exactly(row()));
            }
        } else if (ours.fits(row) && !expected.equals(ours)) {
            // The store has not been told yet what was decided without it, or has lost it.
            send(ours);
        } else if (unsent.fits(row) && !expected.equals(unsent)) {
            send(unsent);
        } else {
            Row there = swap.row().orElse(null);
            if (there instanceof Row.Running || (there instanceof Row.AnsweredRow answered && !answered.taken())) {
                // Whoever runs it may have gone: what was kept of the push decides.
                execution.entry().leave();
            }
            end(swap.row().flatMap(Row::answer));
        }
    }

    /** It was asked before, and the answer to that was lost. */
    private boolean isSentFromHere(Swap swap) {
        return swap.row().orElse(null) instanceof Acknowledged there
                && there.sent()
                && there.instance().equals(executions.owner());
    }

    private void sendLater(Expected expected) {
        if (alone) {
            send();
        } else if (execution.age().compareTo(executions.rules().limits().run()) > 0) {
            executions.rules().late().lost(execution.push(), reply);
            executions.noteLate(execution.id(), PushesInProgress.UNCONFIRMED, reply);
            end(Optional.empty());
        } else {
            loop.after(AGAIN_MILLIS, () -> send(expected));
        }
    }

    private void send() {
        execution.settleLate(Optional.empty());
        executions
                .rules()
                .late()
                .send(
                        execution.push(),
                        reply,
                        execution.age(),
                        execution.first().request().traceparent())
                .onSuccess(became -> executions.noteLate(execution.id(), became, reply))
                .onComplete(sent -> loop.run(execution::end));
    }

    private void end(Optional<String> answer) {
        execution.settleLate(answer);
        execution.end();
    }
}
