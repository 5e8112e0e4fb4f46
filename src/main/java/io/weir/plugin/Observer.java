package io.weir.plugin;

import io.weir.dispatch.Delivery;
import io.weir.wechat.message.PushType;
import java.util.Set;

/**
 * Sees pushes without answering them: for statistics, a data warehouse, an audit. It cannot change or delay a reply.
 *
 * <p>A public class with a public constructor without parameters, named in the jar's file {@code
 * META-INF/services/io.weir.plugin.Observer}; the jar lies in {@code handlers/} beside the configuration file and needs no
 * handler. It is called on a thread of its own, one push after the other, and may block; when 10,000 wait, the next ones are
 * left out, counted and logged. A push that an instance dies with is not seen: {@code backends} with copies see each.
 */
public interface Observer {

    /** The kinds that it sees; all of them, as here, where it does not say. */
    default Set<PushType<?>> types() {
        return Set.copyOf(PushType.all());
    }

    /**
     * Sees one push. Attempts that are repeats of it and replays are not seen.
     *
     * @throws Exception is logged
     */
    void observe(Delivery<?> delivery) throws Exception;

    /**
     * Called once, before the first push. What it throws keeps the gateway from starting.
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
}
