package io.weir.dispatch.once;

import io.vertx.core.Completable;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Outcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The run of a handler that has not answered at once: what it brings counts until the end of the run. */
final class HandlerRun implements Deadlines.Entry, Completable<Outcome> {
    private final Loop loop;
    private final Deadline end;
    private final Consumer<Outcome> ended;
    private boolean over;

    /** @param ended called once, on the loop */
    HandlerRun(Loop loop, Deadline end, Consumer<Outcome> ended) {
        this.loop = loop;
        this.end = end;
        this.ended = ended;
    }

    @Override
    public void complete(@Nullable Outcome outcome, @Nullable Throwable impossible) {
        if (outcome != null) {
            loop.run(() -> end(outcome));
        }
    }

    @Override
    public long deadlineNanos() {
        return end.atNanos();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void pass() {
        end(Outcome.failed("no reply in time"));
    }

    private void end(Outcome outcome) {
        if (!over) {
            over = true;
            ended.accept(outcome);
        }
    }
}
