package io.weir.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.simulator.load.LoadSummary.Percentiles;
import io.weir.simulator.push.Courier;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.simulator.push.Gateways;
import io.weir.simulator.push.Handling;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.PushTemplates;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.Pusher.Connections;
import io.weir.simulator.push.TestAccounts;
import io.weir.simulator.time.RealTime;
import io.weir.simulator.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LoadTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime(Instant.ofEpochSecond(1790000000));
    private final List<Promise<Delivered>> begun = new ArrayList<>();

    @Test
    void deliversTwoThousandPushesSixtyFourAtATime(Vertx vertx) {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        URI gateway = Gateways.http(vertx, (body, response) -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            response.endHandler(end -> open.decrementAndGet());
            vertx.setTimer(1, later -> response.end("success"));
        });

        LoadSummary summary = real(vertx, gateway, new LoadPlan(2000, 64, OptionalDouble.empty(), HOUR), 0);

        assertThat(summary.pushes()).isEqualTo(2000);
        assertThat(summary.accepted()).isEqualTo(2000);
        assertThat(summary.failures()).isEmpty();
        assertThat(summary.attempts()).isEqualTo(2000);
        assertThat(summary.users()).isEqualTo(new LoadSummary.Users(0, 2000, 0));
        assertThat(most.get()).as("more than a client's five connections").isBetween(6, 64);
        Percentiles times = summary.times().orElseThrow();
        assertThat(List.of(times.p50(), times.p90(), times.p99(), times.max())).isSorted();
    }

    @Test
    void sendsEachPushSeveralTimesAndComparesTheAnswers(Vertx vertx) {
        AtomicInteger count = new AtomicInteger();
        URI alike = Gateways.http(vertx, (body, response) -> {
            count.incrementAndGet();
            response.end("success");
        });
        LoadPlan plan = new LoadPlan(50, 8, OptionalDouble.empty(), HOUR);

        LoadSummary summary = real(vertx, alike, plan, 2);

        assertThat(summary.pushes()).isEqualTo(50);
        assertThat(summary.accepted()).isEqualTo(50);
        assertThat(summary.attempts()).isEqualTo(150);
        assertThat(summary.duplicates()).isEqualTo(new LoadSummary.Duplicates(100, 0));
        assertThat(count.get()).isEqualTo(150);

        URI moody = Gateways.http(
                vertx, (body, response) -> response.end(count.incrementAndGet() % 3 == 0 ? "" : "success"));
        assertThat(real(vertx, moody, plan, 2).duplicates().differing()).isPositive();
    }

    @Test
    void countsWhatFailsByReason(Vertx vertx) {
        AtomicInteger count = new AtomicInteger();
        URI gateway = Gateways.http(vertx, (body, response) -> {
            if (count.incrementAndGet() % 10 == 0) {
                response.end("ok");
            } else {
                response.end("success");
            }
        });

        LoadSummary summary = real(vertx, gateway, new LoadPlan(100, 1, OptionalDouble.empty(), HOUR), 0);

        assertThat(summary.accepted()).isEqualTo(90);
        assertThat(summary.failed()).isEqualTo(10);
        assertThat(summary.failures()).hasSize(1).containsValue(10);
        assertThat(summary.users()).isEqualTo(new LoadSummary.Users(0, 90, 10));
        assertThat(summary.unanswered()).isZero();
    }

    @Test
    void keepsToTheRateHoweverLongTheAnswersTake() {
        Load load = load(new LoadPlan(1000, 1000, OptionalDouble.of(50), HOUR));

        Future<LoadSummary> running = load.run();
        assertThat(begun).hasSize(1);
        time.advance(Duration.ofMillis(19));
        assertThat(begun).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(begun).hasSize(2);
        time.advance(Duration.ofMillis(980));
        assertThat(begun).hasSize(51);
        time.advance(Duration.ofSeconds(30));

        assertThat(begun).hasSize(1000);
        assertThat(running.isComplete()).isFalse();
        begun.forEach(push -> push.complete(accepted()));
        assertThat(Gateways.await(running).late()).isZero();
    }

    @Test
    void beginsLateWhereTheConcurrencyLeavesNoRoomAndSaysSo() {
        Load load = load(new LoadPlan(10, 2, OptionalDouble.of(10), HOUR));

        Future<LoadSummary> running = load.run();
        time.advance(Duration.ofSeconds(5));
        assertThat(begun).hasSize(2);
        for (int i = 0; i < 10; i++) {
            begun.get(i).complete(accepted());
        }

        assertThat(Gateways.await(running).pushes()).isEqualTo(10);
        assertThat(Gateways.await(running).late()).isEqualTo(8);
    }

    @Test
    void catchesUpInSmallSteps() {
        Load load = load(new LoadPlan(500, 1000, OptionalDouble.of(500), HOUR));
        time.advance(Duration.ofSeconds(1));

        load.run();

        assertThat(begun).hasSize(8);
        time.advance(Duration.ZERO);
        assertThat(begun).hasSize(500);
    }

    @Test
    void beginsTheNextWhenOneIsOver() {
        Load load = load(new LoadPlan(5, 2, OptionalDouble.empty(), HOUR));

        Future<LoadSummary> running = load.run();
        assertThat(begun).hasSize(2);
        begun.get(1).complete(accepted());
        assertThat(begun).hasSize(3);
        List.of(0, 2, 3, 4).forEach(i -> begun.get(i).complete(accepted()));

        assertThat(Gateways.await(running).pushes()).isEqualTo(5);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void survivesAMillionPushesThatAreOverAtOnce() {
        Delivered one = accepted();
        Load load = new Load(
                new LoadPlan(1_000_000, 1, OptionalDouble.empty(), HOUR), time, index -> Future.succeededFuture(one));

        assertThat(Gateways.await(load.run()).pushes()).isEqualTo(1_000_000);
    }

    @Test
    void beginsNothingMoreAfterTheLimitAndWaitsForWhatRuns() {
        Load load = load(new LoadPlan(100, 1, OptionalDouble.of(1), Duration.ofSeconds(3)));

        Future<LoadSummary> running = load.run();
        begun.get(0).complete(accepted());
        time.advance(Duration.ofSeconds(1));
        time.advance(Duration.ofMinutes(5));
        assertThat(begun).hasSize(2);
        assertThat(running.isComplete()).isFalse();
        begun.get(1).complete(accepted());

        assertThat(Gateways.await(running).pushes()).isEqualTo(2);
        assertThat(begun).hasSize(2);
    }

    @Test
    void stopsAtOnceWithWhatThereIs() {
        Load load = load(new LoadPlan(100, 3, OptionalDouble.empty(), HOUR));

        Future<LoadSummary> running = load.run();
        begun.get(0).complete(accepted());
        load.stop();
        begun.get(1).complete(accepted());

        assertThat(Gateways.await(running).pushes()).isEqualTo(1);
        assertThat(begun).hasSize(4);
    }

    private Load load(LoadPlan plan) {
        IntFunction<Future<Delivered>> sender = index -> {
            Promise<Delivered> push = Promise.promise();
            begun.add(push);
            return push.future();
        };
        return new Load(plan, time, sender);
    }

    private static LoadSummary real(Vertx vertx, URI gateway, LoadPlan plan, int duplicates) {
        RealTime real = new RealTime(vertx);
        Courier courier = new Courier(new Pusher(
                vertx, real, Duration.ofSeconds(15), new Connections(plan.concurrency() * (1 + duplicates), false)));
        PushSeries pushes = new PushSeries(
                new PushFactory(PushTemplates.bundled()), PushOrder.of("text"), TestAccounts.withoutKey());
        Handling handling = Handling.LIKE_WECHAT.withDuplicates(duplicates);
        return Gateways.await(new Load(
                        plan,
                        real,
                        index -> courier.deliver(
                                pushes.get(index), TestAccounts.in(PushMode.PLAINTEXT), gateway, handling))
                .run());
    }

    private static Delivered accepted() {
        return TestDeliveries.answered("success", DeliveryVerdict.Effect.NOTHING, Duration.ofMillis(1));
    }
}
