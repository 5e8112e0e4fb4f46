package io.weir.dispatch.durable;

import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.dispatch.durable.Spool.Limits;
import io.weir.dispatch.durable.SpoolFolder.Place;
import io.weir.dispatch.durable.SpoolLine.Done;
import io.weir.dispatch.durable.SpoolLine.Failed;
import io.weir.dispatch.durable.SpoolLine.Kept;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of a spool without its push, which stays on disk: who has it, when it is to be tried again, where it lies. On the
 * spool's thread.
 */
final class SpoolEntry {
    private final String id;
    private final String account;
    private final Instant kept;
    private final int lineBytes;
    private final Optional<String> backend;
    private final Set<Use> asked;
    private Set<Use> uses;
    private Optional<Failed> failure = Optional.empty();
    private long dueNanos;
    private boolean owned;
    private boolean wasOwned;
    private Place place;

    /** One that nobody has. */
    SpoolEntry(Kept line, int lineBytes, Place place, long nowNanos) {
        this.id = line.id();
        this.account = line.push().account();
        this.kept = line.at();
        this.lineBytes = lineBytes;
        this.backend = line.backend();
        this.asked = line.uses();
        this.uses = line.uses();
        this.place = place;
        this.dueNanos = nowNanos;
    }

    String id() {
        return id;
    }

    Ticket ticket() {
        return new Ticket(account, id);
    }

    Instant kept() {
        return kept;
    }

    /** When it has failed for the last time, or was kept. */
    Instant changed() {
        return failure.map(Failed::at).orElse(kept);
    }

    /** What it is still kept for. */
    Set<Use> uses() {
        return uses;
    }

    /** That is to get a copy, which is all that the entry is for then. */
    Optional<String> backend() {
        return backend;
    }

    int failures() {
        return failure.map(Failed::failures).orElse(0);
    }

    Optional<String> error() {
        return failure.map(Failed::error);
    }

    Place place() {
        return place;
    }

    /** The bytes of the line that has the push. */
    int lineBytes() {
        return lineBytes;
    }

    void own() {
        owned = true;
        wasOwned = true;
    }

    void release() {
        owned = false;
    }

    boolean isOwned() {
        return owned;
    }

    /** Whether somebody has it or has had it. */
    boolean wasOwned() {
        return wasOwned;
    }

    /** Whether it was given up. */
    boolean isDead() {
        return isWork()
                ? RetryPauses.isOver(failures())
                : failure.filter(Failed::dead).isPresent();
    }

    /** Whether it was a dead letter that an operator has asked for. */
    boolean isReplay() {
        return failure.isPresent() && failures() == 0;
    }

    /** Whether it is there for others to look at and not for this process to handle: it gives way where space is short. */
    boolean isJournal() {
        return !isWork() && !isDead();
    }

    boolean isWork() {
        return uses.contains(Use.WORK);
    }

    /** Whether its handler may be run by somebody. */
    boolean isDue(String ofAccount, long nowNanos) {
        return isWork() && !isDead() && isReadable(nowNanos) && account.equals(ofAccount);
    }

    /** Whether it may be read by somebody. */
    boolean isReadable(long nowNanos) {
        return !owned && nowNanos - dueNanos >= 0;
    }

    /** Whether it has been here for so long that it goes. */
    boolean isOver(Instant now, Limits limits) {
        return isDead()
                ? changed().plus(limits.keepDead()).isBefore(now)
                : isJournal() && kept.plus(limits.keep()).isBefore(now);
    }

    /** What it is kept for when its handling has ended; as journal, when it gives way. */
    Set<Use> afterwards() {
        Set<Use> left = EnumSet.noneOf(Use.class);
        if (isWork()) {
            left.addAll(uses);
            left.remove(Use.WORK);
        }
        return left;
    }

    void leave(Set<Use> left) {
        uses = left;
        owned = false;
    }

    /**
     * Its handler has failed, and is tried again after a pause; or its backend, whose pauses are the sender's.
     *
     * @param ago how long that is ago
     */
    void fail(Failed line, Duration ago, long nowNanos) {
        failure = Optional.of(line);
        if (isWork()) {
            owned = false;
            Duration pause = RetryPauses.after(line.failures());
            Duration left = pause.minus(ago);
            // A clock that was set meanwhile must not keep it back for longer.
            postpone(left.compareTo(pause) > 0 ? pause : left, nowNanos);
        }
    }

    void postpone(Duration pause, long nowNanos) {
        dueNanos = nowNanos + pause.toNanos();
    }

    /** It lies elsewhere from now on. */
    void move(Place to) {
        place.segment().remove(this);
        place = to;
        to.segment().add(this);
    }

    /** What a file needs beside the line of the push. */
    byte[] rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        failure.ifPresent(line -> rest.writeBytes(line.bytes()));
        if (!uses.equals(asked)) {
            rest.writeBytes(new Done(id, uses).bytes());
        }
        return rest.toByteArray();
    }
}
