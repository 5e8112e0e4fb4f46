package io.weir.plugin;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Late;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Set;

/**
 * A custom answer: answers one kind of push, or some keys of it, before {@code replies.yaml} is asked.
 *
 * <p>A public class with a public constructor without parameters, named in the jar's file {@code
 * META-INF/services/io.weir.plugin.Handler}; the jar lies in {@code handlers/} beside the configuration file. There is one
 * object of it, which several threads use at once. A jar that is replaced while the gateway runs is taken in: the pushes
 * that the old object has begun are finished, then it is stopped.
 *
 * <p>It may block ({@link BlockingHandler} needs no future then): it runs on threads of its own, virtual ones on a JDK that
 * has them, which delay no other kind of push. Whatever goes wrong in it, the user is not shown WeChat's fault notice: the
 * push is answered {@code success}.
 *
 * @param <P> the record that it answers
 */
public interface Handler<P extends Push> {

    /** The kind that it answers, for example {@link PushType#CLICK}. */
    PushType<P> type();

    /**
     * The keys that it answers, as sections of {@code replies.yaml} have them: an EventKey, a scene without {@code qrscene_}, the
     * text itself. None, as here, for all that no other handler answers by key. An entry {@code handlers: { "CLICK.V1001_ORDER":
     * { handler: CLASS } }} of the configuration goes before this.
     */
    default Set<String> keys() {
        return Set.of();
    }

    /**
     * Answers one push. What an operator has handled once more in the console comes here too: a handler that does something
     * outside which must not be done then asks {@link Delivery#replay()} in {@link #handle(Delivery)} instead.
     *
     * @return the reply, {@link Reply#NONE} for none, {@link Reply#configured()} to leave the push to {@code replies.yaml}. A
     *     failed one is answered with {@code success}. One that comes later than the deadline (4.5 s) reaches the user as {@link
     *     #late()} says.
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
     * does a problem that it finds in its {@link Services#settings() settings}; of a jar that was replaced, the old one stays.
     *
     * @throws Exception whatever goes wrong
     */
    default void start(Services services) throws Exception {}

    /**
     * Called once, after the last push.
     *
     * @throws Exception is logged
     */
    default void stop() throws Exception {}

    /**
     * The settings that it knows; another one is an error then, with its line. None, as here, where it does not say.
     */
    default Set<String> settingNames() {
        return Set.of();
    }

    /**
     * What happens to a push that it does not answer in time; the configuration may say otherwise. Either way a reply that
     * comes too late for every attempt is sent as a customer-service message, where the kind of push grants one. Where several
     * handlers answer a kind, that of a push without a handler of its key counts for all.
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
