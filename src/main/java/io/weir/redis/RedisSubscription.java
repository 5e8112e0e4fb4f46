package io.weir.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import io.weir.redis.RedisConnector.RedisSession;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hears what is published on a channel, on a link of its own, for ever. What is published while the connection is lost is
 * lost as well: so it tells each time that it hears again. Both callbacks run on one event loop at a time.
 */
public final class RedisSubscription {
    private final String channel;
    private final Runnable hearing;
    private final Consumer<String> heard;
    private final RedisLink link;

    private RedisSubscription(
            Vertx vertx, RedisConfig config, String channel, Runnable hearing, Consumer<String> heard) {
        this.channel = config.key(channel);
        this.hearing = hearing;
        this.heard = heard;
        this.link = RedisLink.open(vertx, config, RedisLimits.DEFAULT, this::subscribe);
    }

    /**
     * Subscribes, now and whenever the connection was lost.
     *
     * @param channel without the prefix that {@link RedisLink#key} puts before it for whoever publishes
     * @param hearing runs when the subscription holds, again: whoever keeps a copy of something reads it anew then
     * @param heard gets what is published
     */
    public static RedisSubscription open(
            Vertx vertx, RedisConfig config, String channel, Runnable hearing, Consumer<String> heard) {
        return new RedisSubscription(vertx, config, channel, hearing, heard);
    }

    /** How its connection is. */
    public RedisState state() {
        return link.state();
    }

    /** Hears nothing more. */
    public void close() {
        link.close();
    }

    private void subscribe(RedisSession session) {
        session.connection().handler(this::take);
        session.send(Request.cmd(Command.SUBSCRIBE).arg(channel)).onFailure(failure -> session.close());
    }

    private void take(Response pushed) {
        boolean isList = pushed.type() == ResponseType.PUSH || pushed.type() == ResponseType.MULTI;
        List<RedisAnswer> parts = isList ? RedisAnswer.of(pushed).items() : List.of();
        String kind = parts.isEmpty() ? "" : parts.get(0).text().orElse("");
        if (kind.equals("subscribe")) {
            hearing.run();
        } else if (kind.equals("message") && parts.size() == 3) {
            heard.accept(parts.get(2).text().orElse(""));
        }
    }
}
