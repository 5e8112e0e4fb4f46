package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.once.PushesInProgress;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.journal.RecentStream.Line;
import io.weir.wechat.message.PushId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sends the requests at the push port to those who listen, as server-sent events. It looks into the journal every now and then,
 * while somebody listens: those who write the journal do not wait for anybody, and nothing is queued for a listener beside
 * what his connection has not taken yet. On the admin port's event loop.
 */
final class LiveFeed {
    static final int MAX_LISTENERS = 20;
    private static final int MAX_EVENTS = 250;
    private static final int MAX_RUNNING = 50;
    private static final int MAX_LOOKED_AT = 500;
    private static final long SEEN_NANOS = 100_000_000;
    /** Of bodies that are read again in one look, so that the event loop is not kept from pushes. */
    private static final int MAX_BYTES = 256 * 1024;

    private final Vertx vertx;
    private final Journal journal;
    private final Predicate<ApiRequest> mayListen;
    private final Pace pace;
    private final Optional<Others> others;
    private final PushesInProgress inFlight;
    private final List<Listener> listeners = new ArrayList<>();
    private long timer = -1;

    /**
     * How it goes.
     *
     * @param look how often it looks for what is new
     * @param sign how often a listener is shown that the connection lives, and asked whether he may still listen
     * @param timeout how long one may take nothing before he is cut
     */
    record Pace(Duration look, Duration sign, Duration timeout) {
        static final Pace DEFAULT = new Pace(Duration.ofMillis(50), Duration.ofSeconds(15), Duration.ofSeconds(10));
    }

    /** What comes to other instances, as far as this one hears of it. */
    interface Others {
        /** The name of this instance. */
        String self();

        /** The number of the last line. */
        long newest();

        /** Gives the lines after a number that are there, the oldest first; the number of the last. */
        long after(long number, Consumer<Line> taker);
    }

    /** A feed of what comes to this instance. */
    LiveFeed(Vertx vertx, Journal journal, Predicate<ApiRequest> mayListen, Pace pace) {
        this(vertx, journal, mayListen, pace, Optional.empty(), PushesInProgress.NONE);
    }

    /**
     * A feed of what comes to any instance.
     *
     * @param others with them each push tells its instance; only those of this one have an id, and can be gone on behind
     * @param inFlight what has no answer yet: all of that is told whenever it has changed
     */
    LiveFeed(
            Vertx vertx,
            Journal journal,
            Predicate<ApiRequest> mayListen,
            Pace pace,
            Optional<Others> others,
            PushesInProgress inFlight) {
        this.vertx = vertx;
        this.journal = journal;
        this.mayListen = mayListen;
        this.pace = pace;
        this.others = others;
        this.inFlight = inFlight;
    }

    Future<ApiAnswer> open(ApiRequest request) {
        PushFilter filter = others.isPresent() ? PushFilter.ofFleet(request) : PushFilter.of(request);
        if (listeners.size() >= MAX_LISTENERS) {
            throw ApiProblem.of(
                    503,
                    "Too many listen already",
                    "There may be " + MAX_LISTENERS + " streams at once: close another page of the console.");
        }
        String last = request.headers().get("Last-Event-ID");
        long seen = last == null ? journal.newest() : number(last);
        return Future.succeededFuture(ApiAnswer.streaming(
                "text/event-stream",
                response -> begin(new Listener(filter, () -> mayListen.test(request), response, seen))));
    }

    /** What is no id of ours is older than all that is there. */
    private static long number(String id) {
        return id.matches("\\d{1,16}") ? Long.parseLong(id) : 0;
    }

    private void begin(Listener listener) {
        listener.response
                .setChunked(true)
                .closeHandler(closed -> end(listener))
                .exceptionHandler(broken -> end(listener));
        listener.response.write("retry: 2000\n\n");
        listeners.add(listener);
        if (timer < 0) {
            timer = vertx.setPeriodic(pace.look.toMillis(), id -> look());
        }
        listener.resume();
        listener.look(running(System.nanoTime()));
    }

