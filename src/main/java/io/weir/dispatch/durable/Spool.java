package io.weir.dispatch.durable;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.dispatch.Throttle;
import io.weir.dispatch.durable.SpoolFolder.Place;
import io.weir.dispatch.durable.SpoolLine.Done;
import io.weir.dispatch.durable.SpoolLine.Failed;
import io.weir.dispatch.durable.SpoolLine.Kept;
import io.weir.dispatch.durable.SpoolState.Counts;
import io.weir.dispatch.durable.SpoolState.Fault;
import io.weir.dispatch.durable.SpoolState.Trouble;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps pushes on the disk of this machine, without Redis or while that cannot take them: a folder of JSON lines, one for each
 * entry, failure and end. What is asked in the meantime of a sync shares the next. All files are touched by one thread of the
 * spool's.
 *
 * <p>Each process has a folder of its own in it, and takes over those whose processes have gone ({@link SpoolFolder}). The push of
 * an entry stays on the disk; some hundred bytes of it are in memory.
 */
public final class Spool implements DurableWork {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String PREFIX = "spool-";
    /** In characters, what waits for the disk. */
    private static final int MOST_QUEUED = 16_000_000;

    private static final int MOST_DEAD = 1_000;
    /** What the line takes that ends an entry. */
    private static final int END_BYTES = 64;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration UNREADABLE = Duration.ofMinutes(1);

    private final Path root;
    private final Limits limits;
    private final Set<Use> uses;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final SpoolDisk disk;
    private final String name;
    private final AtomicLong queued = new AtomicLong();
    private final Throttle lines = new Throttle(Duration.ofSeconds(10), 20);
    private final SpoolThread thread;
    private final Map<String, SpoolEntry> entries = new LinkedHashMap<>();
    private final Set<SpoolEntry> dead = new LinkedHashSet<>();
    /** What to do when the disk works again. */
    private final List<Runnable> unwritten = new ArrayList<>();

    private Optional<Trouble> full = Optional.empty();
    private int refusedBytes;
    private long lastId;
    private long lookedNanos;
    private boolean draining;
    private volatile SpoolState state = new SpoolState(0, 0, 0, Optional.empty(), Optional.empty(), Counts.NONE);

