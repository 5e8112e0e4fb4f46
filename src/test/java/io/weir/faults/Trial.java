package io.weir.faults;

import io.vertx.core.Future;
import io.weir.faults.fleet.Backend;
import io.weir.faults.fleet.Balancer.Balancing;
import io.weir.faults.fleet.Fleet;
import io.weir.faults.fleet.Instance;
import io.weir.faults.push.Attempt;
import io.weir.faults.push.Checker;
import io.weir.faults.push.Figures;
import io.weir.faults.push.Healing;
import io.weir.faults.push.Push;
import io.weir.faults.push.PushMill;
import io.weir.faults.push.Pusher;
import io.weir.faults.push.RowLoad;
import io.weir.faults.push.RowRun;
import io.weir.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fleet under load while something is done to it. One thread; closing it ends everything. */
final class Trial implements AutoCloseable {
    private static final Duration COLD = Duration.ofSeconds(2);
    private static final String FIRST = "first";
    private static final Duration WELL_AGAIN = Duration.ofSeconds(30);
    private static final Duration LAST_RUNS = Duration.ofSeconds(8);
    private static final Duration ONE_PUSH = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 20;
    private static final List<Duration> REPEATS =
            List.of(Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(1_500));

    private final Fleet fleet;
    private final boolean busy;
    private final Pusher pusher;
    private final PushMill mill;
    private final List<RowLoad> loads = new ArrayList<>();
    private long warmAtMillis;
    private long faultEndMillis;
    private @Nullable Duration wellAfter;

    private Trial(Fleet fleet, Pusher pusher, String name, boolean busy) {
        this.fleet = fleet;
        this.pusher = pusher;
        this.busy = busy;
        this.mill = new PushMill(name);
    }

    /** Starts a fleet on a Redis and sends it the first pushes. */
    static Trial start(Stage stage, Scenario scenario, RedisServer redis) {
        return start(stage, scenario, redis, Balancing.AFFINITY);
    }

    static Trial start(Stage stage, Scenario scenario, RedisServer redis, Balancing balancing) {
        return start(stage, scenario, fleet(stage, scenario, uri(redis), balancing), new Pusher());
    }

    /** Starts a fleet on a Redis and sends it the first pushes, by this pusher. */
    static Trial start(Stage stage, Scenario scenario, RedisServer redis, Pusher pusher) {
        return start(stage, scenario, fleet(stage, scenario, uri(redis), Balancing.AFFINITY), pusher);
    }

    /** Starts a fleet whose texts are answered by a backend, and sends it the first pushes. */
    static Trial start(Stage stage, Scenario scenario, RedisServer redis, Backend backend) {
        Path folder = stage.folder().resolve(scenario.name());
        Fleet fleet = Fleet.start(folder, uri(redis), Balancing.AFFINITY, Optional.of(backend));
        return start(stage, scenario, fleet, new Pusher());
    }

    /** Starts a fleet of another build on a Redis and sends it the first pushes. */
    static Trial start(Stage stage, Scenario scenario, RedisServer redis, Path jar) {
        Fleet fleet = Fleet.start(stage.folder().resolve(scenario.name()), uri(redis), jar);
        return start(stage, scenario, fleet, new Pusher());
    }

    /** Starts a fleet with more sections in its configuration, and sends it the first pushes. */
    static Trial startWith(Stage stage, Scenario scenario, RedisServer redis, String more) {
        Fleet fleet = Fleet.startWith(stage.folder().resolve(scenario.name()), uri(redis), more);
        return start(stage, scenario, fleet, new Pusher());
    }

    private static String uri(RedisServer redis) {
        return "{ uri: \"" + redis.uri() + "\" }";
    }

    /** @param redis the value of {@code redis:} in the gateways' configuration */
    static Trial start(Stage stage, Scenario scenario, String redis) {
        return start(stage, scenario, fleet(stage, scenario, redis, Balancing.AFFINITY), new Pusher());
    }

    private static Fleet fleet(Stage stage, Scenario scenario, String redis, Balancing balancing) {
        return Fleet.start(stage.folder().resolve(scenario.name()), redis, balancing, Optional.empty());
    }

    private static Trial start(Stage stage, Scenario scenario, Fleet fleet, Pusher pusher) {
        return new Trial(fleet, pusher, scenario.name(), stage.busy()).firstPushes();
    }

