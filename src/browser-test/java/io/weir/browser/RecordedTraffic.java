package io.weir.browser;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A wire between a browser and a port of this machine that can be cut and mended. Blocks. */
final class RecordedTraffic implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final NetServer server;
    private final int to;
    private volatile boolean cut;

    RecordedTraffic(int to) {
        this.to = to;
        this.server = vertx.createNetServer().connectHandler(this::connect);
        await(server.listen(0, "127.0.0.1"));
    }

    /** The same address at this end of the wire. */
    URI at(URI url) {
        return URI.create(url.toString().replace(":" + to + "/", ":" + server.actualPort() + "/"));
    }

    void cut() {
        cut = true;
        open.forEach(NetSocket::close);
    }

    void mend() {
        cut = false;
    }

    private void connect(NetSocket browser) {
        if (cut) {
            browser.close();
            return;
        }
        browser.pause();
        open.add(browser);
        client.connect(to, "127.0.0.1").onSuccess(port -> join(browser, port)).onFailure(away -> browser.close());
    }

    private void join(NetSocket browser, NetSocket port) {
        open.add(port);
        pass(browser, port);
        pass(port, browser);
        browser.resume();
    }

    private void pass(NetSocket from, NetSocket into) {
        from.handler(into::write);
        from.closeHandler(closed -> {
            open.remove(from);
            into.close();
        });
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
