package io.weir.receiver;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.weir.dispatch.Deadline;
import io.weir.http.BoundedBody;
import io.weir.http.ConnectionWatch;
import io.weir.http.EarlyAnswer;
import io.weir.http.OverloadRefusals;
import io.weir.http.OverloadRefusals.Policy;
import io.weir.http.ServerShell;
import io.weir.http.TraceParent;
import io.weir.receiver.Accounts.Account;
import io.weir.receiver.PushEndpoint.Head;
import io.weir.receiver.PushEndpoint.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the public port: {@code GET} and {@code POST {path}/{account}}, nothing else. Non-blocking; one instance per
 * event loop, all on the same port.
 */
public final class PushServer extends VerticleBase {
    private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized(TraceParent.HEADER);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final double HEAP_SHARE = 0.25;
    private static final double SHARE_OF_FILES = 0.75;

    /** For a push that may have waited for a process that stood still. */
    private static final Duration LEAST_TIME = Duration.ofMillis(250);
    /** In which the event loop sees that a peer has gone. */
    private static final long SEE_WHO_IS_LEFT_MILLIS = 5;

    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF_VALUE = HttpHeaders.createOptimized("nosniff");

    private final PushConfig config;
    private final String prefix;
    private final Supplier<PushEndpoint> endpoints;
    private final OverloadRefusals overload;
    private final BooleanSupplier staying;
    private final double heapShare;
    private volatile @Nullable ServerShell server;
    private volatile int port;

    /**
     * Made on any thread.
     *
     * @param endpoints makes the endpoint of this instance, on its event loop
     * @param overload counts what it turns away
     * @param staying whether clients may keep their connections; not while the gateway stops
     */
    public PushServer(
            PushConfig config, Supplier<PushEndpoint> endpoints, OverloadRefusals overload, BooleanSupplier staying) {
        this(config, endpoints, overload, staying, HEAP_SHARE);
    }

    /**
     * The same with another bound of memory.
     *
     * @param heapShare how much of the heap connections and unfinished requests may take, those of all instances together
     */
    public PushServer(
            PushConfig config,
            Supplier<PushEndpoint> endpoints,
            OverloadRefusals overload,
            BooleanSupplier staying,
            double heapShare) {
        this.config = config;
        this.prefix = config.path() + "/";
        this.endpoints = endpoints;
        this.overload = overload;
        this.staying = staying;
        this.heapShare = heapShare;
    }

    @Override
    public Future<?> start() {
        return config.access().tls().isEmpty()
                ? listen(Optional.empty())
                : ServerCertificate.load(vertx, config.access().tls().get())
                        .compose(loaded -> listen(Optional.of(loaded)));
    }

    private Future<Integer> listen(Optional<ServerCertificate> certificate) {
        ConnectionWatch.Limits limits =
                ConnectionWatch.Limits.of(heapShare, SHARE_OF_FILES, context.getInstanceCount(), LONGEST_ANSWER);
        ServerShell made = ServerShell.of(
                vertx, config.host(), config.port(), limits, overload, certificate.map(ServerCertificate::options));
        server = made;
        return made.listen(new Requests(endpoints.get(), made.watch(), LoopStalls.on(vertx))::route)
                .onSuccess(listening -> port = listening);
    }

    @Override
    public Future<?> stop() {
        return stopListening();
    }

    /** The port that it listens on, once it is deployed. Any thread. */
    public int port() {
        return port;
    }

    /**
     * What takes in a renewed certificate; empty for plain HTTP.
     *
     * @param any of the instances on the port
     */
    public static Optional<Deployable> renewals(PushConfig config, PushServer any, Duration look) {
        return config.access().tls().map(files -> new ServerCertificate.Renewals(files, any, look));
    }

    /** Shows another certificate to connections from now on, those of all instances; false where it is the same. Any thread. */
    Future<Boolean> show(ServerCertificate certificate) {
        ServerShell listening = server;
        return listening == null ? Future.succeededFuture(false) : listening.show(certificate.options());
    }

