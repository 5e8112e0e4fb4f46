package io.weir.redis;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Redis and a link to it for all tests of a class, as an extension in a static field; empty before each test. */
public final class SharedRedis implements BeforeEachCallback, AfterAllCallback {
    private final Vertx vertx = Vertx.vertx();
    private final RedisServer server = RedisServer.start();
    private final RedisLink link = RedisLink.open(vertx, server.config(), RedisLimits.DEFAULT);

    public SharedRedis() {
        Await.result(link.attempted());
    }

    public Vertx vertx() {
        return vertx;
    }

    public RedisServer server() {
        return server;
    }

    public RedisLink link() {
        return link;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Await.result(link.send("FLUSHALL"));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        link.close();
        server.close();
        Await.result(vertx.close());
    }
}
