package io.weir.dispatch;

import io.vertx.core.Future;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.Optional;

/** The systems that answer pushes over HTTP; the rules ask them by name. Called on an event loop. */
@FunctionalInterface
public interface Backends {
    /** None at all. */
    Backends NONE = (name, delivery) -> Future.failedFuture(new IllegalStateException("there is no backend " + name));

    /**
     * Has a backend answer a push.
     *
     * @param name as the configuration has it
     * @return its reply, {@link Reply#NONE} where it has nothing to say or the kind takes none. Fails where it gave no reply, for
     *     whatever reason, which has been logged and counted; completes by the delivery's deadline.
     */
    Future<Reply> ask(String name, Delivery<?> delivery);

    /** Whether there is one of that name. */
    default boolean has(String name) {
        return false;
    }

    /**
     * Sends a copy of a push, whose answer is nobody's. For whoever sees to it that copies arrive: whether to try again is not decided
     * here.
     *
     * @return fails where the backend has not taken it with a status 2xx
     */
    default Future<Void> copy(String name, Delivery<?> delivery) {
        return ask(name, delivery).mapEmpty();
    }

    /** What became of the last request for a push, as long as this instance remembers it; for whoever looks into what happened. */
    default Optional<Asked> last(String idempotencyKey) {
        return Optional.empty();
    }

    /**
     * A request and its end.
     *
     * @param outcome as metrics name it
     * @param error why there was no reply; has nothing of the push
     */
    record Asked(String backend, String outcome, Optional<String> error, Duration took) {}
}
