package io.weir;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.simulator.push.DeliveryAttempt;
import io.weir.simulator.push.DeliveryAttempt.DeliveryOutcome.Responded;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.SimulatedPush;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** The tests' WeChat: pushes to one account of one gateway. */
final class WeChat implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Pusher pusher = new Pusher(vertx);
    private final PushFactory factory = new PushFactory(PushTemplates.bundled());
    private final SimulatedAccount account;
    private final URI target;

    WeChat(SimulatedAccount account, URI target) {
        this.account = account;
        this.target = target;
    }

    /** One attempt. */
    Future<DeliveryAttempt> push(PushOrder order) {
        SimulatedPush push = factory.create(order, account);
        return pusher.push(push, account, target);
    }

    /** Taps a menu button; what the user sees then, empty for nothing. */
    String click(String key) {
        return seen(await(push(PushOrder.of("CLICK").withKey(key))));
    }

    static String seen(DeliveryAttempt attempt) {
        if (attempt.accepted() && attempt.outcome() instanceof Responded answered) {
            return answered.reading().verdict().text();
        }
        throw new AssertionError("not accepted: " + attempt.outcome());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
