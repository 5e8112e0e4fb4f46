package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.once.JoinedAttempts.JoinedAttempt;
import io.weir.dispatch.once.PushStore.Expected;
import io.weir.dispatch.once.PushStore.Swap;
import io.weir.dispatch.once.Row.Acknowledged;
import java.time.Duration;
import java.util.Optional;

/**
 * Says {@code success} to a push whose deadline has come before its answer: first it becomes an entry that outlives this instance, then
 * its row says so, then the attempts are answered. So whoever dies between two of these leaves an entry whose row tells the truth.
 * Where the entry cannot be written, nobody is answered and WeChat asks again. Used on the event loop of its {@link Execution}.
 */
record Acknowledgement(
        Execution execution, Ownership ownership, JoinedAttempts attempts, Executions executions, Loop loop) {

    /** The deadline of an attempt has come: {@code success} is the answer from now on, unless there is one. */
    void of(JoinedAttempt attempt) {
        if (execution.answer().isPresent()) {
            attempt.answer(execution.answer().get());
        } else if (execution.isRunningAlone()) {
            whenKept(this::alone);
        } else {
            if (!execution.isDeciding()) {
                whenKept(this::byStore);
            }
            Deadlines.after(loop, executions.rules().limits().acknowledge().toMillis(), this::inAnyCase);
        }
    }

    /** The store has had its time. */
    private void inAnyCase() {
        if (execution.isDeciding()) {
            execution.decideAlone();
        } else if (execution.answer().isEmpty()) {
            whenKept(this::alone);
        }
    }

    private void whenKept(Runnable then) {
        Future<?> kept = execution.entry().keep();
        if (kept.succeeded()) {
            then.run();
        } else {
            kept.onSuccess(known -> loop.run(then));
        }
    }

    private Acknowledged row(String runner) {
        return new Acknowledged(
                attempts.firstMillis(), runner, execution.entry().name(), false);
    }

    private void byStore() {
        if (execution.isRunningAlone()) {
            alone();
        } else if (execution.isRunning()) {
            replace(executions.ours(), executions.owner());
        } else if (execution.isUndecided()) {
            replace(Expected.FREE, executions.owner());
        }
    }

    /** @param runner who runs it */
    private void replace(Expected expected, String runner) {
        execution.when(
                executions.store().replace(execution.id(), expected, Optional.of(row(runner))),
                swap -> replaced(swap, runner),
                () -> {});
    }

    private void replaced(Swap swap, String runner) {
        if (execution.answer().isPresent() || execution.isDeciding()) {
            return;
        }
        if (swap.written()) {
            written(runner.equals(executions.owner()));
        } else if (swap.row().isEmpty()) {
            replace(Expected.FREE, executions.owner());
        } else if (swap.row().get() instanceof Row.Running running) {
            replace(Expected.exactly(running), running.owner());
        } else if (swap.row().get() instanceof Acknowledged there) {
            acknowledgedBefore(there);
        } else {
            ownership.seen(swap.row().get(), Duration.ZERO);
        }
    }

    /** By another instance, or for another attempt here. */
    private void acknowledgedBefore(Acknowledged there) {
        if (execution.isRunning() && there.isUnsentOf(executions.owner())) {
            execution.entry().adopt(there.entry());
            execution.acknowledged();
        } else {
            execution.entry().leaveUnlessOther(there.entry());
            ownership.seen(there, Duration.ZERO);
        }
    }

    /** @param here whether this instance runs it, as far as is known */
    private void written(boolean here) {
        executions.rules().outcomes().count(execution.push(), Kind.LATE);
        boolean elsewhere = execution.isUndecided() && !ownership.isClaiming();
        execution.acknowledged();
        if (elsewhere && here && ownership.isOwed()) {
            execution.begin(true, false);
        } else if (elsewhere) {
            execution.entry().leave();
            execution.end();
        }
    }

    /** The store does not know of it, or has not said in time who may decide. */
    private void alone() {
        if (execution.isDeciding()) {
            execution.decideAlone();
        } else if (execution.answer().isEmpty()) {
            written(true);
            executions.tell(loop, execution.id(), ownership.key(), Optional.of(row(executions.owner())));
        }
    }
}
