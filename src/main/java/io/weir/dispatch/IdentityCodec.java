package io.weir.dispatch;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.weir.wechat.message.Reply;

/**
 * Carries immutable records over the local event bus as they are, without copying. Its name is {@value #NAME}; replies need no name:
 * whoever consumes a push answers it with {@code message.reply(Reply.text("…"))}.
 */
public final class IdentityCodec implements MessageCodec<Object, Object> {
    /** What to give as the codec of a message to Weir. */
    public static final String NAME = "weir.identity";

    private final String name;

    private IdentityCodec(String name) {
        this.name = name;
    }

    /** How a record is sent: within this instance, as it is. */
    public static DeliveryOptions local() {
        return new DeliveryOptions().setLocalOnly(true).setCodecName(NAME);
    }

    /** Makes the bus carry records that are sent so, and replies to pushes. An application's own codecs stay what they are. */
    public static void install(Vertx vertx) {
        EventBus bus = vertx.eventBus();
        try {
            bus.registerCodec(new IdentityCodec(NAME));
            for (Class<?> reply : Reply.class.getPermittedSubclasses()) {
                register(bus, reply);
            }
        } catch (IllegalStateException alreadyThere) {
            // Another gateway runs on this Vert.x.
        }
    }

    @SuppressWarnings("unchecked")
    private static void register(EventBus bus, Class<?> type) {
        MessageCodec<?, ?> codec = new IdentityCodec(NAME + '.' + type.getSimpleName());
        bus.registerDefaultCodec((Class<Object>) type, (MessageCodec<Object, Object>) codec);
    }

    @Override
    public Object transform(Object record) {
        return record;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    @Override
    public void encodeToWire(Buffer buffer, Object record) {
        throw new IllegalStateException("the bus is local to an instance");
    }

    @Override
    public Object decodeFromWire(int pos, Buffer buffer) {
        throw new IllegalStateException("the bus is local to an instance");
    }
}
