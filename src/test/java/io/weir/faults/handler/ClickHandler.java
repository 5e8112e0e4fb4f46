package io.weir.faults.handler;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.plugin.Handler;
import io.weir.plugin.Services;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works as the key of a button says. */
public final class ClickHandler implements Handler<Click> {
    private @Nullable Work work;

    @Override
    public PushType<Click> type() {
        return PushType.CLICK;
    }

    @Override
    public void start(Services services) {
        work = Work.of(services, type().wireName());
    }

    @Override
    public Future<Reply> handle(Click push) {
        throw new IllegalStateException("expected to be asked with a delivery");
    }

    @Override
    public Future<Reply> handle(Delivery<Click> delivery) {
        return Objects.requireNonNull(work, "started")
                .run(delivery, delivery.push().eventKey());
    }

    @Override
    public void stop() {
        Objects.requireNonNull(work, "started").close();
    }
}
