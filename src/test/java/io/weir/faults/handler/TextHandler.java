package io.weir.faults.handler;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.plugin.Handler;
import io.weir.plugin.Services;
import io.weir.wechat.message.Message.Text;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works as a text says. */
public final class TextHandler implements Handler<Text> {
    private @Nullable Work work;

    @Override
    public PushType<Text> type() {
        return PushType.TEXT;
    }

    @Override
    public void start(Services services) {
        work = Work.of(services, type().wireName());
    }

    @Override
    public Future<Reply> handle(Text push) {
        throw new IllegalStateException("expected to be asked with a delivery");
    }

    @Override
    public Future<Reply> handle(Delivery<Text> delivery) {
        return Objects.requireNonNull(work, "started")
                .run(delivery, delivery.push().content());
    }

    @Override
    public void stop() {
        Objects.requireNonNull(work, "started").close();
    }
}
