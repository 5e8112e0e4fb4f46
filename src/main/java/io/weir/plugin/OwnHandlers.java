package io.weir.plugin;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.weir.config.Problems;
import io.weir.plugin.HandlerJars.JarHandler;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers of one's own of a gateway: started before it opens, deployed in place of built-in ones, stopped after it. */
public final class OwnHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(OwnHandlers.class);
    private static final int THREADS = 20;

    private final List<JarHandler> handlers;
    private final Problems problems;

    /** @param problems takes what a handler finds wrong with its settings */
    public OwnHandlers(List<JarHandler> handlers, Problems problems) {
        this.handlers = List.copyOf(handlers);
        this.problems = problems;
    }

    /** The kinds that they answer. */
    public Set<PushType<?>> types() {
        return handlers.stream().map(each -> each.handler().type()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Starts each; blocks as long as they do.
     *
     * @throws io.weir.config.ConfigException when one throws, or finds its settings wrong
     */
    public void start(Function<PushType<?>, Services> services) {
        for (JarHandler each : handlers) {
            PushType<?> type = each.handler().type();
            try {
                each.handler().start(services.apply(type));
            } catch (RuntimeException | LinkageError e) {
                HandlerJars.report(
                        problems,
                        each.jar(),
                        each.handler().getClass().getName() + ", which throws at its start: " + e,
                        "expected a handler that starts");
                LOG.atDebug().setCause(e).log("handler failed to start");
                continue;
            }
            LOG.atInfo()
                    .addKeyValue("type", type.wireName())
                    .addKeyValue("handler", each.handler().getClass().getName())
                    .addKeyValue("file", each.jar())
                    .log("handler of one's own in place");
        }
        problems.throwIfErrors();
    }

    /** Stops each, whatever the others do. */
    public void stop() {
        for (JarHandler each : handlers) {
            try {
                each.handler().stop();
            } catch (RuntimeException | LinkageError e) {
                LOG.atError()
                        .addKeyValue("handler", each.handler().getClass().getName())
                        .setCause(e)
                        .log("handler failed to stop");
            }
        }
    }

    /** What to deploy for them. */
    public List<Deployment> deployments(int loops) {
        List<Deployment> deployments = new ArrayList<>();
        handlers.forEach(each -> add(deployments, each.handler(), loops));
        return deployments;
    }

    private static <P extends Push> void add(List<Deployment> deployments, Handler<P> own, int loops) {
        DeploymentOptions onEachLoop = new DeploymentOptions().setInstances(loops);
        if (own.nonBlocking()) {
            deployments.add(new Deployment(() -> new QuickHandler<>(own), onEachLoop));
            return;
        }
        Queue queue = new Queue(own.type());
        String name = own.getClass().getName();
        DeploymentOptions onThreadsOfItsOwn = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("handler-" + own.type().wireName())
                .setWorkerPoolSize(THREADS);
        deployments.add(new Deployment(() -> new BlockingHandler<>(own, queue), onThreadsOfItsOwn));
        deployments.add(new Deployment(() -> new QueueingHandler<>(own.type(), queue, name), onEachLoop));
    }

    /** A verticle to deploy, and how. */
    public record Deployment(Supplier<? extends Deployable> verticle, DeploymentOptions options) {}
}
