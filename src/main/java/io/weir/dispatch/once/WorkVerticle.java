package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.dispatch.durable.WorkOrSpool;
import java.util.function.Function;

/**
 * Renews what this instance handles of the work that is kept, takes over what others have left, and looks after the streams. When the
 * gateway stops, what it has not finished is left to others at once.
 */
public final class WorkVerticle extends VerticleBase {
    private static final long MEND_MILLIS = 10_000;

    private final WorkOrSpool work;
    private final Function<Loop, Takeovers> takeovers;

    /** @param takeovers made on the event loop of the verticle */
    public WorkVerticle(WorkOrSpool work, Function<Loop, Takeovers> takeovers) {
        this.work = work;
        this.takeovers = takeovers;
    }

    @Override
    public Future<?> start() {
        takeovers.apply(Loop.current(vertx)).start();
        vertx.setPeriodic(WorkOrSpool.RENEWAL.toMillis(), tick -> work.renew());
        vertx.setPeriodic(MEND_MILLIS, tick -> work.lookAfter());
        return Future.succeededFuture();
    }
}
