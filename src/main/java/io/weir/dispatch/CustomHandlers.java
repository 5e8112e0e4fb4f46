package io.weir.dispatch;

import io.vertx.core.Future;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Handlers that are not Weir's own; each {@link PushHandler} asks them first. Any thread, where nothing else is said. */
public interface CustomHandlers {
    /** None at all. */
    CustomHandlers NONE = new CustomHandlers() {};

    /**
     * Has the one that answers such pushes answer this. On the event loop of the push.
     *
     * @return null where there is none; {@link Reply#configured()} where it leaves the push to the built-in handler. The future
     *     completes on whatever thread; it may hold something else than a reply, or fail in any way.
     */
    default @Nullable Future<Reply> handle(Delivery<?> delivery) {
        return null;
    }

    /** The class that answers such a push. */
    default Optional<String> nameOf(Push push) {
        return Optional.empty();
    }

    /** The class that answers pushes of a kind, of an account, whose key has no handler of its own. */
    default Optional<String> nameOf(String account, PushType<?> type) {
        return Optional.empty();
    }

    /** The keys of a kind that have a handler of their own, of an account. */
    default Set<String> keys(String account, PushType<?> type) {
        return Set.of();
    }

    /** Whether one answers that key, whatever it says. */
    default boolean answers(String account, PushType<?> type, String key) {
        return nameOf(account, type).isPresent() || keys(account, type).contains(key);
    }
}
