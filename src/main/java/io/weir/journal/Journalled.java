package io.weir.journal;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.RawRequest;
import io.weir.journal.JournalEntry.Accepted;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.crypto.DigestInput;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The stage of the pipeline that writes down what became of each attempt. Made and used on one event loop. */
public final class Journalled implements PushPipeline {
    private final PushPipeline inner;
    private final Journal journal;
    private final JournalRing ring;
    private final Clock clock;

    /** The stage around another one. */
    public Journalled(PushPipeline inner, Journal journal, Clock clock) {
        this.inner = inner;
        this.journal = journal;
        this.ring = journal.ring();
        this.clock = clock;
    }

    @Override
    public Future<Outcome> answer(Attempt attempt) {
        return inner.answer(attempt).onComplete((outcome, failure) -> {
            if (outcome != null) {
                ring.add(attempt, outcome, clock.millis(), System.nanoTime());
            } else {
                refused(attempt, failure);
            }
        });
    }

    private void refused(Attempt attempt, @Nullable Throwable failure) {
        if (failure instanceof Refusal refusal) {
            journal.addRefused(attempt.request(), attempt.received(), attempt.acceptedNanos(), refusal);
        }
    }

    @Override
    public Future<Void> verified(RawRequest request, ReplayKey key) {
        return inner.verified(request, key)
                .onComplete(used -> ring.addVerified(request, clock.millis(), System.nanoTime()));
    }

    /**
     * The last attempts of one event loop, as bytes in one array: objects would survive each young collection, and the old
     * generation would fill with what is soon dropped. A push is read again from its bytes when somebody looks at it.
     *
     * <p>Written by its event loop, read by any thread; the lock is held for a copy.
     */
    static final class JournalRing {
        /** Times, identity, kind, number, lengths. */
        private static final int FIXED = 8 * Long.BYTES + 4 * Integer.BYTES + 4;
        /** Behind times, identity and number. */
        private static final int KIND_AT = 8 * Long.BYTES + Integer.BYTES;

        private static final Kind[] KINDS = Kind.values();
        private static final PushId NO_PUSH = new PushId(0, 0);

        private final Journal journal;
        private final AtomicLong nextId;
        private final byte[] bytes;
        private final ByteBuffer buffer;
        private final DigestInput text = new DigestInput(1_024);
        private final long[] ids;
        private final int[] offsets;
        /** Long-lived objects, so a reference to them costs no copy. */
        private final Credentials[] accounts;

        private final SocketAddress[] peers;
        private int first;
        private int count;
        private int writeAt;
        private volatile long gone;

        /**
         * An empty ring.
         *
         * @param nextId of the whole journal
         * @param gone the greatest id from before
         */
        JournalRing(Journal journal, AtomicLong nextId, long gone, int entries, int capacity) {
            this.journal = journal;
            this.nextId = nextId;
            this.gone = gone;
            this.bytes = new byte[capacity];
            this.buffer = ByteBuffer.wrap(bytes);
            this.ids = new long[entries];
            this.offsets = new int[entries];
            this.accounts = new Credentials[entries];
            this.peers = new SocketAddress[entries];
        }

        /** Keeps an attempt; the oldest go where there is no space. What does not fit into the ring at all is cut. */
        void add(Attempt attempt, Outcome outcome, long nowMillis, long nowNanos) {
            OpenedPush received = attempt.received();
            boolean sealed = received.seal().isPresent();
            add(
                    attempt.request(),
                    new Facts(
                            attempt.id(),
                            outcome,
                            attempt.acceptedNanos(),
                            received.protection().token(),
                            sealed),
                    nowMillis,
                    nowNanos);
        }

        /** Keeps the verification of a URL. */
        void addVerified(RawRequest request, long nowMillis, long nowNanos) {
            Outcome verified = new Outcome(Kind.VERIFIED, false, Optional.empty(), Reply.NONE, 0, 0, 0, null);
            add(request, new Facts(NO_PUSH, verified, 0, 0, false), nowMillis, nowNanos);
        }

        private record Facts(PushId id, Outcome outcome, long acceptedNanos, int token, boolean sealed) {}

        @SuppressWarnings("EnumOrdinal") // Lives as long as the process.
        private synchronized void add(RawRequest request, Facts facts, long nowMillis, long nowNanos) {
            Outcome outcome = facts.outcome;
            text.clear();
            text.text(outcome.text().orElse(""));
            byte[] body = request.body();
            String query = request.query();
            int most = (bytes.length - FIXED) / 4;
            int queryLength = Math.min(query.length(), most);
            int bodyLength = Math.min(body.length, 2 * most);
            int textLength = Math.min(text.length(), most);
            int at = place(FIXED + queryLength + bodyLength + textLength);
            int slot = (first + count) % ids.length;
            long began = request.beganNanos();
            buffer.position(at);
            buffer.putLong(nowMillis - (nowNanos - began) / 1_000_000)
                    .putLong(began)
                    .putLong(facts.acceptedNanos)
                    .putLong(outcome.claimedNanos())
                    .putLong(outcome.handledNanos())
                    .putLong(nowNanos)
                    .putLong(facts.id.high())
                    .putLong(facts.id.low())
                    .putInt(outcome.attempt())
                    .put((byte) outcome.kind().ordinal())
                    .put((byte) (outcome.takenOver() ? 1 : 0))
                    .put((byte) facts.token)
                    .put((byte) ((facts.sealed ? 1 : 0) | (outcome.text().isPresent() ? 2 : 0)))
                    .putInt(queryLength)
                    .putInt(bodyLength)
                    .putInt(textLength);
            latin1(query, queryLength, buffer.position());
            buffer.position(buffer.position() + queryLength);
            buffer.put(body, 0, bodyLength).put(text.array(), 0, textLength);
            writeAt = buffer.position();
            offsets[slot] = at;
            accounts[slot] = request.account();
            peers[slot] = request.peer();
            ids[slot] = nextId.getAndIncrement();
            count++;
        }

