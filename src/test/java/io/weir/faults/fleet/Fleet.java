package io.weir.faults.fleet;

import io.weir.faults.fleet.Balancer.Balancing;
import io.weir.faults.push.Account;
import io.weir.faults.push.RowRun;
import io.weir.faults.push.RunLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Three gateways behind HAProxy, with shared state and a WeChat behind them. Closing it ends every process. */
public final class Fleet implements AutoCloseable {
    private static final List<String> NAMES = List.of("one", "two", "three");
    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: %d }
            admin: { host: 127.0.0.1, port: %d }
            redis: %s
            wechat: { baseUri: "%s" }
            accounts:
              %s: { appId: %s, appSecret: %s, token: %s, encodingAesKey: %s, mode: compatible }
            """;
    private static final String HANDLERS = """
            handlers:
              text: { settings: { instance: %1$s, ledger: "%2$s" } }
              CLICK: { late: retry, settings: { instance: %1$s, ledger: "%2$s" } }
              scancode_push: { settings: { instance: %1$s, ledger: "%2$s" } }
            """;

    private final Path folder;
    private final CustomerService customerService = CustomerService.start();
    private final List<Instance> instances;
    private final Optional<Backend> backend;
    private final String more;
    private @Nullable Balancer balancer;

    private Fleet(Path folder, Path jar, Optional<Backend> backend, String more) {
        this.folder = folder;
        this.more = more;
        this.backend = backend;
        this.instances =
                NAMES.stream().map(name -> new Instance(name, folder, jar)).toList();
    }

    /**
     * Starts one and waits until all of it is ready.
     *
     * @param folder for configurations, logs and ledgers; what earlier fleets left there goes
     * @param redis the value of {@code redis:} in the gateways' configuration
     * @param backend what answers in the place of the rig's handlers; ends with the fleet
     */
    public static Fleet start(Path folder, String redis, Balancing balancing, Optional<Backend> backend) {
        return start(new Fleet(folder, Weir.jar(), backend, ""), redis, balancing);
    }

    /** Starts one of another build and waits until all of it is ready. */
    public static Fleet start(Path folder, String redis, Path jar) {
        return start(new Fleet(folder, jar, Optional.empty(), ""), redis, Balancing.AFFINITY);
    }

    /** Starts one with more sections in its configuration. */
    public static Fleet startWith(Path folder, String redis, String more) {
        return start(new Fleet(folder, Weir.jar(), Optional.empty(), more), redis, Balancing.AFFINITY);
    }

    private static Fleet start(Fleet fleet, String redis, Balancing balancing) {
        try {
            fleet.write(redis);
            fleet.instances.forEach(Instance::start);
            fleet.instances.forEach(Instance::awaitReady);
            fleet.balancer = Balancer.start(fleet.folder, fleet.instances, balancing);
            return fleet;
        } catch (IOException | RuntimeException e) {
            fleet.close();
            throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
        }
    }

    private void write(String redis) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> left = Files.list(folder)) {
            for (Path each : left.filter(Files::isRegularFile).toList()) {
                Files.delete(each);
            }
        }
        if (backend.isPresent()) {
            backend.get().start(folder);
        } else {
            HandlerJar.write(folder.resolve("handlers/rig.jar"));
        }
        for (Instance each : instances) {
            Files.writeString(folder.resolve(each.name() + ".yaml"), configuration(each, redis));
        }
    }

    private String configuration(Instance instance, String redis) {
        Account account = Account.RIG;
        String common = more
                + CONFIGURATION.formatted(
                        instance.pushPort(),
                        instance.adminPort(),
                        redis,
                        customerService.uri(),
                        account.name(),
                        account.appId(),
                        account.appSecret(),
                        account.token(),
                        account.encodingAesKey());
        String handlers = HANDLERS.formatted(instance.name(), folder.resolve(instance.name() + ".runs"));
        return common + backend.map(Backend::configuration).orElse(handlers);
    }

    /** Adds a line that means nothing to every configuration, so that each instance reads its own again. */
    public void changeConfiguration() {
        try {
            for (Instance each : instances) {
                Files.writeString(folder.resolve(each.name() + ".yaml"), "# read again\n", StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Instance> instances() {
        return instances;
    }

    /** The port of the balancer. */
    public int port() {
        return Objects.requireNonNull(balancer, "started").port();
    }

    public CustomerService customerService() {
        return customerService;
    }

    /** What the handlers have noted so far, each line of each instance's ledger. */
    public List<RowRun> runs() {
        return new RunLedger(folder).runs();
    }

    /** Leaves something beside the logs, a line each, for who wants to know more of a row. */
    public void keep(String file, List<?> lines) {
        try {
            Files.write(
                    folder.resolve(file), lines.stream().map(Object::toString).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether every instance runs and has nothing to complain of. */
    public boolean isWell() {
        return instances.stream().allMatch(Instance::isWell);
    }

    /** The lines of all logs. */
    public List<String> logLines() {
        return instances.stream().flatMap(each -> each.logLines().stream()).toList();
    }

    @Override
    public void close() {
        if (balancer != null) {
            balancer.close();
        }
        instances.forEach(Instance::close);
        backend.ifPresent(Backend::close);
        customerService.close();
    }
}
