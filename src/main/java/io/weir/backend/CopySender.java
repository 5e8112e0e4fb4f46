package io.weir.backend;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.weir.backend.BackendException.Kind;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Throttle;
import io.weir.dispatch.durable.CopyQueue;
import io.weir.dispatch.durable.CopyQueue.Copy;
import io.weir.dispatch.durable.StoredPush;
import io.weir.wechat.codec.OpenedPush;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one backend its copies of an account's pushes, at least once, as long as it holds the lease for that. The copies of a sender go
 * one after the other: while one is to be tried again, the next wait; those of other senders do not. Used on one event loop.
 *
 * <table>
 * <caption>What becomes of a copy</caption>
 * <tr><th>answer</th><th>then</th></tr>
 * <tr><td>2xx</td><td>done</td></tr>
 * <tr><td>410</td><td>a dead letter at once</td></tr>
 * <tr><td>anything else, or none</td><td>tried again after the pauses of Standard Webhooks, or after {@code Retry-After} where that is
 * longer; after the last pause, or when the journal lets it go, a dead letter</td></tr>
 * <tr><td>not asked, since the circuit breaker is open or too much is in flight</td><td>no attempt; looked at again soon</td></tr>
 * </table>
 */
final class CopySender {
    private static final Logger LOG = LoggerFactory.getLogger(CopySender.class);
    private static final Throttle LINES = new Throttle(Duration.ofSeconds(10), 20);
    private static final int GONE = 410;
    private static final int MOST_WAITING = 1_000;
    private static final int PAGE = 200;
    private static final Duration NOT_ASKED = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    /** Standard Webhooks' schedule after the first attempt. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private final String account;
    private final BackendConfig backend;
    private final CopyQueue copies;
    private final BackendClient client;
    private final Function<StoredPush, Optional<OpenedPush>> reader;
    private final Duration keep;
    private final LongSupplier nanoTime;
    private final Counter dead;
    private final Map<String, Deque<PendingCopy>> bySender = new LinkedHashMap<>();
    private int waiting;
    private int inFlight;
    private int term;
    private boolean held;
    private boolean reading;
    private boolean asking;
    private boolean catchingUp;
    private String caughtUpTo = "0-0";
    private long pausedUntil;

    /** A copy in memory. */
    private static final class PendingCopy {
        private final Copy copy;
        private final long readNanos;
        private int attempts;
        private long dueNanos;
        private boolean underWay;

        PendingCopy(Copy copy, long nowNanos) {
            this.copy = copy;
            this.attempts = copy.attempts();
            this.readNanos = nowNanos;
            this.dueNanos = nowNanos;
        }
    }

    /**
     * Sends nothing yet.
     *
     * @param reader reads a push that was kept; empty where it is no push any more
     * @param keep how long the journal keeps a push
     * @param dead counts those that are given up
     */
    CopySender(
            String account,
            BackendConfig backend,
            CopyQueue copies,
            BackendClient client,
            Function<StoredPush, Optional<OpenedPush>> reader,
            Duration keep,
            Counter dead) {
        this.account = account;
        this.backend = backend;
        this.copies = copies;
        this.client = client;
        this.reader = reader;
        this.keep = keep;
        this.nanoTime = System::nanoTime;
        this.dead = dead;
    }

    /** Asks for the lease, or renews it. Called more often than it lasts. */
    Future<CopyQueue.Hold> hold() {
        if (asking) {
            return Future.failedFuture("asked already");
        }
        asking = true;
        return copies.hold(account, backend.name())
                .onSuccess(answer -> {
                    if (answer.held() != held) {
                        begin(answer.held());
                    }
                })
                // Whether the lease holds is not known: another may send soon.
                .onFailure(away -> begin(false))
                .onComplete(answered -> asking = false);
    }

    private void begin(boolean holding) {
        held = holding;
        term++;
        bySender.clear();
        waiting = 0;
        catchingUp = holding;
        caughtUpTo = "0-0";
    }

    /** Lets the lease go. */
    Future<Void> release() {
        boolean was = held;
        begin(false);
        return was ? copies.release(account, backend.name()) : Future.succeededFuture();
    }

    /** Reads on and sends what is due. Called some times a second. */
    void tick() {
        if (!held) {
            return;
        }
        if (!reading && waiting <= MOST_WAITING - PAGE) {
            read();
        }
        send();
    }

    private void read() {
        reading = true;
        int of = term;
        boolean pending = catchingUp;
        Future<List<Copy>> page = pending
                ? copies.pending(account, backend.name(), caughtUpTo, PAGE)
                : copies.next(account, backend.name(), PAGE);
        page.onComplete((read, away) -> {
            reading = false;
            if (read == null || of != term) {
                return;
            }
            if (pending && read.isEmpty()) {
                catchingUp = false;
            }
            read.forEach(this::add);
            if (!read.isEmpty()) {
                caughtUpTo = read.get(read.size() - 1).id();
                tick();
            }
        });
    }

