package io.weir.journal;

import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.RawRequest;
import io.weir.journal.JournalEntry.Accepted;
import io.weir.journal.Journalled.JournalRing;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.codec.PushCodec.SignedQuery;
import io.weir.wechat.codec.PushQuery;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.crypto.MessageCrypto;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last requests to the accounts of this instance: {@value #MAX_ENTRIES} accepted ones of each event loop, and as many as fit into
 * a sixteenth of the heap, where the configuration says nothing else. Beside them the last {@value #MAX_REFUSED} refused ones, which
 * anybody can send and which therefore push out no others. Any thread.
 */
public final class Journal {
    /** How many accepted requests of an event loop are kept at most. */
    public static final int MAX_ENTRIES = 1_000;

    /** How many refused requests are kept at most. */
    static final int MAX_REFUSED = 300;

    /** What is kept of a body that anybody can have sent. */
    static final int MAX_UNSIGNED_BODY = 4 * 1024;

    private static final int MAX_REPLAYED = 50;
    private static final int MAX_REFUSED_BYTES = 2 * 1024 * 1024;
    private static final int MIN_RING_BYTES = 1 << 20;
    private static final int MAX_RING_BYTES = 16 << 20;
    private static final int SHARE_OF_HEAP = 16;
    private static final int MAX_ARRAY = 1 << 30;

    /** More entries than come in a millisecond: ids go on growing when the process starts again. */
    private static final long IDS_OF_A_MILLISECOND = 1_000;

    private static final Set<Refusal.Cause> UNSIGNED =
            Set.of(Refusal.Cause.QUERY, Refusal.Cause.TIMESTAMP, Refusal.Cause.SIGNATURE, Refusal.Cause.MODE);

    private final Clock clock;
    private final AtomicLong next;
    private final long before;
    private final int most;
    private final int ringBytes;
    private final List<JournalRing> rings = new CopyOnWriteArrayList<>();
    private final Recent refused = new Recent(MAX_REFUSED, MAX_REFUSED_BYTES);
    private final Recent replayed = new Recent(MAX_REPLAYED, MAX_REFUSED_BYTES);
    private final PushCodec codec = new PushCodec(new MessageCrypto(unused -> {}), Duration.ofDays(1));

    /** An empty journal of a gateway with one event loop per core; the clock gives the first id. */
    public Journal(Clock clock) {
        this(
                clock,
                ringBytes(Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors()));
    }

    /** @param ringBytes for each event loop */
    public Journal(Clock clock, int ringBytes) {
        this(clock, MAX_ENTRIES, ringBytes);
    }

    /**
     * An empty journal of that size.
     *
     * @param most how many accepted requests of an event loop are kept
     * @param bytes for all event loops, one per core; empty for what the heap allows
     */
    public Journal(Clock clock, int most, OptionalLong bytes) {
        this(clock, most, (int) Math.min(
                MAX_ARRAY,
                bytes.orElse(ringBytes(
                                        Runtime.getRuntime().maxMemory(),
                                        Runtime.getRuntime().availableProcessors())
                                * (long) Runtime.getRuntime().availableProcessors())
                        / Runtime.getRuntime().availableProcessors()));
    }

    private Journal(Clock clock, int most, int ringBytes) {
        this.clock = clock;
        this.most = most;
        this.before = clock.millis() * IDS_OF_A_MILLISECOND - 1;
        this.next = new AtomicLong(before + 1);
        this.ringBytes = ringBytes;
    }

    static int ringBytes(long heap, int loops) {
        return (int) Math.max(MIN_RING_BYTES, Math.min(MAX_RING_BYTES, heap / SHARE_OF_HEAP / loops));
    }

    /** A ring for the attempts of one more event loop. */
    JournalRing ring() {
        JournalRing ring = new JournalRing(this, next, before, most, ringBytes);
        rings.add(ring);
        return ring;
    }

    /** Keeps a request that the codec refused, of a body that nobody signed only the beginning. */
    public void addRefused(RawRequest request, Refusal refusal) {
        boolean cut = UNSIGNED.contains(refusal.refusalCause()) && request.body().length > MAX_UNSIGNED_BODY;
        byte[] body = cut ? Arrays.copyOf(request.body(), MAX_UNSIGNED_BODY) : request.body();
        RawRequest kept =
                new RawRequest(request.account(), request.query(), body, request.peer(), request.beganNanos());
        add(refused, kept, Kind.REFUSED, refusal, null);
    }

    /** Keeps a request that the pipeline refused: the push is not genuine, though the codec accepted it. */
    void addRefused(RawRequest request, OpenedPush received, long acceptedNanos, Refusal refusal) {
        add(
                refused,
                request,
                Kind.REFUSED,
                refusal,
                new Accepted(received.id(), () -> received, acceptedNanos, Optional.empty()));
    }

    /** Keeps what an operator had handled once more. */
    void addReplayed(RawRequest request, OpenedPush received, long acceptedNanos, Outcome outcome) {
        Accepted accepted = new Accepted(received.id(), () -> received, acceptedNanos, Optional.of(outcome));
        add(replayed, request, Kind.REPLAY, null, accepted);
    }

    private void add(Recent to, RawRequest request, Kind kind, @Nullable Refusal refusal, @Nullable Accepted accepted) {
        long now = System.nanoTime();
        long atMillis = clock.millis() - (now - request.beganNanos()) / 1_000_000;
        synchronized (to) {
            to.add(new JournalEntry(next.getAndIncrement(), request, atMillis, now, kind, refusal, accepted));
        }
    }

    /** The push of a request that was accepted; null where it is not whole. */
    @Nullable
    OpenedPush decode(RawRequest request, int token, boolean sealed) {
        synchronized (codec) {
            try {
                PushQuery query = PushQuery.parse(request.query());
                return codec.read(new SignedQuery(request.account(), query, token, sealed), request.body());
            } catch (Refusal cut) {
                return null;
            }
        }
    }

    /** An entry as if another document had come; empty where that is none. */
    Optional<JournalEntry> edited(JournalEntry came, String xml) {
        RawRequest before = came.request();
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        RawRequest request = new RawRequest(before.account(), before.query(), body, before.peer(), System.nanoTime());
        synchronized (codec) {
            return codec.readAgain(before.account(), body).map(received -> {
                Accepted accepted = new Accepted(received.id(), () -> received, request.beganNanos(), came.outcome());
                return new JournalEntry(
                        came.id(), request, clock.millis(), System.nanoTime(), came.kind(), null, accepted);
            });
        }
    }

    /** How many accepted requests of an event loop are kept at most. */
    int most() {
        return most;
    }

    /** All that is there. */
    public List<JournalEntry> newestFirst() {
        List<JournalEntry> all = between(Long.MIN_VALUE, Integer.MAX_VALUE, kind -> true);
        all.sort(Comparator.comparingLong(JournalEntry::id).reversed());
        return all;
    }

    /** The entries after an id, the oldest first. */
    public List<JournalEntry> after(long id, int limit) {
        return after(id, limit, kind -> true);
    }

    /** The same of some kinds; others are not even copied. */
    List<JournalEntry> after(long id, int limit, Predicate<Kind> kinds) {
        List<JournalEntry> all = between(id, limit, kinds);
        all.sort(Comparator.comparingLong(JournalEntry::id));
        return all.size() <= limit ? all : List.copyOf(all.subList(0, limit));
    }

    /**
     * What is read from one ring after the other may be newer than what has come to one that was read before: nothing is taken
     * that was not there at the beginning.
     */
    private List<JournalEntry> between(long above, int limit, Predicate<Kind> kinds) {
        long below = next.get();
        List<JournalEntry> found = new ArrayList<>();
        for (JournalRing ring : rings) {
            found.addAll(ring.between(above, below, limit, kinds));
        }
        found.addAll(refused.between(above, below, kinds));
        found.addAll(replayed.between(above, below, kinds));
        return found;
    }

    /** The entry of an id; empty when it is gone, or never was. */
    public Optional<JournalEntry> find(long id) {
        return after(id - 1, 1).stream().filter(entry -> entry.id() == id).findFirst();
    }

    /** The id of the oldest entry that is there; where there is none, that of the next to come. */
    public long oldest() {
        long oldest = Math.min(refused.oldest(next.get()), replayed.oldest(next.get()));
        for (JournalRing ring : rings) {
            oldest = Math.min(oldest, ring.oldest().orElse(oldest));
        }
        return oldest;
    }

    /** The id of the newest entry; below {@link #oldest} where there is none. */
    public long newest() {
        return next.get() - 1;
    }

    /** The greatest id that is there no more; some below it may still be. */
    public long gone() {
        long gone = Math.max(before, Math.max(refused.gone, replayed.gone));
        for (JournalRing ring : rings) {
            gone = Math.max(gone, ring.gone());
        }
        return gone;
    }

    /** From when on all accepted requests are there: since the start, or since the oldest of what has not been pushed out. */
    Instant heldSince() {
        Instant start = Instant.ofEpochMilli((before + 1) / IDS_OF_A_MILLISECOND);
        return rings.stream()
                .flatMap(ring -> ring.heldSince(before).stream())
                .max(Comparator.naturalOrder())
                .orElse(start);
    }

    /** What the entries' times are read from: the clock that instances share. */
    Clock clock() {
        return clock;
    }

    /** How many entries are there. */
    public int size() {
        return rings.stream().mapToInt(JournalRing::size).sum() + refused.size() + replayed.size();
    }

    /** The most that it holds. */
    public long maxBytes() {
        return (long) rings.size() * ringBytes + 2 * MAX_REFUSED_BYTES;
    }

    /** Entries that do not come with every push: the last of them, as objects. */
    private static final class Recent {
        private static final int OVERHEAD_BYTES = 1_024;

        private final ArrayDeque<JournalEntry> entries = new ArrayDeque<>();
        private final int most;
        private final int mostBytes;
        private long bytes;
        private volatile long gone = Long.MIN_VALUE;

        Recent(int most, int mostBytes) {
            this.most = most;
            this.mostBytes = mostBytes;
        }

        synchronized void add(JournalEntry entry) {
            entries.add(entry);
            bytes += bytes(entry);
            while (entries.size() > most || (bytes > mostBytes && entries.size() > 1)) {
                JournalEntry dropped = entries.remove();
                bytes -= bytes(dropped);
                gone = dropped.id();
            }
        }

        private static long bytes(JournalEntry entry) {
            return OVERHEAD_BYTES
                    + 4L * entry.request().body().length
                    + 2L * entry.request().query().length();
        }

        synchronized List<JournalEntry> between(long above, long below, Predicate<Kind> kinds) {
            return entries.stream()
                    .filter(entry -> entry.id() > above && entry.id() < below && kinds.test(entry.kind()))
                    .toList();
        }

        synchronized long oldest(long otherwise) {
            return entries.isEmpty() ? otherwise : entries.element().id();
        }

        synchronized int size() {
            return entries.size();
        }
    }
}
