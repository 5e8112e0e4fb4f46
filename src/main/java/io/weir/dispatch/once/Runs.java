package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pushes that this instance runs, one table for all its event loops. Keeps them this instance's while they run. Any
 * thread.
 */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Map<PushId, Run> running = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final PushStore store;
    private final String holder;
    private final long leaseNanos;
    private final long timer;

    /**
     * An empty table.
     *
     * @param holder name of this instance, like no other's
     */
    public Runs(Vertx vertx, PushStore store, String holder, OnceLimits limits) {
        this.vertx = vertx;
        this.store = store;
        this.holder = holder;
        this.leaseNanos = limits.lease().toNanos();
        this.timer = vertx.setPeriodic(Math.max(1, limits.lease().dividedBy(6).toMillis()), id -> renew());
    }

    Optional<Run> find(PushId id) {
        return Optional.ofNullable(running.get(id));
    }

    /** Takes a run in, unless the push is being run here already: then that run. */
    Optional<Run> begin(Run run) {
        return Optional.ofNullable(running.putIfAbsent(run.id(), run));
    }

    void end(Run run) {
        running.remove(run.id(), run);
    }

    String holder() {
        return holder;
    }

    PushStore store() {
        return store;
    }

    /**
     * Whether an answer of the run may be given before it is settled: nobody else can have settled another, neither by taking
     * over a run whose owner was stopped too long, nor by acknowledging an attempt.
     */
    boolean isSafe(Run run, long nowNanos) {
        return run.mayAnswerFirst(nowNanos) && isFresh(run.leasedNanos(), nowNanos);
    }

    /** Whether what was granted then has not ended, with some time to spare. */
    boolean isFresh(long grantedNanos, long nowNanos) {
        return nowNanos - grantedNanos < leaseNanos * 5 / 6;
    }

    /** How many are running. */
    public int size() {
        return running.size();
    }

    /** Waits until nothing runs, but no longer than that. */
    public Future<Void> finish(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        return finish(end);
    }

    private Future<Void> finish(long end) {
        if (running.isEmpty() || System.nanoTime() - end >= 0) {
            vertx.cancelTimer(timer);
            if (!running.isEmpty()) {
                LOG.atWarn().addKeyValue("pushes", running.size()).log("stopped while handlers had not finished");
            }
            return Future.succeededFuture();
        }
        return vertx.timer(20).compose(waited -> finish(end));
    }

    private void renew() {
        long now = System.nanoTime();
        for (Run run : running.values()) {
            if (!run.isDecided() && now - run.leasedNanos() > leaseNanos / 3) {
                store.renew(run.id(), holder).onSuccess(ours -> {
                    if (ours) {
                        run.leased(now);
                    }
                });
            }
        }
    }
}