    private void add(Copy copy) {
        if (backend.copies().stream()
                .noneMatch(type -> type.wireName().equals(copy.push().type()))) {
            copies.sent(account, backend.name(), List.of(copy.id()));
            return;
        }
        waiting++;
        bySender.computeIfAbsent(copy.push().sender(), each -> new ArrayDeque<>())
                .add(new PendingCopy(copy, nanoTime.getAsLong()));
    }

    private void send() {
        long now = nanoTime.getAsLong();
        if (now - pausedUntil < 0) {
            return;
        }
        int most = Math.max(1, backend.maxInFlight() / 4);
        for (Deque<PendingCopy> ofOne : new ArrayList<>(bySender.values())) {
            PendingCopy next = ofOne.peek();
            if (inFlight < most && next != null && !next.underWay && now - next.dueNanos >= 0) {
                send(next);
            }
        }
    }

    private void send(PendingCopy next) {
        Optional<OpenedPush> opened = reader.apply(next.copy.push());
        if (opened.isEmpty()) {
            bury(next, "the document is not a push any more");
            return;
        }
        next.underWay = true;
        inFlight++;
        int of = term;
        client.copy(backend.name(), delivery(opened.get(), next)).onComplete((taken, failure) -> {
            inFlight--;
            if (of == term) {
                next.underWay = false;
                if (failure == null) {
                    done(next, copies.sent(account, backend.name(), List.of(next.copy.id())));
                } else {
                    failed(next, failure);
                }
            }
        });
    }

    private Delivery<?> delivery(OpenedPush opened, PendingCopy next) {
        return new Delivery<>(
                opened.push(),
                opened.xml(),
                opened.id().text(),
                new Deadline(System.nanoTime() + backend.timeout().toNanos()),
                next.copy.push().attempt(),
                next.attempts > 0 || next.copy.redelivered(),
                true,
                false,
                next.copy.push().traceparent());
    }

    private void failed(PendingCopy next, Throwable failure) {
        BackendException told = failure instanceof BackendException known ? known : null;
        if (told != null && (told.kind() == Kind.CIRCUIT_OPEN || told.kind() == Kind.TOO_MANY)) {
            pausedUntil = nanoTime.getAsLong() + NOT_ASKED.toNanos();
            return;
        }
        next.attempts++;
        String error = told == null ? failure.getClass().getName() : String.valueOf(told.getMessage());
        if ((told != null && told.status() == GONE) || next.attempts > PAUSES.size()) {
            bury(next, error);
            return;
        }
        Duration pause = pause(next.attempts, told);
        Duration age = next.copy.age().plusNanos(nanoTime.getAsLong() - next.readNanos);
        if (age.plus(pause).compareTo(keep) > 0) {
            bury(next, error + "; the journal keeps it no longer than " + keep);
            return;
        }
        next.dueNanos = nanoTime.getAsLong() + pause.toNanos();
        copies.failed(account, backend.name(), next.copy.id(), next.attempts);
    }

    /** With jitter, so that what failed together does not come back together. */
    private static Duration pause(int attempts, @Nullable BackendException told) {
        Duration pause = PAUSES.get(attempts - 1);
        Duration jittered = pause.plusMillis(ThreadLocalRandom.current().nextLong(1 + pause.toMillis() / 10));
        Duration asked = told == null ? Duration.ZERO : told.retryAfter().orElse(Duration.ZERO);
        Duration bounded = asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
        return bounded.compareTo(jittered) > 0 ? bounded : jittered;
    }

    private void bury(PendingCopy next, String error) {
        dead.increment();
        LINES.admit(account + " " + backend.name(), System.nanoTime())
                .ifPresent(heldBack -> LOG.atWarn()
                        .addKeyValue("account", account)
                        .addKeyValue("backend", backend.name())
                        .addKeyValue("pushId", next.copy.push().pushId())
                        .addKeyValue("attempts", next.attempts)
                        .addKeyValue("error", error)
                        .addKeyValue("suppressed", heldBack)
                        .log("copy given up, now a dead letter"));
        done(next, copies.bury(account, backend.name(), next.copy, next.attempts, error));
    }

    /** Its sender's next may go. Where that is not taken, it is sent again by whoever reads it next. */
    private void done(PendingCopy next, Future<Void> told) {
        waiting--;
        Deque<PendingCopy> ofOne = bySender.get(next.copy.push().sender());
        if (ofOne != null) {
            ofOne.remove(next);
            if (ofOne.isEmpty()) {
                bySender.remove(next.copy.push().sender());
            }
        }
        told.onComplete(ended -> tick());
    }
}
