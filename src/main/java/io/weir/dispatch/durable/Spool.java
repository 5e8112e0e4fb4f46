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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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

    /** What the line takes that ends an entry. */
    private static final int END_BYTES = 64;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration UNREADABLE = Duration.ofMinutes(1);

    private final Path root;
    private final Limits limits;
    private final Set<Use> uses;
    private final Map<String, List<String>> copied;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final SpoolDisk disk;
    private final String name;
    private final AtomicLong queued = new AtomicLong();
    private final Throttle lines = new Throttle(Duration.ofSeconds(10), 20);
    private final SpoolThread thread;
    private final SpoolEntries entries;
    private final HandlerDeaths deaths = new HandlerDeaths();
    private final SpoolDrain drain = new SpoolDrain(this);
    /** What to do when the disk works again. */
    private final List<Runnable> unwritten = new ArrayList<>();

    private Optional<Trouble> full = Optional.empty();
    private int refusedBytes;
    private long lastId;
    private long lookedNanos;
    private volatile SpoolState state = new SpoolState(0, 0, 0, Optional.empty(), Optional.empty(), Counts.NONE);

    private Spool(
            Path root,
            Limits limits,
            Set<Use> uses,
            Map<String, List<String>> copied,
            Clock clock,
            LongSupplier nanoTime) {
        this.root = root;
        this.limits = limits;
        this.uses = Set.copyOf(uses);
        this.copied = Map.copyOf(copied);
        this.entries = new SpoolEntries(limits);
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
            put(entry);
            // Nobody knows what the earlier process has done with it.
            entry.own();
            entry.release();
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
     * @param uses what it keeps pushes for: without somebody who {@linkplain SpoolDrain takes} the journal, work alone
     * @param copied the backends that {@link #copies} are for, by the types of which they get copies; none where the journal is taken
     */
    public static Spool open(
            Path folder,
            Limits limits,
            Set<Use> uses,
            Map<String, List<String>> copied,
            Clock clock,
            LongSupplier nanoTime) {
        Spool spool = new Spool(folder, limits, uses, copied, clock, nanoTime);
        spool.thread.submit(spool.disk::open);
        spool.thread.every(TICK, spool::look);
        return spool;
    }

    /** Whether an entry lies in a spool. */
    public static boolean has(Ticket ticket) {
        return isId(ticket.text());
    }

    static boolean isId(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * How much it holds.
     *
     * @param bytes on the disk; when that is reached nothing new is taken
     * @param entries that are open
     * @param keep how long what is not work waits for whoever takes it
     * @param keepDead how long dead letters stay
     */
    public record Limits(long bytes, int entries, Duration keep, Duration keepDead) {
        private static final int MOST_ENTRIES = 200_000;

        /** What the configuration says. */
        public static Limits of(JournalConfig config) {
            return new Limits(config.maxSpool(), MOST_ENTRIES, config.keep(), config.keepDead());
        }

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

    /** The copies in it. */
    CopyQueue copies() {
        return new SpoolCopies(this, entries);
    }

    /** How it is at the moment. Any thread. */
    public SpoolState state() {
        return state;
    }

    /** Whether there is something that is not a dead letter. */
    boolean hasWaiting() {
        return state.entries() > state.dead();
    }

    /** Registers its metrics. */
    public void measure(MeterRegistry metrics) {
        Gauge.builder("weir.spool.entries", this, spool -> spool.state.entries())
                .description(
                        "Pushes on the disk whose handling has not ended, and copies that backends have not got; dead letters among them")
                .register(metrics);
        Gauge.builder("weir.spool.bytes", this, spool -> spool.state.bytes())
                .description("What the spool takes on the disk")
                .baseUnit("bytes")
                .register(metrics);
        FunctionCounter.builder(
                        "weir.spool.dropped",
                        this,
                        spool -> spool.state.counts().dropped())
                .description("Dead letters and copies that the spool had to let go, or that were too old")
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
        List<Kept> lines = lines(push, asked);
        List<byte[]> bytes = lines.stream().map(Kept::bytes).toList();
        if (lines.isEmpty()) {
            kept.complete(new Ticket(push.account(), nextId()));
        } else if (disk.failing().isPresent()) {
            kept.fail(disk.refusal(disk.failing().get().error()));
        } else if (isFull(bytes.stream().mapToInt(each -> each.length).sum())) {
            kept.fail(new SpoolException(Fault.FULL, full.map(Trouble::error).orElse("")));
        } else {
            Ticket first = new Ticket(push.account(), lines.get(0).id());
            for (int i = 0; i < lines.size(); i++) {
                Kept line = lines.get(i);
                int length = bytes.get(i).length;
                // All are written together, or none is: thread.ask tells when that is over.
                disk.own()
                        .add(
                                bytes.get(i),
                                place -> {
                                    keep(line, length, place);
                                    kept.tryComplete(first);
                                },
                                failure -> kept.tryFail(disk.refusal(failure)));
            }
        }
    }

    /** An entry for each backend that gets a copy from here, and one for all else. */
    private List<Kept> lines(StoredPush push, Set<Use> asked) {
        Set<Use> here = asked.stream().filter(uses::contains).collect(Collectors.toUnmodifiableSet());
        List<Kept> lines = new ArrayList<>();
        if (!here.isEmpty()) {
            lines.add(new Kept(nextId(), clock.instant(), here, push, Optional.empty()));
        }
        if (asked.contains(Use.JOURNAL)) {
            copied.getOrDefault(push.type(), List.of())
                    .forEach(backend -> lines.add(
                            new Kept(nextId(), clock.instant(), Set.of(Use.JOURNAL), push, Optional.of(backend))));
        }
        return lines;
    }

    private String nextId() {
        return name + ++lastId;
    }

    private void keep(Kept line, int length, Place place) {
        SpoolEntry entry = new SpoolEntry(line, length, place, nanoTime.getAsLong());
        place.segment().add(entry);
        if (entry.isWork()) {
            entry.own();
        }
        put(entry);
    }

    private void put(SpoolEntry entry) {
        entries.put(entry);
        entries.excess().forEach(this::drop);
    }

    /** Its time is over, or it gives way. */
    private void drop(SpoolEntry entry) {
        lines.admit("dropped", System.nanoTime())
                .ifPresent(suppressed -> LOG.atWarn()
                        .addKeyValue("entry", entry.id())
                        .addKeyValue("backend", entry.backend().orElse(""))
                        .addKeyValue("failures", entry.failures())
                        .addKeyValue("error", entry.error().orElse(""))
                        .addKeyValue("suppressed", suppressed)
                        .log("the spool drops a dead letter or a copy: there are too many, or it is too old"));
        disk.count(Counts.drop());
        leave(entry, entry.afterwards(), Promise.promise());
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
        find(id).filter(SpoolEntry::isWork)
                .ifPresentOrElse(entry -> leave(entry, entry.afterwards(), done), done::tryComplete);
    }

    /** It is not needed any more. */
    Future<Void> end(String id) {
        return thread.ask(
                promise -> find(id).ifPresentOrElse(entry -> leave(entry, Set.of(), promise), promise::complete));
    }

    /** Writes what is left of it. */
    private void leave(SpoolEntry entry, Set<Use> left, Promise<Void> done) {
        Runnable again = () -> leave(entry, left, done);
        if (!entries.has(entry)) {
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
        if (left.isEmpty()) {
            forget(entry);
        } else if (entries.has(entry)) {
            put(entry);
        }
        done.tryComplete();
    }

    private void forget(SpoolEntry entry) {
        entries.remove(entry);
        entry.place().segment().remove(entry);
    }

    private static SpoolFolder folder(SpoolEntry entry) {
        return entry.place().segment().folder();
    }

    @Override
    public Future<Void> failed(Ticket ticket, StoredPush push, String error) {
        return thread.ask(promise -> {
            int failures = 1 + find(ticket.text()).map(SpoolEntry::failures).orElse(0);
            promise.future().onSuccess(written -> deaths.tell(push, failures, error));
            fail(new Failed(ticket.text(), clock.instant(), failures, error, false), promise);
        });
    }

    HandlerDeaths deaths() {
        return deaths;
    }

    /** Writes what became of an entry; fails where it is there no more. */
    Future<Void> fail(Failed line) {
        return thread.ask(promise -> fail(line, promise));
    }

    private void fail(Failed line, Promise<Void> written) {
        SpoolEntry entry = find(line.id()).orElse(null);
        if (entry == null) {
            written.fail(
                    new SpoolException(Fault.DISK, "the spool " + root + " has no entry " + line.id() + " any more"));
        } else if (disk.failing().isPresent()) {
            written.fail(disk.refusal(disk.failing().get().error()));
        } else {
            folder(entry)
                    .add(
                            line.bytes(),
                            place -> {
                                if (entries.has(entry)) {
                                    entry.fail(line, Duration.ZERO, nanoTime.getAsLong());
                                    put(entry);
                                }
                                written.tryComplete();
                            },
                            failure -> written.fail(disk.refusal(failure)));
        }
    }

    @Override
    public void own(Ticket ticket) {
        thread.submit(() -> find(ticket.text()).ifPresent(SpoolEntry::own));
    }

    @Override
    public void release(Ticket ticket) {
        thread.submit(() -> find(ticket.text()).ifPresent(SpoolEntry::release));
    }

    private Optional<SpoolEntry> find(String id) {
        return entries.find(id);
    }

    /** The dead letters in it. */
    SpoolJournal journal(Set<String> accounts) {
        return new SpoolJournal(this, entries, accounts);
    }

    /** Has somebody else take what is here. */
    SpoolDrain drain() {
        return drain;
    }

    void submit(Runnable task) {
        thread.submit(task);
    }

    <T> Future<T> ask(Consumer<Promise<T>> work) {
        return thread.ask(work);
    }

    Instant now() {
        return clock.instant();
    }

    boolean isReadable(SpoolEntry entry) {
        return entry.isReadable(nanoTime.getAsLong());
    }

    @Override
    public Future<List<Abandoned>> takeOver(String account, int most) {
        return thread.ask(promise -> {
            long now = nanoTime.getAsLong();
            List<Abandoned> taken = new ArrayList<>();
            for (SpoolEntry entry : found()) {
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
                entry.ticket(),
                push,
                entry.failures(),
                entry.error(),
                age.isNegative() ? Duration.ZERO : age,
                entry.isReplay());
    }

    Optional<StoredPush> read(SpoolEntry entry) {
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

    /** What there is, also what processes have left that have gone. */
    List<SpoolEntry> found() {
        lookForAbandoned();
        return List.copyOf(entries.all());
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
        Optional<Instant> oldest = entries.all().stream().map(SpoolEntry::kept).findFirst();
        state = new SpoolState(
                entries.size(),
                entries.dead().size(),
                disk.bytes(),
                oldest,
                disk.failing().or(() -> full),
                disk.counts());
    }

    /** Every second: tries again what the disk has refused. While nothing is open, no push stays on the disk. */
    private void look() {
        if (disk.failing().isPresent()) {
            tryAgain();
            return;
        }
        entries.over(clock.instant()).forEach(this::drop);
        if (entries.size() == 0 && disk.bytes() > 0) {
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