    /** Takes no more requests and answers those that it has; the verticle goes on for what still runs. Any thread. */
    public Future<Void> stopListening() {
        ServerShell listening = server;
        return listening == null ? Future.succeededFuture() : listening.stop(DRAIN);
    }

    /** What is done with the requests that come on the event loop of this instance. */
    private final class Requests {
        private final PushEndpoint endpoint;
        private final ConnectionWatch watch;
        private final LoopStalls stalls;

        Requests(PushEndpoint endpoint, ConnectionWatch watch, LoopStalls stalls) {
            this.endpoint = endpoint;
            this.watch = watch;
            this.stalls = stalls;
        }

        /** WeChat calls the URL as it was registered, so an encoded path, or one that is not normalised, is another one. */
        void route(HttpServerRequest request) {
            String path = request.path();
            if (path == null || !path.startsWith(prefix)) {
                if (path != null && (config.path().equals(path) || isSigned(request))) {
                    endpoint.noAccount(path, this::pushUrl, client(request));
                }
                EarlyAnswer.end(vertx, request, 404);
            } else if (request.method().equals(HttpMethod.POST)) {
                account(request, path).ifPresent(account -> push(request, account));
            } else if (request.method().equals(HttpMethod.GET)) {
                account(request, path).ifPresent(account -> verify(request, account));
            } else {
                request.response().putHeader(HttpHeaders.ALLOW, "GET, POST");
                EarlyAnswer.end(vertx, request, 405);
            }
        }

        private Optional<Account> account(HttpServerRequest request, String path) {
            Optional<Account> account = endpoint.account(path.substring(prefix.length()));
            if (account.isEmpty()) {
                endpoint.noAccount(path, this::pushUrl, client(request));
                EarlyAnswer.end(vertx, request, 404);
            }
            return account;
        }

        /** What WeChat sends and a scanner does not: its URL has a slip in the path. */
        private boolean isSigned(HttpServerRequest request) {
            String query = query(request);
            return query.contains("signature=") && query.contains("timestamp=") && query.contains("nonce=");
        }

        private String pushUrl(String account) {
            return "the URL of account " + account
                    + config.publicUrl(account)
                            .map(url -> " is " + url)
                            .orElseGet(() -> " ends in " + prefix + account);
        }

        private void verify(HttpServerRequest request, Account account) {
            endpoint.verify(account, query(request), client(request)).onSuccess(answer -> answer(request, answer));
        }

        private void push(HttpServerRequest request, Account account) {
            long now = System.nanoTime();
            long since = stalls.waitingSince(now);
            Optional<String> traceparent = TraceParent.of(request.headers().get(TRACEPARENT));
            Optional<Head> head = endpoint.check(account, query(request), since, client(request), traceparent);
            if (head.isPresent()) {
                BoundedBody.read(vertx, request, config.maxBodyBytes(), new Pushed(request, head.get(), since, now));
            } else {
                refuse(request);
            }
        }

        /** A push whose head has passed the checks, and whose sender waits for the answer. */
        private final class Pushed implements PushEndpoint.Peer, Handler<Buffer> {
            private final HttpServerRequest request;
            private final Head head;
            private final long since;
            private final long readAt;

            Pushed(HttpServerRequest request, Head head, long since, long readAt) {
                this.request = request;
                this.head = head;
                this.since = since;
                this.readAt = readAt;
            }

            @Override
            public void handle(Buffer body) {
                watch.complete(request);
                if (since == readAt) {
                    endpoint.push(head, BoundedBody.bytes(body), this);
                } else {
                    unlessGone(this, () -> endpoint.push(head, BoundedBody.bytes(body), this));
                }
            }

            @Override
            public long sinceNanos() {
                return since;
            }

            @Override
            public Deadline deadline() {
                long regular = since + config.deadline().toNanos();
                long least = readAt + LEAST_TIME.toNanos();
                return new Deadline(regular - least < 0 ? least : regular);
            }

