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
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What one instance knows of pushes. In several parts with a lock each, so that event loops seldom meet; bounded: when a part
 * is full, what it has known longest is forgotten first.
 */
public final class MemoryPushStore implements PushStore {
    private static final int PARTS = 16;
    /** Of all parts together: what comes in a minute at 4,000 pushes a second. */
    private static final int MAX_ROWS = 1 << 18;

    private static final int LEAST_BYTES = 1 << 22;
    private static final int MOST_BYTES = 1 << 28;
    private static final int SHARE_OF_THE_HEAP = 4;

    private static final Future<Claimed> STARTED = Future.succeededFuture(new Started(1, false));
    private static final Future<Settled> AS_SAID = Future.succeededFuture(new AsSaid());
    private static final Future<Settled> OPEN = Future.succeededFuture(new Open());
    private static final Future<Boolean> YES = Future.succeededFuture(true);
    private static final Future<Boolean> NO = Future.succeededFuture(false);

    private final Part[] parts = new Part[PARTS];
    private final LongSupplier nanoTime;
    private final long lease;
    private final long unfinished;
    private final long kept;
    private final long apart;

    /** @param nanoTime in production {@link System#nanoTime()} */
    public MemoryPushStore(OnceLimits limits, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lease = limits.lease().toNanos();
        this.unfinished = limits.unfinished().toNanos();
        this.kept = limits.kept().toNanos();
        this.apart = limits.apart().toNanos();
        int bytes = bytesOfAnswers(Runtime.getRuntime().maxMemory()) / PARTS;
        for (int i = 0; i < PARTS; i++) {
            PushTable rows = new PushTable(MAX_ROWS / PARTS, bytes);
            parts[i] = new Part(rows, new StampMemory(limits.window().toNanos()));
        }
    }

