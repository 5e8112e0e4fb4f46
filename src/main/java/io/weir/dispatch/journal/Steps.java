package io.weir.dispatch.journal;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt came past each place of the corridor, on the scale of {@link System#nanoTime()}. Written on its event
 * loop; read by any thread. A handler that is late still writes its step when the attempt has long been answered.
 */
public final class Steps {
    private final long opened;
    private volatile long claimed;
    private volatile long handled;
    private volatile @Nullable Throwable failure;

    Steps(long openedNanos) {
        this.opened = openedNanos;
    }

    /** When all that the door checks by itself was found right. */
    public long opened() {
        return opened;
    }

    /** When its run began; empty for an attempt that began none. */
    public OptionalLong claimed() {
        return claimed == 0 ? OptionalLong.empty() : OptionalLong.of(claimed);
    }

    /** When the handler had answered or failed. */
    public OptionalLong handled() {
        return handled == 0 ? OptionalLong.empty() : OptionalLong.of(handled);
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    void claim(long nowNanos) {
        claimed = nowNanos;
    }

    void handle(long nowNanos, @Nullable Throwable cause) {
        failure = cause;
        handled = nowNanos;
    }

    /** What the failure of a handler is called. */
    static Fate fate(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                ? Fate.UNHANDLED
                : Fate.FAILED;
    }
}
