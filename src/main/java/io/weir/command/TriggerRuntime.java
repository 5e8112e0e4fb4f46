package io.weir.command;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.weir.simulator.push.Connections;
import io.weir.simulator.push.Courier;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.SimulatedPush;
import io.weir.simulator.time.RealTime;
import io.weir.simulator.time.SimulatedTime;
import java.net.URI;
import java.time.Duration;

/** What a program that has just been started needs to push: brings it up, and takes it down again when closed. */
final class TriggerRuntime implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
    private final SimulatedTime time = new RealTime(vertx);
    private final Pusher pusher;

    TriggerRuntime(Duration limit, Connections connections) {
        this.pusher = new Pusher(vertx, time, limit, connections);
    }

    Courier courier() {
        return new Courier(pusher);
    }

    SimulatedTime time() {
        return time;
    }

    /**
     * The first exchange of a JVM takes some hundred milliseconds of its own, which would be told as the gateway's: so the
     * first one goes to ourselves. One attempt, whatever comes of it.
     */
    void warmUp(SimulatedPush push, SimulatedAccount account) {
        HttpServer mirror = vertx.createHttpServer()
                .requestHandler(request -> request.response().end("success"));
        await(mirror.listen(0, "127.0.0.1")
                .compose(open -> pusher.push(push, account, URI.create("http://127.0.0.1:" + open.actualPort() + "/")))
                .eventually(mirror::close)
                .otherwiseEmpty());
    }

    /** Blocks the calling thread. */
    static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