    /** A power of two, at most a quarter of the heap. */
    private static int bytesOfAnswers(long heap) {
        long share = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, heap / SHARE_OF_THE_HEAP));
        return (int) Long.highestOneBit(share);
    }

    /** Rows and stamps, each pushes' own; a stamp's part has nothing to do with its push's. */
    private record Part(PushTable rows, StampMemory stamps) {}

    @Override
    public Future<Claimed> claim(PushId id, Stamp stamp, String holder, Asking asking) {
        long now = nanoTime.getAsLong();
        if (asking != Asking.WAITING && isForged(id, stamp, now)) {
            return Future.succeededFuture(new Forged());
        }
        PushTable rows = rows(id);
        synchronized (rows) {
            int row = rows.find(id, now);
            if (row == PushTable.NONE) {
                rows.add(id, holder, now, now + lease, now + unfinished);
                return STARTED;
            }
            return Future.succeededFuture(claim(rows, row, holder, asking, now));
        }
    }

    private Claimed claim(PushTable rows, int row, String holder, Asking asking, long now) {
        if (asking != Asking.WAITING) {
            rows.arrive(row, now);
        }
        int attempt = rows.attempts(row, apart);
        if (rows.isAnswered(row)) {
            rows.take(row);
            return new Finished(attempt, rows.answer(row));
        }
        if (rows.isAbandoned(row, now) && asking != Asking.ARRIVED_AT_OWNER) {
            rows.lease(row, holder, now + lease, now + unfinished);
            return new Started(attempt, true);
        }
        return new Running(attempt);
    }

    private boolean isForged(PushId id, Stamp stamp, long now) {
        StampMemory stamps = stamps(stamp);
        synchronized (stamps) {
            return !stamps.admits(stamp.hash(), id.high(), now);
        }
    }

    private StampMemory stamps(Stamp stamp) {
        return parts[(int) (stamp.hash() & (PARTS - 1))].stamps;
    }

    @Override
    public Future<Boolean> renew(PushId id, String holder) {
        long now = nanoTime.getAsLong();
        PushTable rows = rows(id);
        synchronized (rows) {
            int row = rows.find(id, now);
            if (row == PushTable.NONE) {
                rows.add(id, holder, now, now + lease, now + unfinished);
            } else if (rows.isAnswered(row) || !rows.belongsTo(row, holder)) {
                return NO;
            } else {
                rows.lease(row, holder, now + lease, now + unfinished);
            }
            return YES;
        }
    }

    @Override
    public Future<Settled> settle(PushId id, String holder, String answer, boolean taken) {
        long now = nanoTime.getAsLong();
        PushTable rows = rows(id);
        synchronized (rows) {
            int row = rows.find(id, now);
            if (row == PushTable.NONE) {
                row = rows.add(id, holder, now, now + lease, now + unfinished);
            } else if (rows.isAnswered(row)) {
                return Future.succeededFuture(new Otherwise(rows.answer(row)));
            } else if (!rows.belongsTo(row, holder)) {
                return OPEN;
            }
            rows.answer(row, answer, taken, now, now + kept);
            return AS_SAID;
        }
    }

    @Override
    public Future<Settled> acknowledge(PushId id, int attempt) {
        long now = nanoTime.getAsLong();
        PushTable rows = rows(id);
        synchronized (rows) {
            int row = rows.find(id, now);
            if (row == PushTable.NONE) {
                row = rows.add(id, "", now, now + lease, now + unfinished);
            } else if (rows.isAnswered(row)) {
                return Future.succeededFuture(new Otherwise(rows.answer(row)));
            } else if (rows.attempts(row, apart) > attempt) {
                return OPEN;
            }
            rows.answer(row, ReplyWriter.SUCCESS, false, now, now + kept);
            return AS_SAID;
        }
    }

    @Override
    public Future<Boolean> release(PushId id, String holder) {
        long now = nanoTime.getAsLong();
        PushTable rows = rows(id);
        synchronized (rows) {
            int row = rows.find(id, now);
            if (row == PushTable.NONE) {
                row = rows.add(id, holder, now, now + lease, now + unfinished);
            }
            if (!rows.isAnswered(row) && rows.belongsTo(row, holder)) {
                rows.answer(row, ReplyWriter.SUCCESS, false, now, now + kept);
            }
            return rows.release(row, holder) ? YES : NO;
        }
    }

    @Override
    public Future<List<Duration>> arrivals(PushId id) {
        long now = nanoTime.getAsLong();
        PushTable rows = rows(id);
        synchronized (rows) {
            int row = rows.find(id, now);
            return Future.succeededFuture(row == PushTable.NONE ? List.of() : rows.ages(row, now));
        }
    }

    /** Takes over what another store has decided. */
    void adopt(PushId id, String answer) {
        long now = nanoTime.getAsLong();
        PushTable rows = rows(id);
        synchronized (rows) {
            int row = rows.find(id, now);
            if (row == PushTable.NONE) {
                row = rows.add(id, "", now, now + lease, now + unfinished);
            }
            if (!rows.isAnswered(row)) {
                rows.answer(row, answer, !answer.equals(ReplyWriter.SUCCESS), now, now + kept);
            }
        }
    }

    /** A stamp did not come with that push: who it came with is for the fleet to say. */
    void disown(Stamp stamp) {
        StampMemory stamps = stamps(stamp);
        synchronized (stamps) {
            stamps.disown(stamp.hash());
        }
    }

    /** Another instance runs the push. */
    void forget(PushId id) {
        PushTable rows = rows(id);
        synchronized (rows) {
            rows.remove(id);
        }
    }

    /** How many pushes it knows. */
    public int size() {
        int size = 0;
        for (Part part : parts) {
            synchronized (part.rows) {
                size += part.rows.size();
            }
        }
        return size;
    }

    /** How many pushes it had to forget before their time: more came than it can hold. */
    public long forgotten() {
        long forgotten = 0;
        for (Part part : parts) {
            synchronized (part.rows) {
                forgotten += part.rows.forgotten();
            }
        }
        return forgotten;
    }

    private PushTable rows(PushId id) {
        return parts[(int) (id.low() & (PARTS - 1))].rows;
    }
}
