package io.weir.faults.handler;

import io.vertx.core.Future;
import io.weir.dispatch.Delivery;
import io.weir.plugin.Handler;
import io.weir.plugin.Services;
import io.weir.wechat.message.MenuEvent.ScancodePush;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works as a scanned code says. */
public final class ScanHandler implements Handler<ScancodePush> {
    private @Nullable Work work;

    @Override
    public PushType<ScancodePush> type() {
        return PushType.SCANCODE_PUSH;
    }

    @Override
    public void start(Services services) {
        work = Work.of(services, type().wireName());
    }

    @Override
    public Future<Reply> handle(ScancodePush push) {
        throw new IllegalStateException("expected to be asked with a delivery");
    }

    @Override
    public Future<Reply> handle(Delivery<ScancodePush> delivery) {
        return Objects.requireNonNull(work, "started")
                .run(delivery, delivery.push().scanResult());
    }

    @Override
    public void stop() {
        Objects.requireNonNull(work, "started").close();
    }
}
