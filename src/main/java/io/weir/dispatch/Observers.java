package io.weir.dispatch;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Those that see pushes without answering them. A push is published on the address of its type with {@code .observed}, and only
 * when somebody has registered here for the type: publishing to nobody costs every push. Any thread.
 */
public final class Observers {
    private static final DeliveryOptions LOCAL = IdentityCodec.local();

    private final EventBus bus;
    private final Set<PushType<?>> observed = ConcurrentHashMap.newKeySet();
    private final Map<PushType<?>, List<Consumer<Delivery<?>>>> copied = new ConcurrentHashMap<>();

    /** Nobody yet. */
    public Observers(Vertx vertx) {
        this.bus = vertx.eventBus();
    }

    /**
     * Registers an observer of the pushes of one type. It cannot change or delay the reply; what it throws is logged by Vert.x.
     *
     * @param observer called on the event loop, or worker, that this is called on; an attempt that joins a run is not observed
     * @return ends with {@link MessageConsumer#unregister()}
     */
    public <P extends Push> MessageConsumer<P> observe(PushType<P> type, Consumer<P> observer) {
        observed.add(type);
        return bus.localConsumer(type.observedAddress(), message -> observer.accept(message.body()));
    }

    /**
     * Registers who gets the deliveries of one type as a handler would, without owning the reply.
     *
     * @param taker called on the event loop of the push, before its handler; must neither block nor throw
     * @return ends it
     */
    public Runnable copy(PushType<?> type, Consumer<Delivery<?>> taker) {
        List<Consumer<Delivery<?>>> takers = copied.computeIfAbsent(type, each -> new CopyOnWriteArrayList<>());
        takers.add(taker);
        return () -> takers.remove(taker);
    }

    void publish(Delivery<?> delivery) {
        PushType<?> type = delivery.push().type();
        if (!observed.isEmpty() && observed.contains(type)) {
            bus.publish(type.observedAddress(), delivery.push(), LOCAL);
        }
        if (!copied.isEmpty()) {
            copied.getOrDefault(type, List.of()).forEach(taker -> taker.accept(delivery));
        }
    }
}
