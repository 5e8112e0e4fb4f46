package io.weir.dispatch;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;

/** Carries immutable records over the local event bus as they are, without copying. */
public final class IdentityCodec implements MessageCodec<Object, Object> {
    static final String NAME = "weir.identity";

    private IdentityCodec() {}

    /** Makes the bus carry records, and what pushes and replies are else; once per Vert.x. */
    public static void install(Vertx vertx) {
        vertx.eventBus().registerCodec(new IdentityCodec());
        vertx.eventBus()
                .codecSelector(
                        body -> body instanceof Record || body instanceof Reply || body instanceof Push ? NAME : null);
    }

    @Override
    public Object transform(Object record) {
        return record;
    }

    @Override
    public String name() {
        return NAME;
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
