package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.Optional;

/** The store of an instance that has no fellows: all that is known of pushes is in its {@link Executions}. */
public final class SoloPushStore implements PushStore {
    private static final Future<ClaimResult> CLAIMED =
            Future.succeededFuture(new ClaimResult(Optional.empty(), KeyUse.UNKNOWN));
    private static final Future<Found> NOTHING = Future.succeededFuture(new Found(Optional.empty(), Duration.ZERO));
    private static final Future<Swap> WRITTEN = Future.succeededFuture(Swap.WRITTEN);
    private static final Future<KeyUse> UNKNOWN = Future.succeededFuture(KeyUse.UNKNOWN);

    @Override
    public Future<ClaimResult> claim(PushId id, ReplayKey key, Row.Running mine) {
        return CLAIMED;
    }

    @Override
    public Future<Found> find(PushId id) {
        return NOTHING;
    }

    @Override
    public Future<Swap> replace(PushId id, Expected expected, Optional<Row> next) {
        return WRITTEN;
    }

    @Override
    public Future<KeyUse> use(ReplayKey key) {
        return UNKNOWN;
    }
}
