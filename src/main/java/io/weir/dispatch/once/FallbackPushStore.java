package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.dispatch.once.PushStore.Claimed.Finished;
import io.weir.dispatch.once.PushStore.Claimed.Forged;
import io.weir.dispatch.once.PushStore.Claimed.Running;
import io.weir.dispatch.once.PushStore.Claimed.Started;
import io.weir.dispatch.once.PushStore.Settled.AsSaid;
import io.weir.dispatch.once.PushStore.Settled.Otherwise;
import io.weir.redis.RedisException;
import io.weir.wechat.codec.Stamp;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.List;

/**
 * What the fleet knows, and, whether that can be asked or not, what the instance knows itself: with Redis away it goes on
 * with the same rules for the pushes that come to it. Nothing fails for Redis's sake.
 */
public final class FallbackPushStore implements PushStore {
    private final PushStore fleet;
    private final MemoryPushStore own;

    /**
     * Both together.
     *
     * @param fleet fails with a {@link RedisException} where it cannot be asked
     */
    public FallbackPushStore(PushStore fleet, MemoryPushStore own) {
        this.fleet = fleet;
        this.own = own;
    }

    @Override
    public Future<Claimed> claim(PushId id, Stamp stamp, String holder, Asking asking) {
        return own.claim(id, stamp, holder, asking).compose(here -> {
            if (here instanceof Forged) {
                return Future.succeededFuture(here);
            }
            Future<Claimed> everywhere = fleet.claim(id, stamp, holder, asking);
            return here instanceof Finished
                    ? Future.succeededFuture(here)
                    : everywhere
                            .onSuccess(there -> learn(id, stamp, here, there))
                            .map(there -> agreed(here, there, asking))
                            .recover(failure -> alone(failure, id, asking, here));
        });
    }

    /** What the fleet knows is also this instance's knowledge. */
    private void learn(PushId id, Stamp stamp, Claimed here, Claimed there) {
        if (there instanceof Finished finished) {
            own.adopt(id, finished.answer());
        } else if (there instanceof Forged) {
            own.forget(id);
            own.disown(stamp);
        } else if (here instanceof Started && !(there instanceof Started)) {
            own.forget(id);
        }
    }

    /** What is being run here is not begun again because the fleet has forgotten it. */
    private static Claimed agreed(Claimed here, Claimed there, Asking asking) {
        boolean forgotten = asking == Asking.ARRIVED_AT_OWNER && here instanceof Running;
        if (there instanceof Started started) {
            return forgotten ? new Running(Math.max(attempt(here), started.attempt())) : there;
        }
        if (there instanceof Running running) {
            return new Running(Math.max(attempt(here), running.attempt()));
        }
        return there;
    }

    /** Of a fleet that came back empty the instance may know better how many attempts there were. */
    private static int attempt(Claimed here) {
        return here instanceof Running running ? running.attempt() : 1;
    }

    /** Who waits for another instance goes on waiting: that may well be alive. */
    private Future<Claimed> alone(Throwable failure, PushId id, Asking asking, Claimed here) {
        if (asking == Asking.WAITING && here instanceof Started started) {
            own.forget(id);
            return without(failure, new Running(started.attempt()));
        }
        return without(failure, here);
    }

    @Override
    public Future<Boolean> renew(PushId id, String holder) {
        return own.renew(id, holder)
                .compose(here -> fleet.renew(id, holder).recover(failure -> without(failure, here)));
    }

    /** The fleet decides first: what it has decided otherwise must not be answered here meanwhile. */
    @Override
    public Future<Settled> settle(PushId id, String holder, String answer, boolean taken) {
        return fleet.settle(id, holder, answer, taken)
                .onSuccess(there -> settled(id, holder, answer, taken, there))
                .recover(failure -> failure instanceof RedisException
                        ? own.settle(id, holder, answer, taken)
                        : Future.failedFuture(failure));
    }

    private void settled(PushId id, String holder, String answer, boolean taken, Settled there) {
        if (there instanceof AsSaid) {
            own.settle(id, holder, answer, taken);
        } else if (there instanceof Otherwise otherwise) {
            own.adopt(id, otherwise.answer());
        } else {
            own.forget(id);
        }
    }

    @Override
    public Future<Settled> acknowledge(PushId id, int attempt) {
        return fleet.acknowledge(id, attempt)
                .onSuccess(there -> acknowledged(id, there))
                .recover(failure -> failure instanceof RedisException
                        ? own.acknowledge(id, attempt)
                        : Future.failedFuture(failure));
    }

    private void acknowledged(PushId id, Settled there) {
        if (there instanceof AsSaid) {
            own.acknowledge(id, Integer.MAX_VALUE);
        } else if (there instanceof Otherwise otherwise) {
            own.adopt(id, otherwise.answer());
        }
    }

    @Override
    public Future<Boolean> release(PushId id, String holder) {
        return own.release(id, holder)
                .compose(here -> here
                        ? fleet.release(id, holder)
                                .onSuccess(everywhere -> released(id, everywhere))
                                .recover(failure -> without(failure, true))
                        : Future.succeededFuture(false));
    }

    /** What the fleet has forgotten, or cannot be asked for, the instance may know. */
    @Override
    public Future<List<Duration>> arrivals(PushId id) {
        return fleet.arrivals(id)
                .recover(failure -> without(failure, List.of()))
                .compose(there -> there.isEmpty() ? own.arrivals(id) : Future.succeededFuture(there));
    }

    /** What the fleet does not release has another answer there, which is to be asked for. */
    private void released(PushId id, boolean everywhere) {
        if (!everywhere) {
            own.forget(id);
        }
    }

    private static <T> Future<T> without(Throwable failure, T here) {
        return failure instanceof RedisException ? Future.succeededFuture(here) : Future.failedFuture(failure);
    }
}
