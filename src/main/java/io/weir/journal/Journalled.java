package io.weir.journal;

import io.vertx.core.Future;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.RawRequest;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The stage of the pipeline that writes down what became of each attempt. Made and used on one event loop. */
public final class Journalled implements PushPipeline {
    private final PushPipeline inner;
    private final Journal journal;
    private final JournalRing ring;
    private final Clock clock;

    /** The stage around another one. */
    public Journalled(PushPipeline inner, Journal journal, Clock clock) {
        this.inner = inner;
        this.journal = journal;
        this.ring = journal.ring();
        this.clock = clock;
    }

    @Override
    public Future<Outcome> answer(Attempt attempt) {
        return inner.answer(attempt).onComplete((outcome, failure) -> {
            if (outcome != null) {
                ring.add(attempt, outcome, clock.millis(), System.nanoTime());
            } else {
                refused(attempt, failure);
            }
        });
    }

    private void refused(Attempt attempt, @Nullable Throwable failure) {
        if (failure instanceof Refusal refusal) {
            journal.addRefused(attempt.request(), attempt.received(), attempt.acceptedNanos(), refusal);
        }
    }

    @Override
    public Future<Void> verified(RawRequest request, ReplayKey key) {
        return inner.verified(request, key)
                .onComplete(used -> ring.addVerified(request, clock.millis(), System.nanoTime()));
    }
}
