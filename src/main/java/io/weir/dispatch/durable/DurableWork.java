package io.weir.dispatch.durable;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where pushes are kept whose handling must not be forgotten. An entry belongs to the instance that handles it, for as long as that
 * lives; then another may take it over. Futures may complete on any thread. Any thread.
 */
public interface DurableWork {
    /** How long an entry is its owner's after it was last renewed. */
    Duration LEASE = Duration.ofSeconds(8);

    /**
     * Keeps a push. When the future completes, the push would survive this process; it fails where it could not be kept.
     *
     * @param uses what it is kept for; at least one
     * @return names the entry to the other operations
     */
    Future<Ticket> keep(StoredPush push, Set<Use> uses);

    /** Its handling has ended well: nothing is left to do. Tried again until that is known; never fails. */
    Future<Void> done(Ticket ticket);

    /**
     * Its handler has failed. It is left to be tried again after a while, or becomes a dead letter.
     *
     * @param error what went wrong, without anything of the push
     * @return completes when that would survive this process; fails where it could not be written
     */
    Future<Void> failed(Ticket ticket, StoredPush push, String error);

    /** From now on somebody of this process handles it, whoever has kept it. Until {@link #done} it is renewed. */
    void own(Ticket ticket);

    /** Nobody of this process handles it any more, and it is not done: another may take it over, within a lease. */
    void release(Ticket ticket);

    /**
     * Takes entries over whose owners have gone, or whose handlers are to be tried again. They are this instance's then, as if {@link
     * #own} had been called.
     *
     * @param most how many at most
     */
    Future<List<Abandoned>> takeOver(String account, int most);

    /** Nothing is kept: what an instance has acknowledged goes with it. */
    DurableWork NONE = new DurableWork() {
        @Override
        public Future<Ticket> keep(StoredPush push, Set<Use> uses) {
            return Future.succeededFuture(new Ticket(push.account(), "none"));
        }

        @Override
        public Future<Void> done(Ticket ticket) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> failed(Ticket ticket, StoredPush push, String error) {
            return Future.succeededFuture();
        }

        @Override
        public void own(Ticket ticket) {}

        @Override
        public void release(Ticket ticket) {}

        @Override
        public Future<List<Abandoned>> takeOver(String account, int most) {
            return Future.succeededFuture(List.of());
        }
    };

    /** What a push is kept for. */
    enum Use {
        /** It must be handled to the end. */
        WORK,
        /** It may be looked up and replayed, and backends get copies of it. */
        JOURNAL
    }

    /**
     * An entry.
     *
     * @param account whose
     * @param text names it, without blanks; the same at every instance, but for one that lies in a spool
     */
    record Ticket(String account, String text) {}

    /**
     * An entry that was taken over.
     *
     * @param failures how often its handler has failed; deaths of owners do not count
     * @param kept how long ago it was written
     * @param replay whether an operator has it handled again, though that may have ended well before
     */
    record Abandoned(
            Ticket ticket, StoredPush push, int failures, Optional<String> error, Duration kept, boolean replay) {
        /** One that nobody has asked for. */
        public Abandoned(Ticket ticket, StoredPush push, int failures, Optional<String> error, Duration kept) {
            this(ticket, push, failures, error, kept, false);
        }
    }
}
