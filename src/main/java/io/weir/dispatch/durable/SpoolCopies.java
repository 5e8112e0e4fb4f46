package io.weir.dispatch.durable;

import io.vertx.core.Future;
import io.weir.dispatch.durable.SpoolLine.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The copies that lie in a {@link Spool}: each is an entry of its own, for one backend. The lease is always this process's, since nobody
 * else reads its files.
 */
final class SpoolCopies implements CopyQueue {
    private final Spool spool;
    private final SpoolEntries entries;

    SpoolCopies(Spool spool, SpoolEntries entries) {
        this.spool = spool;
        this.entries = entries;
    }

    @Override
    public Future<Hold> hold(String account, String backend) {
        return spool.ask(promise ->
                promise.complete(new Hold(true, entries.copies(account, backend).size(), 0)));
    }

    /** None: all of them come again. */
    @Override
    public Future<List<Copy>> pending(String account, String backend, String after, int most) {
        return spool.ask(promise -> {
            entries.copies(account, backend).forEach(SpoolEntry::release);
            promise.complete(List.of());
        });
    }

    @Override
    public Future<List<Copy>> next(String account, String backend, int most) {
        return spool.ask(promise -> {
            Instant now = spool.now();
            List<Copy> copies = new ArrayList<>();
            for (SpoolEntry entry : entries.copies(account, backend)) {
                if (copies.size() == most) {
                    break;
                }
                if (spool.isReadable(entry)) {
                    spool.read(entry).ifPresent(push -> copies.add(copy(entry, push, now)));
                }
            }
            promise.complete(copies);
        });
    }

    private static Copy copy(SpoolEntry entry, StoredPush push, Instant now) {
        Duration age = Duration.between(entry.kept(), now);
        boolean redelivered = entry.wasOwned();
        entry.own();
        return new Copy(entry.id(), push, entry.failures(), age.isNegative() ? Duration.ZERO : age, redelivered);
    }

    @Override
    public Future<Void> sent(String account, String backend, List<String> ids) {
        return Future.join(ids.stream().map(spool::end).toList()).mapEmpty();
    }

    @Override
    public Future<Void> failed(String account, String backend, String id, int attempts) {
        return spool.fail(new Failed(id, spool.now(), attempts, "", false));
    }

    @Override
    public Future<Void> bury(String account, String backend, Copy copy, int attempts, String error) {
        return spool.fail(new Failed(copy.id(), spool.now(), attempts, error, true));
    }

    @Override
    public Future<Void> release(String account, String backend) {
        return pending(account, backend, "", 0).<Void>mapEmpty().otherwiseEmpty();
    }
}
