package io.weir.plugin.runtime;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.config.ConfigException;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.dispatch.CustomHandlers;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerConfig;
import io.weir.dispatch.Late;
import io.weir.plugin.Handler;
import io.weir.plugin.Observer;
import io.weir.plugin.Services;
import io.weir.plugin.runtime.HandlerJars.PluginFiles;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The custom handlers and observers of a gateway: started before it opens, asked before the built-in handlers, replaced when their
 * jar is, stopped after the gateway.
 */
public final class PluginHandlers implements CustomHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(PluginHandlers.class);
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(2);
    /** How long a replaced handler may go on with what it has begun. */
    private static final Duration DRAIN = Duration.ofSeconds(60);

    private final Optional<HandlersFolder> folder;
    private final Map<String, HandlerConfig> config;
    private final Problems atStart;
    private final Map<String, RunningPlugin> plugins = new LinkedHashMap<>();
    /** Replaced, with pushes that have not ended. */
    private final Set<RunningPlugin> draining = ConcurrentHashMap.newKeySet();

    private BusConsumers consumers = new BusConsumers(Set.of());
    private volatile Optional<ReloadTrouble> trouble = Optional.empty();
    private volatile HandlerRoutes routes = HandlerRoutes.NONE;
    private volatile HandlerServices.@Nullable GatewayParts parts;

    /**
     * Not started.
     *
     * @param config by name, see {@link HandlerConfig#readAll}
     * @param problems takes what does not fit together
     */
    public PluginHandlers(List<Plugin> loaded, Map<String, HandlerConfig> config, Problems problems) {
        this(loaded, Optional.empty(), config, problems);
    }

    private PluginHandlers(
            List<Plugin> loaded,
            Optional<HandlersFolder> folder,
            Map<String, HandlerConfig> config,
            Problems problems) {
        this.folder = folder;
        this.config = Map.copyOf(config);
        this.atStart = problems;
        loaded.forEach(each -> plugins.put(each.name(), new RunningPlugin(each)));
        routes = HandlerRoutes.of(handlers(plugins.values()), this.config, problems);
        plugins.values().forEach(each -> each.checkSettings(problems));
        checkClasses(problems);
    }

    /** Those in the jars of a folder, see {@link HandlerJars}; jars that change are taken in. Blocks. */
    public static PluginHandlers in(Path folder, Map<String, HandlerConfig> config, Problems problems) {
        Map<String, PluginFiles> there = HandlerJars.look(folder, problems);
        List<Plugin> loaded = there.values().stream()
                .flatMap(files -> HandlerJars.load(files, problems).stream())
                .toList();
        return new PluginHandlers(loaded, Optional.of(new HandlersFolder(folder, there)), config, problems);
    }

    /** Where handlers come from, and what was there. */
    private record HandlersFolder(Path path, Map<String, PluginFiles> loaded) {}

    /** Takes in changed jars; empty where the handlers are not from a folder. */
    public Optional<Deployable> watcher() {
        return folder.map(each -> new HandlersVerticle(each.path, each.loaded, this));
    }

    /** Leaves those kinds to whoever consumes their address, see {@link PushType#address()}; before it is started. */
    public PluginHandlers consumedOnTheBus(Set<PushType<?>> types) {
        consumers = new BusConsumers(types);
        return this;
    }

    /**
     * Jars that have not been taken in: what was there before goes on.
     *
     * @param error the first thing that is wrong
     * @param since when it was found
     */
    public record ReloadTrouble(Path folder, String error, Instant since) {}

    /** What is wrong with the jars as they are now; any thread. */
    public Optional<ReloadTrouble> trouble() {
        return trouble;
    }

    /** What is wrong since the last look; empty where nothing is. */
    void trouble(Optional<ReloadTrouble> found) {
        trouble = found;
    }

    /** None at all. */
    public static PluginHandlers none() {
        return new PluginHandlers(List.of(), Map.of(), new Problems());
    }

    @Override
    public @Nullable Future<Reply> handle(Delivery<?> delivery) {
        HandlerServices.GatewayParts with = parts;
        if (with != null && consumers.answer(delivery.push().type())) {
            return consumers.handle(with.vertx(), delivery);
        }
        Future<Reply> reply = null;
        RunningHandler found = routes.find(delivery.push());
        while (found != null && reply == null) {
            reply = found.handle(delivery);
            found = reply == null ? routes.find(delivery.push()) : found;
        }
        return reply;
    }

    @Override
    public Optional<String> nameOf(Push push) {
        return consumers.answer(push.type())
                ? Optional.of(consumers.nameOf(push.type()))
                : Optional.ofNullable(routes.find(push)).map(RunningHandler::className);
    }

    @Override
    public Optional<String> nameOf(String account, PushType<?> type) {
        return consumers.answer(type)
                ? Optional.of(consumers.nameOf(type))
                : routes.rest(account, type).map(RunningHandler::className);
    }

    @Override
    public Set<String> keys(String account, PushType<?> type) {
        return routes.keys(account, type).keySet();
    }

    /** Pushes of a kind that wait for a thread of its handlers. */
    public int waiting(PushType<?> type) {
        return current().stream()
                .filter(each -> each.type() == type)
                .mapToInt(RunningHandler::waiting)
                .sum();
    }

    /** The kinds that have a handler which may block. */
    public Set<PushType<?>> queues() {
        return Set.copyOf(current().stream()
                .filter(RunningHandler::mayBlock)
                .<PushType<?>>map(RunningHandler::type)
                .toList());
    }

    /** What handlers say of pushes that they answer late. */
    public Map<PushType<?>, Late> late() {
        Map<PushType<?>, Late> late = new HashMap<>();
        current().stream()
                .filter(each -> !each.handler().keys().isEmpty())
                .forEach(each -> late.merge(each.type(), each.handler().late(), PluginHandlers::patient));
        current().stream()
                .filter(each -> each.handler().keys().isEmpty())
                .forEach(each -> late.put(each.type(), each.handler().late()));
        return late;
    }

    private static Late patient(Late one, Late other) {
        return one == Late.RETRY ? one : other;
    }

    private List<RunningHandler> current() {
        synchronized (plugins) {
            return handlers(plugins.values());
        }
    }

    private static List<RunningHandler> handlers(Collection<RunningPlugin> plugins) {
        return plugins.stream().flatMap(each -> each.handlers.stream()).toList();
    }

    /**
     * Starts each; blocks as long as they do.
     *
     * @throws ConfigException when one throws, or finds its settings wrong
     */
    public void start(HandlerServices.GatewayParts with) {
        parts = with;
        if (plugins.values().stream().allMatch(each -> each.observers.isEmpty())) {
            with.leftOut("none");
        }
        plugins.values().forEach(each -> each.start(with, atStart));
        atStart.throwIfErrors();
    }

    /** Stops each, whatever the others do; blocks. */
    public void stop() {
        draining.forEach(RunningPlugin::stopDrained);
        synchronized (plugins) {
            plugins.values().forEach(RunningPlugin::stop);
            plugins.values().forEach(RunningPlugin::close);
            plugins.clear();
            routes = HandlerRoutes.NONE;
        }
    }

    /**
     * Takes plugins in that are new or have changed, and lets go of those that are gone; blocks as long as their starts do. All or
     * nothing: where there is any problem, the old ones stay.
     *
     * @param changed loaded, not started
     * @param gone the names of those that are not there any more
     */
    void reload(List<Plugin> changed, Set<String> gone, Problems problems) {
        Map<String, RunningPlugin> next;
        synchronized (plugins) {
            next = new LinkedHashMap<>(plugins);
        }
        gone.forEach(next::remove);
        List<RunningPlugin> fresh = changed.stream().map(RunningPlugin::new).toList();
        fresh.forEach(each -> next.put(each.plugin.name(), each));
        HandlerRoutes joined = HandlerRoutes.of(handlers(next.values()), config, problems);
        fresh.forEach(each -> each.checkSettings(problems));
        HandlerServices.GatewayParts with = Objects.requireNonNull(parts, "started");
        if (problems.errors().isEmpty()) {
            fresh.forEach(each -> each.start(with, problems));
        }
        if (!problems.errors().isEmpty()) {
            fresh.forEach(RunningPlugin::stop);
            fresh.forEach(RunningPlugin::close);
            return;
        }
        List<RunningPlugin> old;
        synchronized (plugins) {
            old = plugins.values().stream()
                    .filter(each -> !next.containsValue(each))
                    .toList();
            plugins.clear();
            plugins.putAll(next);
            routes = joined;
        }
        old.forEach(each -> each.retire(with.vertx()));
    }

    private void checkClasses(Problems problems) {
        Set<String> classes = Set.copyOf(
                plugins.values().stream().flatMap(RunningPlugin::classNames).toList());
        config.forEach((name, entry) -> {
            String last = name.substring(name.indexOf('/') + 1);
            boolean isType = PushType.all().stream()
                    .anyMatch(type -> last.equals(type.wireName()) || last.startsWith(type.wireName() + "."));
            if (!isType && !classes.contains(last)) {
                HandlerJars.report(
                        problems,
                        entry.entry(),
                        "settings",
                        '"' + last + '"',
                        "expected a type of push, a key of one (CLICK.KEY), or the class of a handler or observer in a jar");
            }
        });
    }

    /** A plugin with its handlers and observers, started or not. */
    private final class RunningPlugin {
        final Plugin plugin;
        final List<RunningHandler> handlers;
        private final List<RunningObserver> observers;
        private final List<HandlerServices> given = new ArrayList<>();
        private final List<Part> started = new ArrayList<>();

        RunningPlugin(Plugin plugin) {
            this.plugin = plugin;
            this.handlers = plugin.handlers().stream()
                    .map(each -> new RunningHandler(plugin, each))
                    .toList();
            this.observers =
                    plugin.observers().stream().map(RunningObserver::new).toList();
        }

        /** What is started and stopped. */
        private record Part(Class<?> type, Callable<Void> stop) {}

        Stream<String> classNames() {
            return Stream.concat(plugin.handlers().stream(), plugin.observers().stream())
                    .map(each -> each.getClass().getName());
        }

        void checkSettings(Problems problems) {
            for (RunningHandler each : handlers) {
                Set<String> known = each.handler().settingNames();
                if (!known.isEmpty()) {
                    settings(each).forEach(section -> refuseUnknown(section, known, problems));
                }
            }
        }

        private void refuseUnknown(Section settings, Set<String> known, Problems problems) {
            settings.keys().stream()
                    .filter(key -> !known.contains(key))
                    .forEach(key -> HandlerJars.report(
                            problems,
                            settings,
                            key,
                            "an unknown setting",
                            "expected "
                                    + String.join(", ", known.stream().sorted().toList())));
        }

        private List<Section> settings(RunningHandler handler) {
            List<Section> all = new ArrayList<>();
            names(handler)
                    .forEach(name -> config.forEach((entry, each) -> {
                        if (entry.equals(name) || entry.endsWith('/' + name)) {
                            all.add(each.settings());
                        }
                    }));
            return all;
        }

        /** The entries that may hold a handler's settings, the first one going before the others. */
        private List<String> names(RunningHandler handler) {
            Stream<String> keys =
                    handler.handler().keys().stream().sorted().map(key -> HandlerConfig.key(handler.type(), key));
            Stream<String> named = config.entrySet().stream()
                    .filter(each -> each.getValue()
                            .handler()
                            .filter(handler.className()::equals)
                            .isPresent())
                    .map(each -> each.getKey().substring(each.getKey().indexOf('/') + 1))
                    .sorted();
            return Stream.of(
                            Stream.of(handler.className()),
                            named,
                            keys,
                            Stream.of(handler.type().wireName()))
                    .flatMap(each -> each)
                    .distinct()
                    .toList();
        }

        void start(HandlerServices.GatewayParts with, Problems problems) {
            for (RunningHandler each : handlers) {
                Handler<?> handler = each.handler();
                begin(handler.getClass(), names(each), handler::start, handler::stop, with, problems);
            }
            for (RunningObserver each : observers) {
                Observer observer = each.observer();
                List<String> names = List.of(observer.getClass().getName());
                if (begin(observer.getClass(), names, observer::start, observer::stop, with, problems)) {
                    each.begin(with);
                }
            }
        }

        private boolean begin(
                Class<?> type,
                List<String> names,
                Starting start,
                Stopping stop,
                HandlerServices.GatewayParts with,
                Problems problems) {
            HandlerServices services = new HandlerServices(with, config, names);
            given.add(services);
            started.add(new Part(type, () -> {
                stop.stop();
                return null;
            }));
            int before = atStart.errors().size();
            Optional<Throwable> fault = fault(type, () -> start.start(OtherVertx.services(services)), START);
            if (fault.isPresent()) {
                LOG.atError()
                        .addKeyValue("handler", type.getName())
                        .addKeyValue("file", plugin.file())
                        .setCause(fault.get())
                        .log("handler did not start");
                HandlerJars.report(
                        problems,
                        plugin.file(),
                        type.getName() + ", whose start "
                                + words(fault.get(), START, fault.get().toString()),
                        "expected a handler that starts");
                return false;
            }
            // Settings are reported to the file's own problems; when a jar is taken in later, those are not the ones at
            // hand.
            atStart.errors().stream().skip(before).forEach(problems::add);
            if (problems.errors().isEmpty()) {
                LOG.atInfo()
                        .addKeyValue("type", what(type))
                        .addKeyValue("handler", type.getName())
                        .addKeyValue("file", plugin.file())
                        .log("custom handler loaded");
            }
            return true;
        }

        private String what(Class<?> type) {
            return handlers.stream()
                    .filter(each -> each.handler().getClass() == type)
                    .map(each -> each.type().wireName())
                    .findFirst()
                    .orElse("observer");
        }

        /** Lets those finish that it has begun, then stops it; returns at once. */
        void retire(Vertx vertx) {
            draining.add(this);
            observers.forEach(RunningObserver::end);
            Future.all(handlers.stream().map(RunningHandler::retire).toList())
                    .timeout(DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .otherwiseEmpty()
                    .onComplete(drained -> vertx.executeBlocking(
                            () -> {
                                stopDrained();
                                return null;
                            },
                            false));
        }

        /** Once, by whoever comes first: when its last push has ended, or when the gateway stops before. */
        void stopDrained() {
            if (draining.remove(this)) {
                stop();
                close();
            }
        }

        void stop() {
            observers.forEach(RunningObserver::end);
            for (Part each : started) {
                fault(each.type, each.stop::call, STOP)
                        .ifPresent(fault -> LOG.atError()
                                .addKeyValue("handler", each.type.getName())
                                .addKeyValue(
                                        "error",
                                        words(fault, STOP, fault.getClass().getName()))
                                .log("handler did not stop as it should"));
            }
            started.clear();
            given.forEach(HandlerServices::end);
        }

        void close() {
            handlers.forEach(RunningHandler::close);
            plugin.close();
        }
    }

    /** A handler's or observer's {@code start}. */
    @FunctionalInterface
    private interface Starting {
        void start(Services services) throws Exception;
    }

    /** A handler's or observer's {@code stop}. */
    @FunctionalInterface
    private interface Stopping {
        void stop() throws Exception;
    }

    /** Runs what is not ours on a thread of its own; what went wrong, if anything did. */
    private static Optional<Throwable> fault(Class<?> type, Stopping foreign, Duration limit) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                foreign.stop();
                done.complete(null);
            } catch (Throwable e) {
                LOG.atDebug().setCause(e).log("handler failed");
                done.completeExceptionally(e);
            }
        });
        thread.setContextClassLoader(type.getClassLoader());
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
}