    private Spool(Path root, Limits limits, Set<Use> uses, Clock clock, LongSupplier nanoTime) {
        this.root = root;
        this.limits = limits;
        this.uses = Set.copyOf(uses);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lookedNanos = nanoTime.getAsLong();
        this.disk = new SpoolDisk(root, limits.segmentBytes(), clock, nanoTime, new Changes());
        this.thread = new SpoolThread(disk, this::written);
        this.name = PREFIX + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX) + "-";
    }

    /** What the folders have besides what was written to them. */
    private final class Changes implements SpoolDisk.Listener {
        @Override
        public void found(SpoolEntry entry) {
            entries.put(entry.id(), entry);
            if (entry.isDead()) {
                dead.add(entry);
            }
        }

        @Override
        public void lost(SpoolEntry entry) {
            forget(entry);
        }
    }

    /**
     * Opens one. What fails in that is told by {@link #state}, and tried again.
     *
     * @param folder made where it is missing; several processes may share it
     * @param uses what it keeps pushes for: without somebody who {@linkplain #drain takes} the journal, work alone
     */
    public static Spool open(Path folder, Limits limits, Set<Use> uses, Clock clock, LongSupplier nanoTime) {
        Spool spool = new Spool(folder, limits, uses, clock, nanoTime);
        spool.thread.submit(spool.disk::open);
        spool.thread.every(TICK, spool::look);
        return spool;
    }

    /** Whether an entry lies in a spool. */
    public static boolean has(Ticket ticket) {
        return ticket.text().startsWith(PREFIX);
    }

    /**
     * How much it holds.
     *
     * @param bytes on the disk; when that is reached nothing new is taken
     * @param entries that are open
     */
    public record Limits(long bytes, int entries) {
        /** 64 MiB. */
        public static final Limits DEFAULT = new Limits(64L << 20, 200_000);

        private static final int LEAST_SEGMENT = 1 << 16;

        public Limits {
            if (bytes < LEAST_SEGMENT || entries < 1) {
                throw new IllegalArgumentException("a spool of " + bytes + " bytes for " + entries + " entries");
            }
        }

        int segmentBytes() {
            return (int) Math.min(Math.max(bytes / 16, LEAST_SEGMENT), 1 << 28);
        }
    }

    /** It could not be kept; the message says why, and what helps. */
    public static final class SpoolException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Fault fault;

        SpoolException(Fault fault, String message) {
            super(message, null, false, false);
            this.fault = fault;
        }

        public Fault fault() {
            return fault;
        }
    }

    /**
     * An entry that somebody else may keep from now on.
     *
     * @param uses what it is still kept for
     * @param failures how often its handler has failed
     * @param dead whether that was so often that it is not tried again
     */
    public record Drained(
            StoredPush push, Set<Use> uses, int failures, Optional<String> error, boolean dead, Instant kept) {}

    /** How it is at the moment. Any thread. */
    public SpoolState state() {
        return state;
    }

    /** Registers its metrics. */
    public void measure(MeterRegistry metrics) {
        Gauge.builder("weir.spool.entries", this, spool -> spool.state.entries())
                .description("Pushes on the disk whose handling has not ended, dead letters among them")
                .register(metrics);
        Gauge.builder("weir.spool.bytes", this, spool -> spool.state.bytes())
                .description("What the spool takes on the disk")
                .baseUnit("bytes")
                .register(metrics);
        FunctionCounter.builder(
                        "weir.spool.errors", this, spool -> spool.state.counts().errors())
                .description("How often the spool's disk has failed")
                .register(metrics);
    }

    @Override
    public Future<Ticket> keep(StoredPush push, Set<Use> uses) {
        int size = push.xml().length() + END_BYTES;
        if (queued.addAndGet(size) > MOST_QUEUED) {
            queued.addAndGet(-size);
            return Future.failedFuture(new SpoolException(
                    Fault.DISK, "the disk of the spool " + root + " is too slow: as much waits for it as may"));
        }
        return thread.ask(promise -> {
            queued.addAndGet(-size);
            keepNow(push, uses, promise);
        });
    }

    private void keepNow(StoredPush push, Set<Use> asked, Promise<Ticket> kept) {
        String id = name + ++lastId;
        Set<Use> here = asked.stream().filter(uses::contains).collect(Collectors.toUnmodifiableSet());
        Kept line = new Kept(id, clock.instant(), here, push);
        byte[] bytes = line.bytes();
        if (here.isEmpty()) {
            kept.complete(new Ticket(push.account(), id));
        } else if (disk.failing().isPresent()) {
            kept.fail(disk.refusal(disk.failing().get().error()));
        } else if (isFull(bytes.length)) {
            kept.fail(new SpoolException(Fault.FULL, full.map(Trouble::error).orElse("")));
        } else {
            disk.own()
                    .add(
                            bytes,
                            place -> kept.complete(kept(line, bytes.length, place)),
                            failure -> kept.fail(disk.refusal(failure)));
        }
    }

    private Ticket kept(Kept line, int length, Place place) {
        SpoolEntry entry = new SpoolEntry(line, length, place, nanoTime.getAsLong());
        place.segment().add(entry);
        entries.put(entry.id(), entry);
        if (entry.isWork()) {
            entry.own();
        }
        return entry.ticket();
    }

    private boolean isFull(int more) {
        if (!hasRoom(more)) {
            disk.tidy(limits.bytes / 8);
        }
        if (hasRoom(more)) {
            return false;
        }
        if (full.isEmpty()) {
            String error = "the spool " + root + " is full: " + entries.size() + " pushes, " + disk.bytes()
                    + " bytes. It empties as they are handled, or as Redis takes them; a larger bound lasts longer";
            full = Optional.of(new Trouble(Fault.FULL, error, clock.instant()));
            LOG.atWarn()
                    .addKeyValue("folder", root)
                    .addKeyValue("entries", entries.size())
                    .addKeyValue("bytes", disk.bytes())
                    .log("the spool is full; pushes are left unanswered, so that WeChat asks again");
        }
        refusedBytes = more;
        return true;
    }

    /** Each entry will need a line that ends it. */
    private boolean hasRoom(int more) {
        return entries.size() < limits.entries
                && disk.bytes() + more + END_BYTES * (entries.size() + 1L) <= limits.bytes;
    }

    /** Tried again until it is on the disk; where the process ends before, the entry is there again. */
    @Override
    public Future<Void> done(Ticket ticket) {
        Future<Void> done = thread.ask(promise -> done(ticket.text(), promise));
        return done.otherwiseEmpty();
    }

    private void done(String id, Promise<Void> done) {
        SpoolEntry entry = entries.get(id);
        if (entry == null || !entry.isWork()) {
            done.tryComplete();
        } else {
            leave(entry, entry.withoutWork(), done);
        }
    }

    /** Writes what is left of it. */
    private void leave(SpoolEntry entry, Set<Use> left, Promise<Void> done) {
        Runnable again = () -> leave(entry, left, done);
        if (!entries.containsKey(entry.id())) {
            done.tryComplete();
        } else if (disk.failing().isPresent()) {
            unwritten.add(again);
        } else {
            Done line = new Done(entry.id(), left);
            folder(entry).add(line.bytes(), place -> left(entry, left, done), failure -> unwritten.add(again));
        }
    }

    private void left(SpoolEntry entry, Set<Use> left, Promise<Void> done) {
        entry.leave(left);
        dead.remove(entry);
        if (left.isEmpty()) {
            forget(entry);
        }
        done.tryComplete();
    }

    private void forget(SpoolEntry entry) {
        entries.remove(entry.id());
        dead.remove(entry);
        entry.place().segment().remove(entry);
    }

    private static SpoolFolder folder(SpoolEntry entry) {
        return entry.place().segment().folder();
    }

    @Override
    public Future<Void> failed(Ticket ticket, StoredPush push, String error) {
        return thread.ask(promise -> failed(ticket.text(), error, promise));
    }

    private void failed(String id, String error, Promise<Void> written) {
        SpoolEntry entry = entries.get(id);
        if (entry == null) {
            written.fail(new SpoolException(Fault.DISK, "the spool " + root + " has no entry " + id + " any more"));
        } else if (disk.failing().isPresent()) {
            written.fail(disk.refusal(disk.failing().get().error()));
        } else {
            Failed line = new Failed(id, clock.instant(), entry.failures() + 1, error);
            folder(entry)
                    .add(
                            line.bytes(),
                            place -> failed(entry, line, written),
                            failure -> written.fail(disk.refusal(failure)));
        }
    }

    private void failed(SpoolEntry entry, Failed line, Promise<Void> written) {
        entry.fail(line, Duration.ZERO, nanoTime.getAsLong());
        if (entry.isDead()) {
            dead.add(entry);
            dropDead();
        }
        written.tryComplete();
    }

    /** The oldest dead letters give way. */
    private void dropDead() {
        long size = dead.stream().mapToLong(SpoolEntry::lineBytes).sum();
        for (SpoolEntry oldest : List.copyOf(dead)) {
            if (dead.size() <= MOST_DEAD && size <= limits.bytes / 8) {
                return;
            }
            size -= oldest.lineBytes();
            dead.remove(oldest);
            disk.count(Counts.drop());
            LOG.atWarn()
                    .addKeyValue("entry", oldest.id())
                    .addKeyValue("failures", oldest.failures())
                    .addKeyValue("error", oldest.error().orElse(""))
                    .log("a dead letter of the spool gives way to newer ones");
            leave(oldest, oldest.withoutWork(), Promise.promise());
        }
    }

    @Override
    public void own(Ticket ticket) {
        thread.submit(() -> find(ticket).ifPresent(SpoolEntry::own));
    }

    @Override
    public void release(Ticket ticket) {
        thread.submit(() -> find(ticket).ifPresent(SpoolEntry::release));
    }

    private Optional<SpoolEntry> find(Ticket ticket) {
        return Optional.ofNullable(entries.get(ticket.text()));
    }

    @Override
    public Future<List<Abandoned>> takeOver(String account, int most) {
        return thread.ask(promise -> {
            lookForAbandoned();
            long now = nanoTime.getAsLong();
            List<Abandoned> taken = new ArrayList<>();
            for (SpoolEntry entry : List.copyOf(entries.values())) {
                if (taken.size() < most && entry.isDue(account, now)) {
                    read(entry).ifPresent(push -> taken.add(abandoned(entry, push)));
                }
            }
            promise.complete(taken);
        });
    }

    private Abandoned abandoned(SpoolEntry entry, StoredPush push) {
        entry.own();
        Duration age = Duration.between(entry.kept(), clock.instant());
        return new Abandoned(
                entry.ticket(), push, entry.failures(), entry.error(), age.isNegative() ? Duration.ZERO : age);
    }

    private Optional<StoredPush> read(SpoolEntry entry) {
        try {
            return Optional.of(folder(entry).push(entry));
        } catch (IOException e) {
            disk.count(Counts.error());
            entry.postpone(UNREADABLE, nanoTime.getAsLong());
            lines.admit("unreadable", System.nanoTime())
                    .ifPresent(suppressed -> LOG.atWarn()
                            .addKeyValue("error", String.valueOf(e.getMessage()))
                            .addKeyValue("suppressed", suppressed)
                            .log("an entry of the spool cannot be read; tried again in a minute"));
            return Optional.empty();
        }
    }

    /**
     * Hands entries that nobody of this process handles to somebody else, and ends those here that were taken. Those that are
     * handled at the moment stay.
     *
     * @param most how many at most; they are handed over at the same time
     * @param to takes one; where its future fails, the entry stays
     * @return how many were taken; fails where one was not. One at a time: while another drains, none
     */
    public Future<Integer> drain(int most, Function<Drained, Future<Void>> to) {
        Future<Map<SpoolEntry, Drained>> begun = thread.ask(promise -> promise.complete(beginDrain(most)));
        return begun.compose(handed -> {
            if (handed.isEmpty()) {
                return Future.succeededFuture(0);
            }
            List<Future<Void>> all = new ArrayList<>();
            handed.forEach((entry, drained) -> all.add(hand(entry, drained, to)));
            return Future.join(all)
                    .onComplete(ended -> thread.submit(() -> draining = false))
                    .map(all.size());
        });
    }

    private Map<SpoolEntry, Drained> beginDrain(int most) {
        Map<SpoolEntry, Drained> handed = new LinkedHashMap<>();
        if (draining) {
            return handed;
        }
        lookForAbandoned();
        for (SpoolEntry entry : List.copyOf(entries.values())) {
            if (handed.size() < most && !entry.isOwned()) {
                read(entry).ifPresent(push -> handed.put(entry, drained(entry, push)));
            }
        }
        draining = !handed.isEmpty();
        return handed;
    }

    private static Drained drained(SpoolEntry entry, StoredPush push) {
        entry.own();
        return new Drained(push, entry.uses(), entry.failures(), entry.error(), entry.isDead(), entry.kept());
    }

    private Future<Void> hand(SpoolEntry entry, Drained drained, Function<Drained, Future<Void>> to) {
        return Future.succeededFuture(drained)
                .compose(to)
                .onFailure(refused -> thread.submit(entry::release))
                .compose(taken -> thread.ask(promise -> leave(entry, Set.of(), promise)));
    }

    /** Takes over what processes have left that have gone. */
    private void lookForAbandoned() {
        long now = nanoTime.getAsLong();
        if (disk.failing().isEmpty() && now - lookedNanos >= LOOK.toNanos()) {
            lookedNanos = now;
            disk.look();
        }
    }

    private void written() {
        disk.tidy(disk.bytes() / 2 + limits.segmentBytes());
        if (full.isPresent() && hasRoom(refusedBytes)) {
            full = Optional.empty();
            LOG.atInfo().addKeyValue("folder", root).log("the spool takes pushes again");
        }
        Optional<Instant> oldest =
                entries.values().stream().map(SpoolEntry::kept).findFirst();
        state = new SpoolState(
                entries.size(),
                dead.size(),
                disk.bytes(),
                oldest,
                disk.failing().or(() -> full),
                disk.counts());
    }

    /** Every second: tries again what the disk has refused. While nothing is open, no push stays on the disk. */
    private void look() {
        if (disk.failing().isPresent()) {
            tryAgain();
        } else if (entries.isEmpty() && disk.bytes() > 0) {
            disk.clear();
        }
    }

    private void tryAgain() {
        if (disk.tryAgain()) {
            List<Runnable> again = List.copyOf(unwritten);
            unwritten.clear();
            again.forEach(Runnable::run);
        }
    }

    /** Writes what was asked, and leaves what is there to others. */
    public Future<Void> close() {
        return thread.end(disk::close);
    }

    /** As if the process had died. */
    Future<Void> abandon() {
        return thread.end(disk::abandon);
    }

    /** As if a second had passed. */
    Future<Void> tick() {
        return thread.ask(promise -> {
            look();
            promise.complete();
        });
    }

    /** How often it had something written to the disk. */
    long syncs() {
        return disk.syncs();
    }
}