    /** To processes that have just started. They count as all others do; only percentiles leave them out. */
    private Trial firstPushes() {
        PushMill first = new PushMill(FIRST);
        try (RowLoad load = RowLoad.start(Rates.STEADY, mix(first, () -> ""))) {
            pause(COLD);
            load.stop();
            return warm();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    Fleet fleet() {
        return fleet;
    }

    Pusher pusher() {
        return pusher;
    }

    PushMill mill() {
        return mill;
    }

    /**
     * The mix of pushes through the balancer at a steady rate, until the end. Of four, three come twice: at once, while the
     * first may still be at work, or when it is long done with.
     */
    Trial load(int perSecond, String work) {
        return load(perSecond, () -> work);
    }

    /** The same with work that changes. */
    Trial load(int perSecond, Supplier<String> work) {
        send(perSecond, mix(mill, work));
        return this;
    }

    private Supplier<Future<?>> mix(PushMill pushes, Supplier<String> work) {
        AtomicInteger turn = new AtomicInteger();
        return () -> {
            int next = turn.getAndIncrement() % (REPEATS.size() + 1);
            List<Duration> again = next < REPEATS.size() ? List.of(REPEATS.get(next)) : List.of();
            return pusher.deliver(pushes.next(work.get()), fleet.port(), again);
        };
    }

    /** Something else at a steady rate, until the end. */
    RowLoad send(int perSecond, Supplier<Future<?>> each) {
        RowLoad load = RowLoad.start(perSecond, each);
        loads.add(load);
        return load;
    }

    /** Lets the load go on for a while. */
    Trial goOn(Duration time) {
        pause(time);
        return this;
    }

    /** Percentiles leave out what was sent before now: it has warmed up what is new to the gateways. It counts all the same. */
    Trial warm() {
        warmAtMillis = System.currentTimeMillis();
        return this;
    }

    /** Marks the end of the fault and waits until {@code /health} of every instance says that nothing is wrong. */
    Trial faultEnded() {
        faultEndMillis = System.currentTimeMillis();
        if (within(WELL_AGAIN, fleet::isWell)) {
            wellAfter = Duration.ofMillis(System.currentTimeMillis() - faultEndMillis);
        }
        return this;
    }

    /** Delivers these through the balancer, all at once, and waits for what becomes of them. */
    void deliver(List<Push> pushes) {
        results(pushes.stream().map(push -> pusher.deliver(push, fleet.port())).toList());
    }

    /** So many pushes. */
    List<Push> pushes(int count, Supplier<Push> mill) {
        return Stream.generate(mill).limit(count).toList();
    }

    /** Delivers these through the balancer, each when the one before it is done with. */
    void inTurn(List<Push> pushes) {
        pushes.forEach(push -> deliver(List.of(push)));
    }

    /** Waits for all of them. */
    static <T> List<T> results(List<Future<T>> futures) {
        Future.join(futures)
                .timeout(ONE_PUSH.toSeconds(), TimeUnit.SECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return futures.stream().map(Future::result).toList();
    }

    /** Stops the load, waits for the last answers and runs, and reads both ledgers. */
    Verdict end() {
        loads.forEach(RowLoad::stop);
        within(LAST_RUNS, () -> figures().lost() == 0);
        fleet.keep("pusher.attempts", pusher.ledger());
        return new Verdict(figures(), heal(), new LogRate(fleet.logLines()), busy).stalled(pusher.longestStall());
    }

    private Figures figures() {
        return new Checker(pusher.ledger(), fleet.runs()).figures(warmAtMillis);
    }

    private Optional<Duration> heal() {
        if (faultEndMillis == 0 || wellAfter == null) {
            return Optional.empty();
        }
        Duration well = wellAfter;
        return Healing.since(faultEndMillis, pusher.ledger()).map(load -> load.compareTo(well) > 0 ? load : well);
    }

    /** The handlers' lines about the pushes of this row, without the first ones. */
    List<RowRun> runs() {
        return fleet.runs().stream().filter(run -> !isFirst(run.push())).toList();
    }

    /** The pusher's lines about the pushes of this row, without the first ones. */
    List<Attempt> attempts() {
        return pusher.ledger().stream()
                .filter(attempt -> !isFirst(attempt.push()))
                .toList();
    }

    private static boolean isFirst(String push) {
        return push.startsWith(FIRST + "-");
    }

    /** Waits for something, looking again and again; whether it came. */
    static boolean within(Duration limit, BooleanSupplier holds) {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause(Duration.ofMillis(LOOK_MILLIS));
        }
        return true;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether no process of the fleet has ended by itself. */
    boolean allAlive() {
        return fleet.instances().stream().allMatch(Instance::isAlive);
    }

    /** The first of the three, which most rows break. */
    Instance victim() {
        return fleet.instances().get(0);
    }

    @Override
    public void close() {
        loads.forEach(RowLoad::close);
        pusher.close();
        fleet.close();
    }
}
