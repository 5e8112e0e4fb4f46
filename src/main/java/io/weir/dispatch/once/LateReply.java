package io.weir.dispatch.once;

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
        Acknowledged sent = new Acknowledged(firstMillis, executions.owner(), true);
        executions
                .store()
                .replace(execution.id(), expected, Optional.of(sent))
                .onComplete(swap -> loop.run(() -> asked(swap, expected)), away -> loop.run(() -> sendLater(expected)));
    }

    private void asked(Swap swap, Expected expected) {
        Expected ours = executions.ours();
        Expected unsent = Expected.freeOrBeginning(Acknowledged.UNSENT);
        Optional<String> row = swap.row().map(Row::text);
        if (swap.written() || isSentFromHere(swap)) {
            send();
        } else if (ours.fits(row) && !expected.equals(ours)) {
            // The store has not been told yet what was decided without it, or has lost it.
            send(ours);
        } else if (unsent.fits(row) && !expected.equals(unsent)) {
            send(unsent);
        } else {
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
                .send(execution.push(), reply, execution.age())
                .onComplete(sent -> loop.run(execution::end));
    }

    private void end(Optional<String> answer) {
        execution.settleLate(answer);
        execution.end();
    }
}
