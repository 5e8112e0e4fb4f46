package io.weir.dispatch.once;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.OutcomeCounters;
import io.weir.dispatch.Throttle;
import io.weir.dispatch.durable.DurableWork;
import io.weir.dispatch.durable.DurableWork.Use;
import io.weir.dispatch.once.PushStore.Expected;
import io.weir.dispatch.once.PushStore.KeyUse;
import io.weir.dispatch.once.PushStore.Swap;
import io.weir.redis.RedisException;
import io.weir.redis.RedisFault;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executions of an instance, one table for all its event loops, and what outlives them here: answers, replay keys, and what
 * was decided without the store and is to be told to it. Any thread.
 */
public final class Executions implements PushesInProgress {
    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);
    private static final long TELL_AGAIN_MILLIS = 500;
    private static final int MAX_UNTOLD = 1 << 16;
    private static final long MAX_UNTOLD_BYTES = Runtime.getRuntime().maxMemory() / 16;

    private static final int MAX_LATE_REPLIES = 1_000;

    private static final Throttle UNEXPECTED = new Throttle(Duration.ofSeconds(10), 20);

    private final Map<PushId, Execution> inFlight = new ConcurrentHashMap<>();
    private final Map<PushType<?>, AtomicInteger> perType = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final ArrayDeque<Untold> untold = new ArrayDeque<>();
    /** The oldest go. */
    private final Map<PushId, LateEnd> lateReplies = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PushId, LateEnd> eldest) {
            return size() > MAX_LATE_REPLIES;
        }
    });

    private final PushStore store;
    private final String owner;
    private final Expected ours;
    private final Expected oursOrFree;
    private final Rules rules;
    private final KeptAnswers answers;
    private final ReplayKeys keys;
    private final Counter alone;
    private final Counter takeovers;
    private final Counter joins;
    private final Counter unkept;
    private final Counter shed;
    private long untoldBytes;
    private boolean telling;
    private volatile @Nullable Promise<Void> finishing;

    /**
     * What once-only goes by, the same on all event loops.
     *
     * @param lateRetries decides which late attempts are left unanswered
     * @param late takes the replies that come too late
     * @param outcomes counts
     * @param clock gives the replies their CreateTime, and the first attempts their time
     * @param durable what is kept beyond this process
     * @param nanoTime what passes steadily, in production {@link System#nanoTime}
     */
    public record Rules(
            OnceLimits limits,
            LateRetryLimiter lateRetries,
            LateReplies late,
            OutcomeCounters outcomes,
            Durable durable,
            Clock clock,
            LongSupplier nanoTime) {}

    /**
     * Which pushes are kept beyond this process.
     *
     * @param work where; also what was acknowledged before its run had ended
     * @param before what the pushes of a type are kept for before they are answered; nothing for other types
     */
    public record Durable(DurableWork work, Map<PushType<?>, Set<Use>> before) {
        /** Nothing outlives the process. */
        public static final Durable NONE = new Durable(DurableWork.NONE, Map.of());

        Set<Use> before(Push push) {
            return before.getOrDefault(push.type(), Set.of());
        }
    }

    /**
     * An empty table.
     *
     * @param owner name of this instance, like no other's and new at each start; without blanks
     */
    public Executions(PushStore store, String owner, Rules rules, MeterRegistry metrics) {
        this.store = store;
        this.owner = owner;
        this.ours = Expected.beginning(Row.Running.ownedBy(owner));
        this.oursOrFree = Expected.freeOrBeginning(ours.text());
        this.rules = rules;
        this.answers = new KeptAnswers(rules.limits().kept(), rules.nanoTime());
        this.keys = new ReplayKeys(
                rules.limits().window(),
                () -> Math.min(rules.clock().millis(), System.currentTimeMillis()),
                rules.nanoTime());
        this.alone = Counter.builder("weir.claims.alone")
                .description("Pushes that this instance decided alone, since Redis was away")
                .register(metrics);
        this.takeovers = Counter.builder("weir.takeovers")
                .description("Executions that were taken over from an instance that had gone")
                .register(metrics);
        this.joins = Counter.builder("weir.joins")
                .description("Attempts that waited for the run of another attempt")
                .register(metrics);
        this.unkept = Counter.builder("weir.unkept.pushes")
                .description("Pushes that had to be kept and could not be: neither Redis nor the spool took them")
                .register(metrics);
        this.shed = Counter.builder("weir.overload.refusals")
                .description("What was refused because there was no space for it, by policy")
                .tag("server", "push")
                .tag("policy", "execution")
                .register(metrics);
        answers.register(metrics);
        keys.register(metrics);
        Gauge.builder("weir.in.flight.executions", inFlight, Map::size)
                .description("Executions that have not ended")
                .register(metrics);
    }

    /** How many have not ended. */
    public int size() {
        return inFlight.size();
    }

    /** How many answers had to go before their time: more came than there is space for. */
    public long forgotten() {
        return answers.forgotten();
    }

    /** How many pushes were decided alone, since the start. */
    public long alone() {
        return (long) alone.count();
    }

    /** Completes when all have ended, their late replies sent, or when the time is over. Never fails. */
    public Future<Void> finish(Loop loop, Duration limit) {
        Promise<Void> finished = Promise.promise();
        finishing = finished;
        if (inFlight.isEmpty()) {
            finished.tryComplete();
        }
        loop.after(limit.toMillis(), () -> {
            if (finished.tryComplete() && !inFlight.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("pushes", inFlight.size())
                        .addKeyValue("waited", limit)
                        .log("stopped while handlers had not finished; raise push.drain if they may take longer");
            }
        });
        return finished.future();
    }

    /** Whether this instance stops: it begins nothing more of others. */
    boolean isFinishing() {
        return finishing != null;
    }

    Rules rules() {
        return rules;
    }

    PushStore store() {
        return store;
    }

    String owner() {
        return owner;
    }

    /** A row of a run of this instance. */
    Expected ours() {
        return ours;
    }

    /** The same, or none. */
    Expected oursOrFree() {
        return oursOrFree;
    }

    KeptAnswers answers() {
        return answers;
    }

    ReplayKeys keys() {
        return keys;
    }

    /** Puts an execution in, unless the push has one: then that one. */
    @Nullable
    Execution putIfAbsent(Execution execution) {
        return inFlight.putIfAbsent(execution.id(), execution);
    }

    void remove(Execution execution) {
        inFlight.remove(execution.id(), execution);
        Promise<Void> waiting = finishing;
        if (waiting != null && inFlight.isEmpty()) {
            waiting.tryComplete();
        }
    }

    /** Whether the push has one that has not ended. */
    boolean has(PushId id) {
        return inFlight.containsKey(id);
    }

    /** Whether it has one that has not ended, and to which that entry belongs. */
    boolean isAbout(PushId id, String entry) {
        Execution execution = inFlight.get(id);
        return execution != null
                && execution.entry().name().filter(entry::equals).isPresent();
    }

    @Override
    public List<Attempt> running() {
        return inFlight.values().stream()
                .filter(execution -> execution.answer().isEmpty())
                .map(Execution::first)
                .toList();
    }

    @Override
    public Optional<String> lateReply(PushId id) {
        Optional<String> ended = Optional.ofNullable(lateReplies.get(id)).map(LateEnd::became);
        return ended.isEmpty() && has(id) ? Optional.of(PENDING) : ended;
    }

    @Override
    public Optional<LateMessage> lateMessage(PushId id) {
        return Optional.ofNullable(lateReplies.get(id))
                .filter(end -> end.became.equals(SENT))
                .map(end -> new LateMessage(end.reply, end.at));
    }

    /** What became of a late reply. */
    private record LateEnd(String became, Reply reply, Instant at) {}

    /** Notes what became of the late reply of a push. */
    void noteLate(PushId id, String became, Reply reply) {
        Reply kept = became.equals(SENT) ? reply : Reply.NONE;
        lateReplies.put(id, new LateEnd(became, kept, rules.clock().instant()));
    }

    /** All that have not ended, to renew their leases. */
    Iterable<Execution> all() {
        return inFlight.values();
    }

    /** Whether there is space for one more run; what is admitted is {@linkplain #release released} again. */
    boolean admit(Push push, int weight) {
        AtomicInteger ofType = perType.computeIfAbsent(push.type(), type -> new AtomicInteger());
        int all = admitted.incrementAndGet();
        int same = ofType.incrementAndGet();
        long held = bytes.addAndGet(weight);
        int most = rules.limits().maxExecutions();
        boolean free =
                all <= most && same <= (most + 1) / 2 && held <= rules.limits().maxBytes();
        if (!free) {
            release(push, weight);
            shed.increment();
        }
        return free;
    }

    void release(Push push, int weight) {
        admitted.decrementAndGet();
        bytes.addAndGet(-weight);
        AtomicInteger ofType = perType.get(push.type());
        if (ofType != null) {
            ofType.decrementAndGet();
        }
    }

    void countAlone() {
        alone.increment();
    }

    /** A push that had to be kept has run, and could not be kept. */
    void countUnkept(Push push) {
        unkept.increment();
        UNEXPECTED
                .admit("unkept " + push.account(), System.nanoTime())
                .ifPresent(heldBack -> LOG.atError()
                        .addKeyValue("account", push.account())
                        .addKeyValue("type", push.type().wireName())
                        .addKeyValue("suppressed", heldBack)
                        .log("push could not be kept, WeChat was left without an answer"));
    }

    void countTakeover() {
        takeovers.increment();
    }

    void countJoin() {
        joins.increment();
    }

    /** Logs what should not happen, once in a while when it happens for every push. */
    static void logUnexpected(Throwable bug) {
        UNEXPECTED
                .admit(bug.getClass().getName(), System.nanoTime())
                .ifPresent(heldBack -> LOG.atError()
                        .addKeyValue("suppressed", heldBack)
                        .setCause(bug)
                        .log("the store of pushes could not be asked"));
    }

    /** Something that was decided without the store. */
    private record Untold(PushId id, ReplayKey key, Optional<Row> row) {
        private static final int OVERHEAD_BYTES = 256;

        long bytes() {
            return OVERHEAD_BYTES
                    + 2L * row.flatMap(Row::answer).map(String::length).orElse(0);
        }
    }

    private Future<KeyUse> use(ReplayKey key) {
        return store.use(key)
                .compose(found -> found == KeyUse.OTHER && key.covered()
                        ? store.use(key.apart())
                        : Future.succeededFuture(found));
    }

    /** Uses a key up in the store, sooner or later. On the loop. */
    Future<KeyUse> useUp(Loop loop, PushId id, ReplayKey key) {
        return use(key).onFailure(away -> loop.run(() -> tell(loop, id, key, Optional.empty())));
    }

    /**
     * Tells the store what was decided without it, as soon as it can be told. On the loop.
     *
     * @param row empty when only the key is to be told
     */
    void tell(Loop loop, PushId id, ReplayKey key, Optional<Row> row) {
        synchronized (untold) {
            Untold news = new Untold(id, key, row);
            untold.add(news);
            untoldBytes += news.bytes();
            while (untold.size() > MAX_UNTOLD || untoldBytes > MAX_UNTOLD_BYTES) {
                untoldBytes -= untold.remove().bytes();
            }
            if (telling) {
                return;
            }
            telling = true;
        }
        tellNext(loop);
    }

    private void tellNext(Loop loop) {
        Untold next;
        synchronized (untold) {
            next = untold.peek();
            if (next == null) {
                telling = false;
                return;
            }
        }
        // The row first: a key without a row would mean that the answer has expired.
        Future<Swap> row = next.row.isEmpty()
                ? Future.succeededFuture(Swap.WRITTEN)
                : store.replace(next.id, oursOrFree, next.row);
        row.compose(written -> use(next.key))
                .onSuccess(told -> {
                    forget(next);
                    loop.run(() -> tellNext(loop));
                })
                .onFailure(failure -> {
                    if (isForeign(failure)) {
                        forget(next);
                    }
                    loop.run(() -> loop.after(TELL_AGAIN_MILLIS, () -> tellNext(loop)));
                });
    }

    private void forget(Untold told) {
        synchronized (untold) {
            if (untold.remove(told)) {
                untoldBytes -= told.bytes();
            }
        }
    }

    /** Whether another version or program has written the key: it goes no better another time. */
    private static boolean isForeign(Throwable failure) {
        return failure instanceof RedisException redis
                && (redis.fault() == RedisFault.OTHER_VERSION || redis.fault() == RedisFault.WRONG_TYPE);
    }

    /** Where a reply goes that comes too late for every attempt. Called on any event loop. */
    public interface LateReplies {

        /**
         * Sends it in another way, or counts it as lost with the reason; called once per push.
         *
         * @param age how long ago the push arrived
         * @param traceparent what a proxy in front called its request by
         * @return completes when that is done, with {@value io.weir.dispatch.once.PushesInProgress#SENT} or the reason why it is lost; never fails
         */
        Future<String> send(Push push, Reply reply, Duration age, Optional<String> traceparent);

        /** Counts a reply as lost, since Redis could not be asked who may send it. */
        void lost(Push push, Reply reply);
    }
}
