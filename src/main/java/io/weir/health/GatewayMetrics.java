package io.weir.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
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
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.weir.backend.BackendClient;
import io.weir.backend.CopyVerticle;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a gateway as a whole, read where the values are when somebody scrapes. What happens is counted by whoever does it.
 * Any thread. A verticle for the life of those of the JVM.
 */
public final class GatewayMetrics extends VerticleBase {
    private static final String NONE = "none";
    private final Vertx gateway;
    private final PrometheusMeterRegistry registry;
    private final CredentialGauges credentials;
    private final List<Runnable> registrations = new ArrayList<>();
    private @Nullable JvmGcMetrics collections;

    /** @param accounts their names */
    public GatewayMetrics(
            Vertx gateway,
            PrometheusMeterRegistry registry,
            List<String> accounts,
            SharedCredentials credentials,
            WeChatCredentialFetcher fetcher) {
        this.gateway = gateway;
        this.registry = registry;
        this.credentials = new CredentialGauges(accounts, credentials, fetcher, registry, System::nanoTime);
    }

    /** Registers all that it was told of, and the metrics of the JVM: to load what they need takes longer than a port should stay closed. */
    @Override
    public Future<?> start() {
        return vertx.executeBlocking(this::bind, false).onSuccess(bound -> collections = bound);
    }

    private JvmGcMetrics bind() {
        registry.getPrometheusRegistry().register(new BuildInfo());
        credentials.expect();
        registrations.forEach(Runnable::run);
        List<MeterBinder> binders = List.of(
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new FileDescriptorMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics());
        binders.forEach(each -> each.bindTo(registry));
        JvmGcMetrics bound = new JvmGcMetrics();
        bound.bindTo(registry);
        return bound;
    }

    /** Lets go of the JVM, which would keep it otherwise. */
    @Override
    public Future<?> stop() {
        if (collections != null) {
            collections.close();
        }
        return Future.succeededFuture();
    }

    /** In Prometheus' text format; gathered off the event loop, since it takes a millisecond for some hundred series. */
    public Future<String> scrape() {
        return credentials.refresh().compose(known -> gateway.executeBlocking(registry::scrape, false));
    }

    /**
     * Whether there is a Redis.
     *
     * @param redis empty where none is configured
     */
    public GatewayMetrics redis(Optional<RedisLink> redis) {
        return with(() -> Gauge.builder("weir.redis.up", redis, GatewayMetrics::up)
                .description("Whether Redis can be used; NaN where none is configured")
                .strongReference(true)
                .register(registry));
    }

    private static double up(Optional<RedisLink> redis) {
        return redis.map(RedisLink::state)
                .map(RedisState::up)
                .map(up -> up ? 1.0 : 0.0)
                .orElse(Double.NaN);
    }

    /** Files that are taken in when they change. */
    public GatewayMetrics files(Optional<ConfigurationFile> configuration, List<RepliesFile> replies) {
        return with(() -> {
            configuration.ifPresent(
                    file -> file(file.path(), file, each -> each.state().since(), ConfigurationFile::errors));
            replies.forEach(file -> file(file.path(), file, each -> each.state().since(), RepliesFile::errors));
        });
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
     * @param kinds that have a handler which may block
     * @param waiting pushes of a kind that wait for a thread
     */
    public GatewayMetrics queues(Set<PushType<?>> kinds, ToIntFunction<PushType<?>> waiting) {
        return with(() -> {
            kinds.forEach(type -> queue(type.wireName(), () -> waiting.applyAsInt(type)));
            if (kinds.isEmpty()) {
                queue(NONE, () -> 0);
            }
        });
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
        return with(() -> CopyVerticle.expectNone(registry, NONE))
                .with(() -> BackendClient.HELP.forEach((name, help) -> Counter.builder(name)
                        .description(help)
                        .tag("backend", NONE)
                        .tag("outcome", NONE)
                        .register(registry)));
    }

    /**
     * The alarm of WeChat's that belongs to no account.
     *
     * @param push the connections of the push port
     */
    public GatewayMetrics connections(OverloadRefusals push) {
        return with(() -> Gauge.builder("weir.alarm.failures", push, OverloadRefusals::recentlyUnconnected)
                .description("What WeChat may raise an alarm for, within the last five minutes, by its kind of alarm")
                .tag("account", "*")
                .tag("kind", "connect_timeout")
                .register(registry));
    }

    /** Why {@code /health} is degraded. */
    public GatewayMetrics problems(HealthProblems problems) {
        return with(() -> {
            for (Reason reason : Reason.values()) {
                Gauge.builder("weir.degraded", problems, each -> each.has(reason) ? 1 : 0)
                        .description("1 while /health is degraded for this reason")
                        .tag("reason", reason.label())
                        .register(registry);
            }
        });
    }

    /** What else registers metrics that are to be there from 0 on. */
    public GatewayMetrics with(Runnable registration) {
        registrations.add(registration);
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
