package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A store of pushes in this process: what the others are measured by, and the server inside {@link SimulatedRedis}. Rows are kept as
 * text, as Redis keeps them. Any thread.
 */
public final class MemoryPushStore implements PushStore {
    private final Map<PushId, Written> rows = new HashMap<>();
    private final Map<Pair, Used> keys = new HashMap<>();
    private final OnceLimits limits;
    private final LongSupplier nanoTime;
    private Journal journal = undo -> {};

    /** @param nanoTime what passes steadily, in nanoseconds; may run over the end of a long */
    public MemoryPushStore(OnceLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** Is told every write, with what takes it back. */
    interface Journal {
        void written(Runnable undo);
    }

    private record Written(String text, long atNanos) {}

    private record Used(long digest, long atNanos) {}

    /** What a key is looked up by. */
    private record Pair(long seconds, long hash) {
        Pair(ReplayKey key) {
            this(key.seconds(), key.hash());
        }
    }

    synchronized void journal(Journal other) {
        journal = other;
    }

    @Override
    public synchronized Future<ClaimResult> claim(PushId id, ReplayKey key, Row.Running mine) {
        return Future.succeededFuture(new ClaimResult(claimRow(id, mine), useKey(key)));
    }

    @Override
    public synchronized Future<Found> find(PushId id) {
        return Future.succeededFuture(row(id).map(
                        row -> new Found(Row.parse(row.text), Duration.ofNanos(nanoTime.getAsLong() - row.atNanos)))
                .orElse(new Found(Optional.empty(), Duration.ZERO)));
    }

    @Override
    public synchronized Future<Swap> replace(PushId id, Expected expected, Optional<Row> next) {
        Optional<String> there = row(id).map(Written::text);
        if (!expected.fits(there)) {
            return Future.succeededFuture(new Swap(false, there.flatMap(Row::parse)));
        }
        write(id, next);
        return Future.succeededFuture(Swap.WRITTEN);
    }

    @Override
    public synchronized Future<KeyUse> use(ReplayKey key) {
        return Future.succeededFuture(useKey(key));
    }

    /** The half of a claim that comes first: the row that stood there, or empty when it is the claimer's now. */
    synchronized Optional<Row> claimRow(PushId id, Row.Running mine) {
        Optional<Written> there = row(id);
        if (there.isEmpty()) {
            write(id, Optional.of(mine));
        }
        return there.flatMap(row -> Row.parse(row.text));
    }

    /** The other half: whether the key had been used, which it is now. */
    synchronized KeyUse useKey(ReplayKey key) {
        long now = nanoTime.getAsLong();
        Pair pair = new Pair(key);
        Used before = keys.get(pair);
        if (before != null && now - before.atNanos < 2 * limits.window().toNanos()) {
            return KeyUse.of(before.digest, key).after(Duration.ofNanos(now - before.atNanos), limits);
        }
        keys.put(pair, new Used(key.digest(), now));
        journal.written(() -> restore(keys, pair, before));
        return KeyUse.NEW;
    }

    private Optional<Written> row(PushId id) {
        Written row = rows.get(id);
        return row == null
                        || nanoTime.getAsLong() - row.atNanos >= limits.kept().toNanos()
                ? Optional.empty()
                : Optional.of(row);
    }

    private void write(PushId id, Optional<Row> next) {
        Written before = rows.get(id);
        restore(
                rows,
                id,
                next.map(row -> new Written(row.text(), nanoTime.getAsLong())).orElse(null));
        journal.written(() -> restore(rows, id, before));
    }

    private static <K, V> void restore(Map<K, V> map, K key, @Nullable V before) {
        if (before == null) {
            map.remove(key);
        } else {
            map.put(key, before);
        }
    }
}
