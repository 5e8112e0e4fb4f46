package io.weir.handler;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.CustomHandlers;
import io.weir.dispatch.PushHandler;
import io.weir.dispatch.Throttle;
import io.weir.replies.Replies;
import io.weir.wechat.message.PushType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Sees to it that each kind of push has exactly one handler, with an instance on each event loop. */
public final class HandlerTable {
    private final int loops;
    private final Map<PushType<?>, Class<?>> owners = new LinkedHashMap<>();
    private final List<List<PushHandler<?>>> instances = new ArrayList<>();

    private HandlerTable(int loops) {
        this.loops = loops;
    }

    /**
     * The built-in handlers, which ask custom ones first, and one more for the kinds that all leave.
     *
     * @param builtIn the built-in handlers
     * @param replies may name a backend for the kinds that all leave
     * @param custom asked first
     * @param loops how many event loops there are
     * @throws IllegalStateException naming both, when two built-in ones handle the same kind
     */
    public static HandlerTable of(
            List<Supplier<PushHandler<?>>> builtIn, Replies replies, CustomHandlers custom, int loops) {
        HandlerTable table = new HandlerTable(loops);
        builtIn.forEach(table::add);
        List<PushType<?>> rest = PushType.all().stream()
                .filter(type -> !table.owners.containsKey(type))
                .toList();
        Throttle unknownKinds = new Throttle(Duration.ofHours(1), 50);
        table.add(() -> new OtherHandler(replies, rest, unknownKinds));
        table.instances.forEach(each -> each.forEach(handler -> handler.after(custom)));
        return table;
    }

    private void add(Supplier<PushHandler<?>> handler) {
        List<PushHandler<?>> onEachLoop = Stream.generate(handler).limit(loops).toList();
        PushHandler<?> first = onEachLoop.get(0);
        first.types().forEach(type -> own(type, first.getClass()));
        instances.add(onEachLoop);
    }

    private void own(PushType<?> type, Class<?> handler) {
        Class<?> other = owners.putIfAbsent(type, handler);
        if (other != null) {
            throw new IllegalStateException(
                    type + " is handled by both " + other.getName() + " and " + handler.getName());
        }
    }

    /** The class that answers each kind. */
    public Map<PushType<?>, String> names() {
        Map<PushType<?>, String> names = new LinkedHashMap<>();
        owners.forEach((type, handler) -> names.put(type, handler.getSimpleName()));
        return names;
    }

    /** Deploys them, one after the other; once. */
    public Future<?> deploy(Vertx vertx) {
        DeploymentOptions options = new DeploymentOptions().setInstances(loops);
        Future<?> deployed = Future.succeededFuture();
        for (List<PushHandler<?>> each : instances) {
            Iterator<PushHandler<?>> next = each.iterator();
            deployed = deployed.compose(before -> vertx.deployVerticle(next::next, options));
        }
        return deployed;
    }
}