    private void end(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty() && timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void look() {
        List<JournalEntry> running = running(System.nanoTime());
        List.copyOf(listeners).forEach(listener -> listener.look(running));
    }

    /** What has run for a moment, the oldest first: nobody could see the rest. Read once for all who listen. */
    private List<JournalEntry> running(long now) {
        return inFlight.running().stream()
                .filter(attempt -> now - attempt.arrivedNanos() > SEEN_NANOS)
                .sorted(Comparator.comparingLong(Attempt::arrivedNanos))
                .limit(MAX_LOOKED_AT)
                .map(attempt -> PushSummary.running(attempt, journal.clock()))
                .toList();
    }

    int size() {
        return listeners.size();
    }

    /** One who listens, and what he has seen. */
    private final class Listener {
        private final PushFilter filter;
        private final BooleanSupplier mayListen;
        private final HttpServerResponse response;
        private long seen;
        private long seenOthers = others.map(Others::newest).orElse(0L);
        private long toldGone;
        private List<PushId> toldRunning = List.of();
        private long tookNanos = System.nanoTime();
        private long signNanos = System.nanoTime();
        private long askedNanos = System.nanoTime();

        Listener(PushFilter filter, BooleanSupplier mayListen, HttpServerResponse response, long seen) {
            this.filter = filter;
            this.mayListen = mayListen;
            this.response = response;
            this.seen = seen;
        }

        /** An id that is yet to come is of another life of the process, whose clock was ahead. */
        void resume() {
            if (seen > journal.newest()) {
                seen = journal.oldest() - 1;
                toldGone = journal.gone();
                gap();
            } else if (seen == 0) {
                seen = journal.oldest() - 1;
                toldGone = journal.gone();
            }
        }

        void look(List<JournalEntry> all) {
            long now = System.nanoTime();
            if (response.writeQueueFull()) {
                if (now - tookNanos > pace.timeout.toNanos()) {
                    end(this);
                    response.reset();
                }
                return;
            }
            tookNanos = now;
            if (hasLoggedOut(now)) {
                end(this);
                response.end();
                return;
            }
            StringBuilder events = new StringBuilder();
            long gone = journal.gone();
            if (Math.max(seen, toldGone) < gone) {
                toldGone = gone;
                events.append("event: gap\ndata: {}\n\n");
            }
            long bytes = 0;
            for (JournalEntry entry : journal.after(seen, MAX_EVENTS)) {
                bytes += entry.request().body().length;
                if (bytes > MAX_BYTES && entry.request().body().length < bytes) {
                    break;
                }
                tell(entry, events);
            }
            others.ifPresent(fleet -> tell(fleet, events));
            tellRunning(all, events);
            if (events.length() == 0 && now - signNanos > pace.sign.toNanos()) {
                events.append(":\n\n");
            }
            if (events.length() > 0) {
                signNanos = now;
                response.write(events.toString());
            }
        }

        private boolean hasLoggedOut(long now) {
            if (now - askedNanos <= pace.sign.toNanos()) {
                return false;
            }
            askedNanos = now;
            return !mayListen.getAsBoolean();
        }

        private void tell(JournalEntry entry, StringBuilder events) {
            seen = entry.id();
            if (filter.matches(entry) && isHere()) {
                events.append("id: ").append(entry.id()).append('\n');
                push(summary(entry), events);
            }
        }

        private void tellRunning(List<JournalEntry> all, StringBuilder events) {
            List<JournalEntry> running = all.stream()
                    .filter(entry -> filter.outcome().isEmpty() && filter.matches(entry) && isHere())
                    .limit(MAX_RUNNING)
                    .toList();
            List<PushId> ids =
                    running.stream().flatMap(entry -> entry.pushId().stream()).toList();
            if (!ids.equals(toldRunning)) {
                toldRunning = ids;
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                running.forEach(entry -> list.add(summary(entry).put(PushFilter.OUTCOME, "running")));
                events.append("event: running\ndata: ").append(list).append("\n\n");
            }
        }

        private boolean isHere() {
            return others.isEmpty() || filter.isOf(others.get().self());
        }

        private ObjectNode summary(JournalEntry entry) {
            ObjectNode summary = PushSummary.json(entry);
            others.ifPresent(fleet -> summary.put(PushFilter.INSTANCE, fleet.self()));
            return summary;
        }

        private void tell(Others fleet, StringBuilder events) {
            seenOthers = fleet.after(seenOthers, line -> {
                if (filter.matches(line)) {
                    push(line.json(), events);
                }
            });
        }

        private void push(ObjectNode summary, StringBuilder events) {
            events.append("event: push\ndata: ").append(summary).append("\n\n");
        }

        private void gap() {
            response.write("event: gap\ndata: {}\n\n");
        }
    }
}
