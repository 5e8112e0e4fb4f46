package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.dispatch.once.PushStore.Claimed.Finished;
import io.weir.dispatch.once.PushStore.Claimed.Forged;
import io.weir.dispatch.once.PushStore.Claimed.Running;
import io.weir.dispatch.once.PushStore.Claimed.Started;
import io.weir.dispatch.once.PushStore.Settled.AsSaid;
import io.weir.dispatch.once.PushStore.Settled.Open;
import io.weir.dispatch.once.PushStore.Settled.Otherwise;
import io.weir.wechat.codec.Stamp;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.ReplyWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one instance knows of pushes. In several parts with a lock each, so that event loops seldom meet; bounded: when a part
 * is full, what it has known longest is forgotten first.
 */
public final class MemoryPushStore implements PushStore {
    private static final int PARTS = 16;
    /** Of all parts together: what comes in a minute at 8,000 pushes a second. */
    private static final int MAX_ROWS = 480_000;

    private static final Future<Claimed> STARTED = Future.succeededFuture(new Started(1, false));
    private static final Future<Settled> AS_SAID = Future.succeededFuture(new AsSaid());

    private final Part[] parts = new Part[PARTS];
    private final OnceLimits limits;
    private final LongSupplier nanoTime;

    /** @param nanoTime in production {@link System#nanoTime()} */
    public MemoryPushStore(OnceLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        for (int i = 0; i < PARTS; i++) {
            parts[i] =
                    new Part(MAX_ROWS / PARTS, new StampMemory(limits.window().toNanos()));
        }
    }

    @Override
    public Future<Claimed> claim(PushId id, Stamp stamp, String holder, Asking asking) {
        long now = nanoTime.getAsLong();
        if (asking != Asking.WAITING && isForged(id, stamp, now)) {
            return Future.succeededFuture(new Forged());
        }
        Part part = part(id);
        synchronized (part) {
            Row row = part.live(id, now);
            if (row == null) {
                part.put(id, new Row(holder, now, limits), now);
                return STARTED;
            }
            return Future.succeededFuture(claim(row, holder, asking, now));
        }
    }

    private Claimed claim(Row row, String holder, Asking asking, long now) {
        if (asking != Asking.WAITING) {
            row.arrive(now);
        }
        String answer = row.answer();
        if (answer != null) {
            row.take();
            return new Finished(row.attempts(), answer);
        }
        if (row.isAbandoned(now) && asking != Asking.ARRIVED_AT_OWNER) {
            row.lease(holder, now, limits);
            return new Started(row.attempts(), true);
        }
        return new Running(row.attempts());
    }

    /** A stamp has a part by its own: pushes that share one lie anywhere. */
    private boolean isForged(PushId id, Stamp stamp, long now) {
        Part part = parts[(int) (stamp.hash() & (PARTS - 1))];
        synchronized (part) {
            return !part.stamps.admits(stamp.hash(), (int) id.high(), now);
        }
    }

    @Override
    public Future<Boolean> renew(PushId id, String holder) {
        long now = nanoTime.getAsLong();
        Part part = part(id);
        synchronized (part) {
            Row row = part.live(id, now);
            if (row == null) {
                part.put(id, new Row(holder, now, limits), now);
            } else if (row.answer() == null) {
                if (!row.belongsTo(holder)) {
                    return Future.succeededFuture(false);
                }
                row.lease(holder, now, limits);
            }
            return Future.succeededFuture(true);
        }
    }

    @Override
    public Future<Settled> settle(PushId id, String holder, String answer, boolean taken) {
        return decide(id, holder, answer, taken, row -> row.belongsTo(holder));
    }

    @Override
    public Future<Settled> acknowledge(PushId id, int attempt) {
        return decide(id, "", ReplyWriter.SUCCESS, false, row -> row.attempts() <= attempt);
    }

    private Future<Settled> decide(PushId id, String holder, String answer, boolean taken, Predicate<Row> mayDecide) {
        long now = nanoTime.getAsLong();
        Part part = part(id);
        synchronized (part) {
            Row row = part.live(id, now);
            if (row == null) {
                row = new Row(holder, now, limits);
                part.put(id, row, now);
            } else if (row.answer() != null) {
                return Future.succeededFuture(new Otherwise(String.valueOf(row.answer())));
            } else if (!mayDecide.test(row)) {
                return Future.succeededFuture(new Open());
            }
            row.settle(answer, taken, now, limits);
            return AS_SAID;
        }
    }

    @Override
    public Future<Boolean> release(PushId id, String holder) {
        long now = nanoTime.getAsLong();
        Part part = part(id);
        synchronized (part) {
            Row row = part.live(id, now);
            if (row == null) {
                row = new Row(holder, now, limits);
                row.settle(ReplyWriter.SUCCESS, false, now, limits);
                part.put(id, row, now);
            }
            return Future.succeededFuture(row.release(holder));
        }
    }

    @Override
    public Future<List<Duration>> arrivals(PushId id) {
        long now = nanoTime.getAsLong();
        Part part = part(id);
        synchronized (part) {
            Row row = part.live(id, now);
            return Future.succeededFuture(row == null ? List.of() : row.ages(now));
        }
    }

    /** Takes over what another store has decided. */
    void adopt(PushId id, String answer) {
        Part part = part(id);
        long now = nanoTime.getAsLong();
        synchronized (part) {
            Row row = new Row("", now, limits);
            row.settle(answer, true, now, limits);
            part.put(id, row, now);
        }
    }

    /** Another instance runs the push. */
    void forget(PushId id) {
        Part part = part(id);
        synchronized (part) {
            part.rows.remove(id);
        }
    }

    /** How many pushes it knows. */
    public int size() {
        int size = 0;
        for (Part part : parts) {
            synchronized (part) {
                size += part.rows.size();
            }
        }
        return size;
    }

    private Part part(PushId id) {
        return parts[(int) (id.low() & (PARTS - 1))];
    }

    /** Rows in the order of their arrival, which but for slow runs is the order in which they end. */
    private static final class Part {
        private final Map<PushId, Row> rows = new LinkedHashMap<>();
        private final StampMemory stamps;
        private final int maxRows;

        Part(int maxRows, StampMemory stamps) {
            this.maxRows = maxRows;
            this.stamps = stamps;
        }

        @Nullable
        Row live(PushId id, long now) {
            Row row = rows.get(id);
            return row == null || row.isOver(now) ? null : row;
        }

        void put(PushId id, Row row, long now) {
            rows.remove(id);
            rows.put(id, row);
            Iterator<Row> oldest = rows.values().iterator();
            while (oldest.hasNext() && (oldest.next().isOver(now) || rows.size() > maxRows)) {
                oldest.remove();
            }
        }
    }
}