        /** Of a query: Netty gives a character for each byte. */
        @SuppressWarnings("deprecation")
        private void latin1(String text, int length, int at) {
            text.getBytes(0, length, bytes, at);
        }

        /** Where there is space for so many bytes in a row, after as many of the oldest have gone as must. */
        private int place(int size) {
            if (count == ids.length) {
                drop();
            }
            while (count > 0) {
                int oldest = offsets[first];
                boolean wrapped = writeAt <= oldest;
                if (wrapped ? oldest - writeAt >= size : bytes.length - writeAt >= size) {
                    return writeAt;
                }
                if (!wrapped && oldest >= size) {
                    return 0;
                }
                drop();
            }
            return 0;
        }

        private void drop() {
            gone = ids[first];
            first = (first + 1) % ids.length;
            count--;
        }

        /** The greatest id that is there no more. */
        long gone() {
            return gone;
        }

        /** The entries of some kinds with an id above one and below another, the oldest first. */
        synchronized List<JournalEntry> between(long above, long below, int limit, Predicate<Kind> kinds) {
            int from = count;
            while (from > 0 && ids[(first + from - 1) % ids.length] > above) {
                from--;
            }
            List<JournalEntry> found = new ArrayList<>();
            for (int i = from; i < count && found.size() < limit; i++) {
                int slot = (first + i) % ids.length;
                if (ids[slot] < below && kinds.test(KINDS[bytes[offsets[slot] + KIND_AT]])) {
                    found.add(read(slot));
                }
            }
            return found;
        }

        synchronized Optional<Long> oldest() {
            return count == 0 ? Optional.empty() : Optional.of(ids[first]);
        }

        /** When the oldest entry came; empty where nothing has gone yet. */
        synchronized Optional<Instant> heldSince(long before) {
            return gone == before || count == 0
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochMilli(buffer.getLong(offsets[first])));
        }

        synchronized int size() {
            return count;
        }

        int capacity() {
            return bytes.length;
        }

        private JournalEntry read(int slot) {
            ByteBuffer in = ByteBuffer.wrap(bytes).position(offsets[slot]);
            long atMillis = in.getLong();
            long began = in.getLong();
            long accepted = in.getLong();
            long claimed = in.getLong();
            long handled = in.getLong();
            long ended = in.getLong();
            PushId id = new PushId(in.getLong(), in.getLong());
            int attempt = in.getInt();
            Kind kind = KINDS[in.get()];
            boolean takenOver = in.get() == 1;
            int token = in.get();
            int flags = in.get();
            byte[] query = new byte[in.getInt()];
            byte[] body = new byte[in.getInt()];
            byte[] text = new byte[in.getInt()];
            in.get(query).get(body).get(text);
            RawRequest request = new RawRequest(
                    accounts[slot], new String(query, StandardCharsets.ISO_8859_1), body, peers[slot], began);
            if (kind == Kind.VERIFIED) {
                return new JournalEntry(ids[slot], request, atMillis, ended, kind, null, null);
            }
            Optional<String> reply =
                    (flags & 2) == 0 ? Optional.empty() : Optional.of(new String(text, StandardCharsets.UTF_8));
            Outcome outcome = new Outcome(kind, takenOver, reply, Reply.NONE, attempt, claimed, handled, null);
            Decoding received = new Decoding(journal, request, token, (flags & 1) == 1);
            return new JournalEntry(
                    ids[slot],
                    request,
                    atMillis,
                    ended,
                    kind,
                    null,
                    new Accepted(id, received::get, accepted, Optional.of(outcome)));
        }

        /** The push of an entry, made of its bytes when it is asked for first. */
        private static final class Decoding {
            private final Journal journal;
            private final RawRequest request;
            private final int token;
            private final boolean sealed;
            private @Nullable OpenedPush received;

            Decoding(Journal journal, RawRequest request, int token, boolean sealed) {
                this.journal = journal;
                this.request = request;
                this.token = token;
                this.sealed = sealed;
            }

            synchronized @Nullable OpenedPush get() {
                if (received == null) {
                    received = journal.decode(request, token, sealed);
                }
                return received;
            }
        }
    }
}
