package io.weir.simulator.page;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.weir.simulator.api.ControlRequest.ControlProblem;
import io.weir.simulator.page.LiveEvents.LiveEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends what happens on a phone to the pages that show it, as server-sent events. A stream ends by itself after a minute, or
 * when its reader is too slow; the browser then opens it again and goes on where it was.
 */
final class EventStreams {
    static final int MOST = 100;
    /** Shorter than what the server lets an answer take. */
    private static final Duration LIFE = Duration.ofMinutes(1);

    private static final String LAST = "Last-Event-ID";

    private final Vertx vertx;
    private final AtomicInteger open = new AtomicInteger();

    EventStreams(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Answers a request with the events of a person after the position that it names in its header {@value #LAST} or in
     * {@code ?after=}; when those are no longer kept, with the one event {@code reset}.
     *
     * @throws ControlProblem when {@value #MOST} streams are open already
     */
    void send(LiveEvents events, String openid, HttpServerRequest request) {
        if (open.get() >= MOST) {
            throw new ControlProblem(
                    503, "Too many pages look on", MOST + " streams of events are open; close some of them.");
        }
        String after = Optional.ofNullable(request.getHeader(LAST))
                .or(() -> Optional.ofNullable(request.getParam("after")))
                .orElse("");
        HttpServerResponse response = request.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        Stream stream = new Stream(events, response, vertx.getOrCreateContext());
        events.join(after, openid, stream)
                .ifPresentOrElse(stream::begin, () -> response.end("event: reset\ndata: {}\n\n"));
    }

    /** One page that looks on. On its event loop, but for {@link #accept}. */
    private final class Stream implements LiveEvents.Listener {
        private final LiveEvents events;
        private final HttpServerResponse response;
        private final Context context;
        private long timer;
        private boolean left;

        Stream(LiveEvents events, HttpServerResponse response, Context context) {
            this.events = events;
            this.response = response;
            this.context = context;
        }

        void begin(List<LiveEvent> missed) {
            open.incrementAndGet();
            timer = vertx.setTimer(LIFE.toMillis(), over -> end());
            response.closeHandler(gone -> leave());
            write("retry: 500\n\n");
            missed.forEach(this::write);
        }

        @Override
        public void accept(LiveEvent event) {
            context.runOnContext(now -> write(event));
        }

        private void write(LiveEvent event) {
            write("id: " + events.position(event) + "\nevent: " + event.name() + "\ndata: " + event.data() + "\n\n");
        }

        private void write(String text) {
            if (left) {
                return;
            }
            if (response.writeQueueFull()) {
                end();
            } else {
                response.write(text).onFailure(gone -> leave());
            }
        }

        private void end() {
            if (!left) {
                leave();
                response.end().onFailure(gone -> leave());
            }
        }

        private void leave() {
            if (!left) {
                left = true;
                open.decrementAndGet();
                events.leave(this);
                vertx.cancelTimer(timer);
            }
        }
    }
}
