package io.weir.dispatch.durable;

import io.weir.dispatch.durable.DurableWork.Ticket;
import io.weir.dispatch.durable.DurableWork.Use;
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
    private final Set<Use> asked;
    private Set<Use> uses;
    private Optional<Failed> failure = Optional.empty();
    private long dueNanos;
    private boolean owned;
    private Place place;

    /** One that nobody has. */
    SpoolEntry(Kept line, int lineBytes, Place place, long nowNanos) {
        this.id = line.id();
        this.account = line.push().account();
        this.kept = line.at();
        this.lineBytes = lineBytes;
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

    /** What it is still kept for. */
    Set<Use> uses() {
        return uses;
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
    }

    void release() {
        owned = false;
    }

    boolean isOwned() {
        return owned;
    }

    /** Whether it was given up. */
    boolean isDead() {
        return isWork() && RetryPauses.isOver(failures());
    }

    boolean isWork() {
        return uses.contains(Use.WORK);
    }

    /** Whether its handler may be run by somebody. */
    boolean isDue(String ofAccount, long nowNanos) {
        return !owned && isWork() && !isDead() && nowNanos - dueNanos >= 0 && account.equals(ofAccount);
    }

    /** What it is kept for when its handling has ended. */
    Set<Use> withoutWork() {
        Set<Use> left = EnumSet.noneOf(Use.class);
        left.addAll(uses);
        left.remove(Use.WORK);
        return left;
    }

    void leave(Set<Use> left) {
        uses = left;
        owned = false;
    }

    /**
     * Its handler has failed.
     *
     * @param ago how long that is ago
     */
    void fail(Failed line, Duration ago, long nowNanos) {
        failure = Optional.of(line);
        owned = false;
        Duration pause = RetryPauses.after(line.failures());
        Duration left = pause.minus(ago);
        // A clock that was set meanwhile must not keep it back for longer.
        postpone(left.compareTo(pause) > 0 ? pause : left, nowNanos);
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
