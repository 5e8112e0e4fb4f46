package com.example;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.GatewayVerticle;
import io.weir.dispatch.Delivery;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers one menu button on the event bus and counts the taps of all. */
final class Shop extends VerticleBase {
    final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    final GatewayVerticle gateway;

    Shop(Map<String, String> variables) {
        gateway = new GatewayVerticle(Path.of("conf/weir.yaml")).variables(variables).answeredOnTheBus(PushType.CLICK);
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().<Delivery<Click>>localConsumer("push.event.click", message -> {
            String key = message.body().push().eventKey();
            message.reply(key.equals("V1001_ORDER") ? Reply.text("the shop took your order") : Reply.configured());
        });
        return vertx.deployVerticle(gateway)
                .onSuccess(id -> gateway.observers().observe(PushType.CLICK, click -> seen.add(click.eventKey())));
    }
}
