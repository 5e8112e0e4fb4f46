package io.weir.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** The Vert.x that a gateway runs on. */
public final class Runtimes {
    /** One event loop per core: more of them cost wake-ups (measured: 24.8 µs a push against 15.9). */
    public static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private static final int WORKERS = 4;

    /** Shorter than a call to WeChat may take, so that it is told from a call that nobody answers. */
    private static final int DNS_MILLIS = 2_000;

    private Runtimes() {}

    /** A Vert.x of its own; whoever made it closes it. */
    public static Vertx vertx() {
        return vertx(new AddressResolverOptions().setQueryTimeout(DNS_MILLIS));
    }

    /** The same, with another way to find addresses. */
    public static Vertx vertx(AddressResolverOptions names) {
        return Vertx.builder()
                .with(new VertxOptions()
                        .setAddressResolverOptions(names)
                        .setEventLoopPoolSize(LOOPS)
                        .setWorkerPoolSize(WORKERS)
                        .setInternalBlockingPoolSize(WORKERS)
                        .setMaxEventLoopExecuteTime(1_000)
                        .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)))
                .withTransport(AcceptLimit.transport())
                .build();
    }
}
