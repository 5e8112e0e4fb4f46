package io.weir.dispatch.durable;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * The copies that backends are to get: for each account and backend a queue in the order in which the pushes were kept. One instance at a
 * time reads a queue, who holds its lease. Futures may complete on any thread. Any thread.
 */
public interface CopyQueue {
    /** How long the lease lasts. */
    Duration LEASE = Duration.ofSeconds(10);

    /** Asks for the lease, or renews it. */
    Future<Hold> hold(String account, String backend);

    /**
     * Copies that were read before and not ended, the oldest first, for an instance that has just got the lease. Those that this does not
     * give come with {@link #next}.
     *
     * @param after an id; {@code 0-0} for the first page
     */
    Future<List<Copy>> pending(String account, String backend, String after, int most);

    /** The next copies that nobody has read. */
    Future<List<Copy>> next(String account, String backend, int most);

    /** They need not be sent any more. */
    Future<Void> sent(String account, String backend, List<String> ids);

    /** It was tried so often, in vain. */
    Future<Void> failed(String account, String backend, String id, int attempts);

    /** Nobody tries it any more: it becomes a dead letter. */
    Future<Void> bury(String account, String backend, Copy copy, int attempts, String error);

    /** Lets the lease go, if it is this instance's: another need not wait for its end. Never fails. */
    Future<Void> release(String account, String backend);

    /**
     * A copy that is to be sent.
     *
     * @param attempts how often it was tried
     * @param age since it was written
     * @param redelivered whether the backend may have got it: somebody has read it before
     */
    record Copy(String id, StoredPush push, int attempts, Duration age, boolean redelivered) {}

    /**
     * What came of asking for the lease.
     *
     * @param held whether this instance may send; for {@link #LEASE} from when it asked
     * @param waiting how many entries the backend has not got
     * @param trimmed how many it will never get, since the journal has let them go
     */
    record Hold(boolean held, long waiting, long trimmed) {}
}
