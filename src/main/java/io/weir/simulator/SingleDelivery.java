package io.weir.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.weir.simulator.push.Delivery;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.SimulatedPush;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** Delivers one push from a program that has just been started: brings up what that needs and takes it down again. */
final class SingleDelivery {
    private final SimulatedPush push;
    private final SimulatedAccount account;
    private final URI target;
    private final Duration limit;

    SingleDelivery(SimulatedPush push, SimulatedAccount account, URI target, Duration limit) {
        this.push = push;
        this.account = account;
        this.target = target;
        this.limit = limit;
    }

    /** Blocks the calling thread until the answer is there. */
    Delivery run() {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        try {
            Pusher pusher = new Pusher(vertx, limit, Clock.systemUTC());
            return await(warmUp(vertx, pusher).transform(warm -> pusher.push(push, account, target)));
        } finally {
            await(vertx.close());
        }
    }

    /**
     * The first exchange of a JVM takes some hundred milliseconds of its own, which would be told as the gateway's: so the
     * first one goes to ourselves.
     */
    private Future<?> warmUp(Vertx vertx, Pusher pusher) {
        HttpServer mirror = vertx.createHttpServer()
                .requestHandler(request -> request.response().end("success"));
        return mirror.listen(0, "127.0.0.1")
                .compose(open -> pusher.push(push, account, URI.create("http://127.0.0.1:" + open.actualPort() + "/")))
                .eventually(mirror::close);
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
