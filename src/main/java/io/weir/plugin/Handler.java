package io.weir.plugin;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Late;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;

/**
 * A custom answer: answers one kind of push in place of the built-in handler.
 *
 * <p>A public class with a public constructor without parameters, named in the jar's file {@code
 * META-INF/services/io.weir.plugin.Handler}; the jar lies in {@code handlers/} beside the configuration file. There is one
 * object of it, which several threads use at once.
 *
 * <p>It may block: it runs on threads of its own, which delay no other kind of push. Whatever goes wrong in it, the user
 * is not shown WeChat's fault notice: the push is answered {@code success}.
 *
 * @param <P> the record that it answers
 */
public interface Handler<P extends Push> {

    /** The kind that it answers, for example {@link PushType#CLICK}. */
    PushType<P> type();

    /**
     * Answers one push. What an operator has handled once more in the console comes here too: a handler that does something
     * outside which must not be done then asks {@link Delivery#replay()} in {@link #handle(Delivery)} instead.
     *
     * @return the reply, {@link Reply#NONE} for none. A failed one is answered with {@code success}. One that comes later
     *     than the deadline (4.5 s) reaches the user as {@link #late()} says.
     */
    Future<Reply> handle(P push);

    /**
     * Answers one push, knowing whether a run of it has begun before: for a handler that does something outside which must
     * not be done twice. The others are asked by {@link #handle(Push)}.
     */
    default Future<Reply> handle(Delivery<P> delivery) {
        return handle(delivery.push());
    }

    /**
     * Called once, before the first push and before any port is open. What it throws keeps the gateway from starting, as
     * does a problem that it finds in its {@link Services#settings() settings}.
     */
    default void start(Services services) {}

    /** Called once, after the last push. */
    default void stop() {}

    /**
     * What happens to a push that it does not answer in time; the configuration may say otherwise. Either way a reply that
     * comes too late for every attempt is sent as a customer-service message, where the kind of push grants one.
     */
    default Late late() {
        return Late.SUCCESS;
    }

    /**
     * Whether it never blocks. It then runs on the event loops, which is faster; if it blocks all the same, everything
     * waits.
     */
    default boolean nonBlocking() {
        return false;
    }
}
