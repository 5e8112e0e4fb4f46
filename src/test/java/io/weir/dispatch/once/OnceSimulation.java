package io.weir.dispatch.once;

import io.weir.dispatch.Deadline;
import io.weir.dispatch.Late;
import io.weir.dispatch.once.OnceHistory.Story;
import io.weir.dispatch.once.OnceHistory.Tried;
import io.weir.dispatch.once.OnceHistory.Tried.Kind;
import io.weir.dispatch.once.SimulatedRedis.Outage;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One schedule: three pushes of WeChat's, with its retries, copies and recordings of them, to three instances with the real classes
 * of once-only, and a Redis. A seed decides all that happens, so that it happens again with the same seed. One thread.
 */
final class OnceSimulation {
    /** A handler that throws. */
    static final long THROWS = -1;

    /** A handler that never replies. */
    static final long NEVER = -2;

    static final long DEADLINE = TimeUnit.MILLISECONDS.toNanos(4_500);
    private static final OnceLimits LIMITS = OnceLimits.DEFAULT;
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long BETWEEN_ATTEMPTS = 5_000 * MILLI;
    private static final long END = 150_000 * MILLI;
    private static final List<SimulatedRedis.Kind> KINDS = List.of(SimulatedRedis.Kind.values());
    private static final int PUSHES = 3;
    private static final long[] TAKES_MILLIS = {1, 5, 300, 2_000, 4_400, 6_000, 9_000};
    private static final long[] COPY_AFTER_MILLIS = {0, 1, 40, 1_500};
    private static final long[] STALL_MILLIS = {200, 700, 3_000, 12_000};
    private static final long[] AWAY_MILLIS = {500, 3_000, 8_000};
    private static final long[] DOWN_MILLIS = {500, 4_000, 20_000};

    private final Conditions conditions;
    private final SplittableRandom random;
    private final VirtualScheduler time;
    private final OnceHistory history;
    private final SimulatedRedis redis;
    private final SimulatedWork work;
    private final Late policy;
    private final VirtualInstance[] fleet;
    private final boolean[] draining;
    private final List<List<VirtualLoop.Stall>> stalls = new ArrayList<>();
    private final long[] skewMillis;
    private final long[] beginMillis = new long[PUSHES];
    private final long[] takesMillis = new long[PUSHES];
    private int starts;