            @Override
            public boolean isPresent() {
                return Requests.isPresent(request.response());
            }

            @Override
            public void answer(Response answer) {
                if (answer.equals(Response.LAPSED) || !isPresent()) {
                    head.account().failures().requestTimeout().add();
                }
                Requests.this.answer(request, answer);
            }
        }

        /** The second timer is set by the first, so that the event loop looks at its connections in between, however late it is. */
        private void unlessGone(Pushed peer, Runnable answering) {
            vertx.setTimer(
                    SEE_WHO_IS_LEFT_MILLIS,
                    later -> vertx.setTimer(1, afterLooking -> {
                        if (peer.isPresent()) {
                            answering.run();
                        } else {
                            peer.head.account().failures().requestTimeout().add();
                            overload.count(Policy.GONE);
                        }
                    }));
        }

        /** A body that has come with its head is passed over and the connection kept; one that has not is not waited for. */
        private void refuse(HttpServerRequest request) {
            request.exceptionHandler(broken -> EarlyAnswer.end(vertx, request, 400));
            request.endHandler(whole -> answer(request, Response.REFUSED));
            context.runOnContext(afterThisRead -> EarlyAnswer.end(vertx, request, Response.REFUSED.status()));
        }

        private static boolean isPresent(HttpServerResponse response) {
            return !response.closed() && !response.ended();
        }

        private void answer(HttpServerRequest request, Response answer) {
            HttpServerResponse response = request.response();
            if (!isPresent(response)) {
                return;
            }
            if (answer.equals(Response.LAPSED)) {
                request.connection().close();
                return;
            }
            response.setStatusCode(answer.status());
            if (!staying.getAsBoolean()) {
                response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            if (!answer.contentType().isEmpty()) {
                response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
                response.putHeader(NO_SNIFF, NO_SNIFF_VALUE);
            }
            response.end(BoundedBody.buffer(answer.body()));
        }

        private SocketAddress client(HttpServerRequest request) {
            return endpoint.client(
                    request.remoteAddress(), () -> request.headers().getAll(FORWARDED_FOR));
        }

        private String query(HttpServerRequest request) {
            String query = request.query();
            return query == null ? "" : query;
        }
    }

    /**
     * Knows when an event loop stood still: the process was stopped, or a collection or a callback took long. What is read soon
     * after that may have waited in the kernel all the while, and its sender may have gone.
     *
     * <p>One per event loop, used on it. A tick every {@value #TICK_MILLIS} ms; nothing per request but a comparison.
     */
    static final class LoopStalls {
        private static final long TICK_MILLIS = 100;
        private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

        /** So long it takes at most to accept and read what has been waiting. */
        private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

        private long lastTick;
        private long stalledSince;
        private long caughtUp;

        /** One that has not stood still. */
        LoopStalls(long now) {
            lastTick = now;
            stalledSince = now;
            caughtUp = now;
        }

        /** Watches the event loop that this is called on. */
        static LoopStalls on(Vertx vertx) {
            LoopStalls stalls = new LoopStalls(System.nanoTime());
            vertx.setPeriodic(TICK_MILLIS, id -> stalls.tick(System.nanoTime()));
            return stalls;
        }

        void tick(long now) {
            if (now - lastTick > STALL_NANOS) {
                stalledSince = lastTick;
                caughtUp = now + CATCH_UP_NANOS;
            }
            lastTick = now;
        }

        /**
         * Since when the sender of a request has been waiting, at worst.
         *
         * @param now when the request was read, on the scale of {@link System#nanoTime()}
         * @return {@code now}, or the last moment at which the loop was known to run if the request may be from before a stall
         */
        long waitingSince(long now) {
            if (now - lastTick > STALL_NANOS) {
                return lastTick;
            }
            return now - caughtUp < 0 ? stalledSince : now;
        }
    }
}
