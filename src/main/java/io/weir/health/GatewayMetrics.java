package io.weir.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.backend.BackendClient;
import io.weir.client.SharedCredentials;
import io.weir.client.WeChatCredentialFetcher;
import io.weir.health.HealthProblems.Reason;
import io.weir.http.OverloadRefusals;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisState;
import io.weir.reload.ConfigurationFile;
import io.weir.replies.RepliesFile;
import io.weir.wechat.message.PushType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a gateway as a whole, read where the values are when somebody scrapes. What happens is counted by whoever does it.
 * Any thread.
 */
public final class GatewayMetrics {
    private static final String NONE = "none";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final CredentialGauges credentials;
    private @Nullable Future<Void> bound;

    /** @param accounts their names */
    public GatewayMetrics(
            Vertx vertx,
            PrometheusMeterRegistry registry,
            List<String> accounts,
            SharedCredentials credentials,
            WeChatCredentialFetcher fetcher) {
        this.vertx = vertx;
        this.registry = registry;
        this.credentials = new CredentialGauges(accounts, credentials, fetcher, registry, System::nanoTime);
        registry.getPrometheusRegistry().register(new BuildInfo());
    }

    /** In Prometheus' text format; gathered off the event loop, since it takes a millisecond for some hundred series. */
    public Future<String> scrape() {
        return bindJvm()
                .compose(there -> credentials.refresh())
                .compose(known -> vertx.executeBlocking(registry::scrape, false));
    }

    /** The metrics of the JVM, from when the gateway is ready: to load what they read takes longer than a start should. */
    public synchronized Future<Void> bindJvm() {
        Future<Void> binding = bound;
        if (binding == null) {
            binding = vertx.executeBlocking(this::bind, false);
            bound = binding;
        }
        return binding;
    }

    private @Nullable Void bind() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        return null;
    }

    /** Lets go of the JVM, which would keep it otherwise. */
    public void close() {
        collections.close();
    }

    /**
     * Whether there is a Redis.
     *
     * @param redis empty where none is configured
     */
    public GatewayMetrics redis(Optional<RedisLink> redis) {
        Gauge.builder("weir.redis.up", redis, GatewayMetrics::up)
                .description("Whether Redis can be used; NaN where none is configured")
                .strongReference(true)
                .register(registry);
        return this;
    }

    private static double up(Optional<RedisLink> redis) {
        return redis.map(RedisLink::state)
                .map(RedisState::up)
                .map(up -> up ? 1.0 : 0.0)
                .orElse(Double.NaN);
    }

    /** Files that are taken in when they change. */
    public GatewayMetrics files(Optional<ConfigurationFile> configuration, List<RepliesFile> replies) {
        configuration.ifPresent(
                file -> file(file.path(), file, each -> each.state().since(), ConfigurationFile::errors));
        replies.forEach(file -> file(file.path(), file, each -> each.state().since(), RepliesFile::errors));
        return this;
    }

    private <T> void file(Path path, T file, Function<T, Instant> since, ToDoubleFunction<T> errors) {
        Gauge.builder("weir.reload.timestamp", file, each -> since.apply(each).toEpochMilli() / 1e3)
                .description("When what is in force of a file was read")
                .baseUnit("seconds")
                .tag("file", path.toString())
                .register(registry);
        FunctionCounter.builder("weir.reload.errors", file, errors)
                .description("Newer texts of a file that were refused, or could not be read")
                .tag("file", path.toString())
                .register(registry);
    }

    /**
     * The queues before custom handlers.
     *
     * @param waiting pushes of each kind that wait for a thread
     */
    public GatewayMetrics queues(Map<PushType<?>, IntSupplier> waiting) {
        waiting.forEach((type, queue) -> queue(type.wireName(), queue));
        if (waiting.isEmpty()) {
            queue(NONE, () -> 0);
        }
        return this;
    }

    private void queue(String type, IntSupplier waiting) {
        Gauge.builder("weir.plugin.queue.depth", waiting, IntSupplier::getAsInt)
                .description(
                        "Pushes that wait for a thread of a custom handler; type none where no such handler may block")
                .tag("type", type)
                .strongReference(true)
                .register(registry);
    }

    /** Where there is no backend, the metrics of backends are there all the same. */
    public GatewayMetrics noBackends() {
        for (String name : List.of("weir.backend.requests", "weir.backend.copies")) {
            Counter.builder(name)
                    .description(BackendClient.HELP.get(name))
                    .tag("backend", NONE)
                    .tag("outcome", NONE)
                    .register(registry);
        }
        return this;
    }

    /**
     * The alarm of WeChat's that belongs to no account.
     *
     * @param push the connections of the push port
     */
    public GatewayMetrics connections(OverloadRefusals push) {
        Gauge.builder("weir.alarm.failures", push, OverloadRefusals::recentlyUnconnected)
                .description("What WeChat may raise an alarm for, within the last five minutes, by its kind of alarm")
                .tag("account", "*")
                .tag("kind", "connect_timeout")
                .register(registry);
        return this;
    }

    /** Why {@code /health} is degraded. */
    public GatewayMetrics problems(HealthProblems problems) {
        for (Reason reason : Reason.values()) {
            Gauge.builder("weir.degraded", problems, each -> each.has(reason) ? 1 : 0)
                    .description("1 while /health is degraded for this reason")
                    .tag("reason", reason.label())
                    .register(registry);
        }
        return this;
    }

    private static final class BuildInfo implements Collector {
        @Override
        public MetricSnapshot collect() {
            return InfoSnapshot.builder()
                    .name("weir_build")
                    .help("What runs")
                    .dataPoint(InfoDataPointSnapshot.builder()
                            .labels(Labels.of("version", Build.version(), "commit", Build.commit()))
                            .build())
                    .build();
        }
    }
}