    /**
     * What can happen in a schedule.
     *
     * @param instances how many there are
     * @param affinity whether the balancer sends a user's pushes to the same instance as long as that is there
     * @param kills whether instances are killed, or drained, and started again
     * @param stalls whether instances, or single event loops, are stopped for up to 12 s
     * @param away whether Redis is away at times, for one instance or for all
     * @param failover whether a replica takes over that lacks up to the last 300 ms
     */
    record Conditions(
            String name,
            int instances,
            boolean affinity,
            boolean kills,
            boolean stalls,
            boolean away,
            boolean failover) {
        /** One in so many pushes may come to what a failover causes. */
        private static final int FAILED_OVER = 50;

        /** One in so many may come to what an outage causes. */
        private static final int CUT_OFF = 10;

        /** Whether an exception can come of what happens here. */
        boolean mayCause(String exception) {
            return switch (exception.substring(0, exception.indexOf(':'))) {
                case "failover" -> failover;
                case "torn" -> stalls;
                case "forged" -> stalls || away || failover;
                case "killed" -> kills;
                case "taken over", "counted as lost" -> kills || stalls || away || failover;
                case "alone and killed" -> kills && (stalls || away);
                default -> stalls || away;
            };
        }

        /** How often an exception may happen. */
        int bound(String exception, int pushes) {
            return 3 + pushes / (exception.startsWith("failover") ? FAILED_OVER : CUT_OFF);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private OnceSimulation(Conditions conditions, long seed, boolean verbose) {
        this.conditions = conditions;
        // Seeds one after the other must not draw the same numbers one after the other.
        this.random = new SplittableRandom(new Random(seed).nextLong());
        // The scale of nanoTime begins anywhere: here it often runs over the end of a long.
        this.time = new VirtualScheduler(Long.MAX_VALUE - random.nextLong(2 * END));
        this.history = new OnceHistory(time, verbose);
        long limit = conditions.away ? pick(200, 1_500, 4_000) : 1_500;
        double slow = conditions.away && random.nextInt(4) == 0 ? 0.03 : 0;
        this.redis = new SimulatedRedis(time, random, history, LIMITS, limit, slow);
        this.work = new SimulatedWork(time, random, redis::isAway);
        this.policy = random.nextInt(4) == 0 ? Late.RETRY : Late.SUCCESS;
        this.fleet = new VirtualInstance[conditions.instances];
        this.draining = new boolean[conditions.instances];
        this.skewMillis = new long[conditions.instances];
    }

    /** Runs one schedule and checks it. */
    static Result run(Conditions conditions, long seed, boolean verbose) {
        OnceSimulation simulation = new OnceSimulation(conditions, seed, verbose);
        simulation.prepare();
        simulation.time.runUntil(END);
        OnceInvariants invariants = new OnceInvariants(simulation.policy, LIMITS);
        invariants.check(simulation.history);
        return new Result(simulation.history, invariants);
    }

    /** What came of a schedule. */
    record Result(OnceHistory history, OnceInvariants invariants) {}

    private void prepare() {
        history.log("policy %s", policy);
        for (int i = 0; i < PUSHES; i++) {
            beginMillis[i] = random.nextLong(3_000);
            takesMillis[i] = random.nextInt(20) == 0 ? THROWS : random.nextInt(40) == 0 ? NEVER : pick(TAKES_MILLIS);
        }
        for (int slot = 0; slot < fleet.length; slot++) {
            skewMillis[slot] = random.nextLong(-200, 200);
            stalls.add(conditions.stalls ? stalls() : List.of());
            start(slot);
        }
        if (conditions.kills && random.nextBoolean()) {
            prepareKill();
        }
        if (conditions.away) {
            prepareOutage();
        }
        if (conditions.failover) {
            redis.remembersWrites();
            time.after(moment(8_000), () -> redis.failOver(random.nextLong(300 * MILLI)));
        }
        for (int i = 0; i < PUSHES; i++) {
            preparePush(i);
        }
    }

    /** When something happens: at any time, or just when an attempt comes, a handler ends or a deadline has come. */
    private long moment(long withinMillis) {
        if (random.nextBoolean()) {
            return random.nextLong(withinMillis) * MILLI;
        }
        int push = random.nextInt(PUSHES);
        long after = pick(0, 5_000, 10_000, Math.max(0, takesMillis[push]), DEADLINE / MILLI);
        return (beginMillis[push] + after) * MILLI + random.nextLong(10 * MILLI);
    }

    /** For each of two loops in turn: when it is stopped; most stops concern both. */
    private List<VirtualLoop.Stall> stalls() {
        if (random.nextBoolean()) {
            return List.of();
        }
        long from = moment(12_000);
        VirtualLoop.Stall stall = new VirtualLoop.Stall(from, from + pick(STALL_MILLIS) * MILLI);
        return random.nextInt(4) == 0 ? List.of(stall) : List.of(stall, stall);
    }

    private void start(int slot) {
        String name = "ABC".charAt(slot) + "#" + starts++;
        VirtualInstance.Setup setup = new VirtualInstance.Setup(
                LIMITS,
                policy,
                skewMillis[slot],
                instance -> conditions.instances == 1 ? new PushStore.Solo() : redis.seenBy(instance),
                work);
        VirtualInstance instance = new VirtualInstance(name, slot, setup, time, random, history);
        for (int i = 0; i < stalls.get(slot).size(); i++) {
            instance.loops().get(i).stall(stalls.get(slot).get(i));
            history.log("%-6s loop %d will stop: %s", name, i, stalls.get(slot).get(i));
        }
        fleet[slot] = instance;
        draining[slot] = false;
    }

    private void prepareKill() {
        int slot = random.nextInt(fleet.length);
        long at = moment(9_000);
        long down = pick(DOWN_MILLIS) * MILLI;
        if (random.nextInt(3) == 0) {
            time.after(at, () -> {
                draining[slot] = true;
                fleet[slot].drain(Duration.ofSeconds(10));
            });
            time.after(at + 11_000 * MILLI + down, () -> start(slot));
        } else {
            time.after(at, () -> {
                fleet[slot].kill();
                askAgainAtOnce(fleet[slot]);
            });
            time.after(at + down, () -> start(slot));
        }
    }

    private void prepareOutage() {
        SimulatedRedis.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        long from = moment(8_000);
        long until = from + pick(AWAY_MILLIS) * MILLI;
        long noticed = kind == SimulatedRedis.Kind.REFUSED ? from : from + pick(200, 1_500, 60_000) * MILLI;
        Set<Integer> slots = random.nextInt(3) == 0 ? Set.of(random.nextInt(fleet.length)) : Set.of(0, 1, 2);
        Outage outage = new Outage(kind, from, until, noticed, slots);
        history.log("redis  will be away: %s", outage);
        redis.away(outage);
    }

    // --- WeChat

    /** A push of WeChat's. */
    private final class Pushed {
        private final Story story;
        private final Click push;
        private final Click forged;
        private final ReplayKey key;
        private final int home;
        private final List<Tried> open = new ArrayList<>();
        private int number = 1;

        Pushed(Story story, Click push, Click forged, ReplayKey key) {
            this.story = story;
            this.push = push;
            this.forged = forged;
            this.key = key;
            this.home = random.nextInt(fleet.length);
        }

        ReplayKey key(Kind kind) {
            return kind == Kind.FORGED ? new ReplayKey(key.seconds(), key.hash(), key.digest() + 1, false) : key;
        }
    }

    private final List<Pushed> pushes = new ArrayList<>();

    private void preparePush(int number) {
        long begin = beginMillis[number] * MILLI;
        long takes = takesMillis[number];
        Head head = new Head(
                "main", "gh_1", "oA" + number, VirtualScheduler.timeOfDay(begin).truncatedTo(ChronoUnit.SECONDS));
        boolean covered = random.nextBoolean();
        long seconds = head.createTime().getEpochSecond();
        ReplayKey key = new ReplayKey(seconds, random.nextLong(), random.nextLong() | 1, covered);
        if (number == 2 && covered && pushes.get(0).key.covered() && random.nextInt(3) == 0) {
            // WeChat drew the same nonce in the same second.
            ReplayKey other = pushes.get(0).key;
            key = new ReplayKey(other.seconds(), other.hash(), key.digest(), true);
        }
        Story story = new Story(new PushId(random.nextLong(), random.nextLong()), "p" + number, key, takes);
        history.add(story);
        Pushed push = new Pushed(
                story,
                new Click(head, story.name(), Optional.empty()),
                new Click(head, story.name() + OnceHistory.FORGED, Optional.empty()),
                key);
        pushes.add(push);
        history.add(story, push.push);
        history.add(story, push.forged);
        history.log("%s takes %d ms, home %s, %s", story.name(), takes, "ABC".charAt(push.home), key);
        time.after(begin, () -> sendAll(push));
        prepareOthers(push, begin);
    }

    /** What does not come of WeChat's retries: copies, recordings, forgeries. */
    private void prepareOthers(Pushed push, long begin) {
        if (random.nextBoolean()) {
            time.after(begin + pick(COPY_AFTER_MILLIS) * MILLI, () -> send(push, 1, Kind.WECHAT));
        }
        if (random.nextInt(10) < 3) {
            time.after(begin + pick(64_500, 75_000, 90_000) * MILLI, () -> send(push, 9, Kind.RECORDED));
        }
        if (random.nextInt(10) < 3) {
            time.after(begin + pick(64_500, 75_000, 90_000) * MILLI, () -> send(push, 9, Kind.FORGED));
        }
        if (random.nextInt(10) == 0) {
            time.after(begin + pick(20, 2_500, 10_500) * MILLI, () -> send(push, 3, Kind.FORGED));
        }
    }

    /** The next attempt, and what comes after it. */
    private void sendAll(Pushed push) {
        int number = push.number;
        send(push, number, Kind.WECHAT);
        time.after(BETWEEN_ATTEMPTS, () -> {
            if (push.number == number && number < 3 && !isAnswered(push, number)) {
                push.number++;
                sendAll(push);
            }
        });
    }

    private static boolean isAnswered(Pushed push, int number) {
        return push.story.attempts.stream()
                .anyMatch(each -> each.kind == Kind.WECHAT && each.number == number && each.taken);
    }

    /** The balancer sends what an instance had not answered to another one, sometimes. */
    private void askAgainAtOnce(VirtualInstance killed) {
        for (Pushed push : pushes) {
            for (Tried attempt : List.copyOf(push.open)) {
                if (attempt.at == killed && attempt.isOpen()) {
                    attempt.closedNanos = time.now();
                    if (random.nextBoolean()) {
                        time.after(random.nextLong(10 * MILLI), () -> send(push, attempt.number, attempt.kind));
                    }
                }
            }
        }
    }

    private void send(Pushed push, int number, Kind kind) {
        Optional<VirtualInstance> target = target(push);
        // A forger who is faster than WeChat cannot be told from it.
        boolean tooEarly = kind == Kind.FORGED && push.story.runs.isEmpty();
        if (target.isEmpty() || tooEarly) {
            return;
        }
        long begun = time.now();
        long timeoutMillis = random.nextInt(30) == 0 ? random.nextLong(5_000) : 5_000;
        Tried tried = new Tried(history, push.story, number, kind, target.get(), begun, begun + timeoutMillis * MILLI);
        push.open.add(tried);
        time.after(
                random.nextLong(100_000, 3 * MILLI),
                () -> target.get().receives(tried, loop -> {
                    long arrived = loop.nanoTime();
                    return SimulatedInstance.attempt(
                            kind == Kind.FORGED ? push.forged : push.push,
                            push.story.id(),
                            push.key(kind),
                            arrived,
                            new Deadline(arrived + DEADLINE),
                            tried::isOpen);
                }));
    }

    private Optional<VirtualInstance> target(Pushed push) {
        List<VirtualInstance> there = new ArrayList<>();
        for (VirtualInstance instance : fleet) {
            if (instance.isAlive() && !draining[instance.slot()]) {
                there.add(instance);
            }
        }
        if (there.isEmpty()) {
            return Optional.empty();
        }
        boolean home = there.contains(fleet[push.home]) && conditions.affinity && random.nextInt(5) > 0;
        return Optional.of(home ? fleet[push.home] : there.get(random.nextInt(there.size())));
    }

    private long pick(long... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
