package io.weir.plugin;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.weir.config.Problems;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Late;
import io.weir.dispatch.PushHandler;
import io.weir.plugin.BlockingHandler.HandlerQueue;
import io.weir.plugin.BlockingHandler.QueueingHandler;
import io.weir.plugin.HandlerJars.JarHandler;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The custom handlers of a gateway: started before it opens, deployed in place of built-in ones, stopped after it. */
public final class PluginHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(PluginHandlers.class);
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final List<JarHandler> handlers;
    private final Map<PushType<?>, HandlerQueue> queues;
    private final Problems problems;

    /** @param problems takes what a handler finds wrong with its settings */
    public PluginHandlers(List<JarHandler> handlers, Problems problems) {
        this.handlers = List.copyOf(handlers);
        this.queues = this.handlers.stream()
                .filter(each -> !each.nonBlocking())
                .map(each -> each.handler().type())
                .collect(Collectors.toUnmodifiableMap(type -> type, HandlerQueue::new));
        this.problems = problems;
    }

    /** The kinds that they answer. */
    public Set<PushType<?>> types() {
        return handlers.stream().map(each -> each.handler().type()).collect(Collectors.toUnmodifiableSet());
    }

    /** The class that answers each kind. */
    public Map<PushType<?>, String> names() {
        return handlers.stream()
                .collect(Collectors.toUnmodifiableMap(
                        each -> each.handler().type(),
                        each -> each.handler().getClass().getName()));
    }

    /** How many pushes wait for a thread of each that may block. */
    public Map<PushType<?>, IntSupplier> queues() {
        return queues.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> each.getValue()::waiting));
    }

    /** What each says of pushes that it answers late. */
    public Map<PushType<?>, Late> late() {
        return handlers.stream()
                .collect(Collectors.toUnmodifiableMap(
                        each -> each.handler().type(), each -> each.handler().late()));
    }

    /**
     * Starts each; blocks as long as they do.
     *
     * @throws io.weir.config.ConfigException when one throws, or finds its settings wrong
     */
    public void start(Function<PushType<?>, Services> services) {
        for (JarHandler each : handlers) {
            PushType<?> type = each.handler().type();
            Optional<Throwable> fault = fault(() -> each.handler().start(services.apply(type)), START);
            if (fault.isPresent()) {
                HandlerJars.report(
                        problems,
                        each.jar(),
                        each.handler().getClass().getName() + ", whose start "
                                + words(fault.get(), START, fault.get().toString()),
                        "expected a handler that starts");
                continue;
            }
            LOG.atInfo()
                    .addKeyValue("type", type.wireName())
                    .addKeyValue("handler", each.handler().getClass().getName())
                    .addKeyValue("file", each.jar())
                    .log("custom handler loaded");
        }
        problems.throwIfErrors();
    }

    /** Stops each, whatever the others do. */
    public void stop() {
        for (JarHandler each : handlers) {
            fault(each.handler()::stop, STOP)
                    .ifPresent(fault -> LOG.atError()
                            .addKeyValue("handler", each.handler().getClass().getName())
                            .addKeyValue(
                                    "error", words(fault, STOP, fault.getClass().getName()))
                            .log("handler did not stop as it should"));
        }
    }

    /** Runs what is not ours on a thread of its own; what went wrong, if anything did. */
    private static Optional<Throwable> fault(Runnable foreign, Duration limit) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                foreign.run();
                done.complete(null);
            } catch (Throwable e) {
                LOG.atDebug().setCause(e).log("handler failed");
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            done.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        }
    }

    /** @param thrown how to name what was thrown: by its class alone where pushes have come, whose words it may hold */
    private static String words(Throwable fault, Duration limit, String thrown) {
        return fault instanceof TimeoutException ? "takes longer than " + limit.toSeconds() + " s" : "throws " + thrown;
    }

    /** Deploys each: one that does not block on every event loop, one that may block with threads of its own. */
    public Future<?> deploy(Vertx vertx, int loops) {
        return Future.all(handlers.stream()
                .map(each -> deploy(vertx, each.handler(), loops))
                .toList());
    }

    private <P extends Push> Future<?> deploy(Vertx vertx, Handler<P> own, int loops) {
        DeploymentOptions onEachLoop = new DeploymentOptions().setInstances(loops);
        HandlerQueue queue = queues.get(own.type());
        if (queue == null) {
            return vertx.deployVerticle(() -> new NonBlockingHandler<>(own), onEachLoop);
        }
        String name = own.getClass().getName();
        DeploymentOptions onAWorker = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("answers-" + own.type().wireName())
                .setWorkerPoolSize(1);
        return vertx.deployVerticle(new BlockingHandler<>(own, queue), onAWorker)
                .compose(threads ->
                        vertx.deployVerticle(() -> new QueueingHandler<>(own.type(), queue, name), onEachLoop));
    }

    /** Runs a custom handler that never blocks: on the event loops, like a built-in one. */
    static final class NonBlockingHandler<P extends Push> extends PushHandler<P> {
        private final Handler<P> own;

        NonBlockingHandler(Handler<P> own) {
            super(List.of(own.type()));
            this.own = own;
        }

        @Override
        protected Future<Reply> handle(P push) {
            return own.handle(push);
        }

        @Override
        protected Future<Reply> handle(Delivery<P> delivery) {
            return own.handle(delivery);
        }

        @Override
        protected String ruleOf(P push) {
            return own.getClass().getName();
        }
    }
}
