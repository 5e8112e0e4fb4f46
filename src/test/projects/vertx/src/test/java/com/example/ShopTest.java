package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import ch.qos.logback.classic.LoggerContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.simulator.people.Person;
import io.weir.testkit.WeirExtension;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class ShopTest {
    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create()
            .pushingTo(URI.create("http://127.0.0.1:1/"))
            .menu("button: [ { type: click, name: 下单, key: V1001_ORDER }, { type: click, name: 帮助, key: V1002_HELP } ]");

    private final Vertx vertx = Vertx.vertx();
    private Shop shop;

    @BeforeEach
    void deploy() throws Exception {
        var account = WEIR.wechat().accounts().get(0).pushes();
        shop = new Shop(Map.of(
                "WECHAT", WEIR.wechat().baseUri().toString(), "APP_ID", account.appId(), "TOKEN", account.token()));
        await(vertx.deployVerticle(shop));
        WEIR.wechat().pushTo("dev", URI.create("http://127.0.0.1:" + shop.gateway.pushPort() + "/wx/dev"));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void answersAnOrderAndSeesEveryTap(Person alice) throws Exception {
        alice.taps("V1001_ORDER").sees("the shop took your order");
        alice.taps("V1002_HELP").sees("from the rules");

        for (String key : List.of("V1001_ORDER", "V1002_HELP")) {
            assertEquals(key, shop.seen.poll(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void logsAsTheApplicationSays() {
        LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();

        assertNotNull(logs.getLogger("ROOT").getAppender("APPLICATION"));
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
