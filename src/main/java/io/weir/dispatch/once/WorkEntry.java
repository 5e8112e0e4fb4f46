package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.durable.DurableWork;
import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.dispatch.durable.StoredPush;
import io.weir.dispatch.once.Executions.Durable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the push of an {@link Execution} beyond this process, from the moment on that it must not be forgotten until its
 * handling has ended. Any thread.
 */
final class WorkEntry {
    private static final Set<Use> ACKNOWLEDGED = Set.of(Use.WORK, Use.JOURNAL);
    private static final Set<Use> WORK = Set.of(Use.WORK);

    private final DurableWork work;
    private final Attempt first;
    private final JoinedAttempts attempts;
    private final Set<Use> eager;
    private @Nullable StoredPush push;
    private @Nullable Future<Ticket> journalled;
    private @Nullable Future<Ticket> kept;
    private boolean over;

    /**
     * Nothing is kept yet.
     *
     * @param durable says what the push is kept for before it is answered, whatever becomes of it
     */
    WorkEntry(Durable durable, Attempt first, JoinedAttempts attempts) {
        this.work = durable.work();
        this.first = first;
        this.attempts = attempts;
        this.eager = durable.before(first.push());
    }

    /** Whether the push must be kept before any attempt of it is answered. */
    boolean isEager() {
        return !eager.isEmpty();
    }

    /** Keeps what must be kept before any attempt is answered; what failed is tried again. */
    synchronized Future<Ticket> keepEagerly() {
        if (eager.contains(Use.WORK)) {
            return keep();
        }
        Future<Ticket> before = journalled;
        if (before == null || before.failed()) {
            before = work.keep(stored(), eager);
            journalled = before;
        }
        return before;
    }

    /** Keeps the push until its handling has ended; once, and again where that failed. */
    synchronized Future<Ticket> keep() {
        Future<Ticket> before = kept;
        if (over) {
            return Future.succeededFuture(new Ticket(first.push().account(), ""));
        }
        if (before == null || before.failed()) {
            before = work.keep(stored(), journalled == null ? ACKNOWLEDGED : WORK);
            kept = before;
        }
        return before;
    }

    /** The entry, as rows name it; empty where there is none. */
    synchronized Optional<String> name() {
        return kept != null && kept.succeeded() ? Optional.of(kept.result().text()) : Optional.empty();
    }

    /** Another instance has acknowledged the push, and kept it: from now on that entry is this execution's. */
    synchronized void adopt(Optional<String> named) {
        if (named.isPresent() && !named.equals(name())) {
            done();
            Ticket theirs = new Ticket(first.push().account(), named.get());
            work.own(theirs);
            kept = Future.succeededFuture(theirs);
        }
    }

    /** The execution has ended: nothing is kept any more. */
    synchronized void end() {
        over = true;
        done();
    }

    /** The handling has ended. */
    synchronized void done() {
        Future<Ticket> entry = kept;
        kept = null;
        if (entry != null) {
            entry.onSuccess(work::done);
        }
    }

    /** Others go on with it: whoever runs the push, or who takes it over. */
    synchronized void leave() {
        Future<Ticket> entry = kept;
        kept = null;
        if (entry != null) {
            entry.onSuccess(work::release);
        }
    }

    /** Others go on with it, if it is the one that the row names; where it is not, nobody needs it. */
    synchronized void leaveUnlessOther(Optional<String> named) {
        if (named.equals(name())) {
            leave();
        } else {
            done();
        }
    }

    /** Whether there is an entry, or will be. */
    synchronized boolean exists() {
        return kept != null && !kept.failed();
    }

    /** The handler has failed: it is left to be tried again. */
    synchronized Future<Void> failed(String error) {
        Future<Ticket> entry = kept;
        kept = null;
        return entry == null
                ? Future.succeededFuture()
                : entry.compose(
                        ticket -> work.failed(ticket, stored(), error).onFailure(unwritten -> work.release(ticket)));
    }

    private StoredPush stored() {
        StoredPush made = push;
        if (made == null) {
            made = new StoredPush(
                    first.push().account(),
                    first.id().text(),
                    first.push().type().wireName(),
                    first.push().openId(),
                    new String(first.received().xml().bytes(), StandardCharsets.UTF_8),
                    Instant.ofEpochMilli(attempts.firstMillis()),
                    first.run().attempt(),
                    first.request().traceparent());
            push = made;
        }
        return made;
    }
}
