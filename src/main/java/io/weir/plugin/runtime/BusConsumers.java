package io.weir.plugin.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Throttle;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verticles of an application that Weir is a part of: they answer a kind of push by consuming its address ({@link PushType#address()},
 * {@code push.event.click}) and replying to the {@link Delivery} that comes. Where none consumes it, the rules answer.
 */
final class BusConsumers {
    private static final Logger LOG = LoggerFactory.getLogger(BusConsumers.class);

    private final Set<PushType<?>> types;
    private final Throttle missing = new Throttle(Duration.ofMinutes(1), 50);

    /** @param types the kinds that they answer */
    BusConsumers(Set<PushType<?>> types) {
        this.types = Set.copyOf(types);
    }

    boolean answer(PushType<?> type) {
        return types.contains(type);
    }

    String nameOf(PushType<?> type) {
        return "event bus " + type.address();
    }

    /** Asks one of them; on the event loop of the push. */
    Future<Reply> handle(Vertx vertx, Delivery<?> delivery) {
        PushType<?> type = delivery.push().type();
        DeliveryOptions until =
                IdentityCodec.local().setSendTimeout(delivery.deadline().remainingMillis(System.nanoTime()));
        return vertx.eventBus()
                .<Reply>request(type.address(), delivery, until)
                .map(answer -> answer.body())
                .recover(failure -> isMissing(failure) ? left(type) : Future.failedFuture(failure));
    }

    private Future<Reply> left(PushType<?> type) {
        missing.admit(type.wireName(), System.nanoTime())
                .ifPresent(more -> LOG.atWarn()
                        .addKeyValue("type", type.wireName())
                        .addKeyValue("address", type.address())
                        .addKeyValue("suppressed", more)
                        .log("nobody consumes the address that answers this kind of push, the rules answer"));
        return Future.succeededFuture(Reply.configured());
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }
}
