package io.weir.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.HandlerStage.Dispatched;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.OutcomeCounters;
import io.weir.dispatch.PushHandler;
import io.weir.dispatch.once.Executions;
import io.weir.dispatch.once.Executions.LateReplies;
import io.weir.dispatch.once.LateRetryLimiter;
import io.weir.dispatch.once.OnceLimits;
import io.weir.dispatch.once.OnceOnly;
import io.weir.dispatch.once.PushStore;
import io.weir.http.OverloadRefusals;
import io.weir.http.Runtimes;
import io.weir.journal.Journal;
import io.weir.journal.Journalled;
import io.weir.receiver.Accounts;
import io.weir.receiver.PushAccess;
import io.weir.receiver.PushConfig;
import io.weir.receiver.PushEndpoint;
import io.weir.receiver.PushServer;
import io.weir.receiver.Refusals;
import io.weir.receiver.Senders;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.crypto.BufferedRandom;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the JVM load and compile the code that answers a push, before WeChat needs it: a second push path, on a loopback port and
 * with an account, metrics, a journal and executions that nobody else knows, answers real requests. All of it is undeployed
 * again. No handler, no Redis and nothing else of the gateway takes part.
 *
 * <p>A verticle whose start is the whole of it.
 */
public final class WarmUp extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    /** Would log the pushes, with {@code WEIR_PUSH_LOG=INFO}. */
    private static final Logger PUSHES = LoggerFactory.getLogger("io.weir.push");

    private static final int CONNECTIONS_PER_LOOP = 2;
    /** A new connection is code as well. */
    private static final int REQUESTS_PER_CONNECTION = 10;

    /** Requests that are never finished, so that turning such away is warm as well: a process may be attacked as soon as it is up. */
    private static final int UNFINISHED_PER_CONNECTION = 2;

    /** Some tens of connections for each event loop. */
    private static final double HEAP_SHARE = 1.0 / 256;

    private static final int JOURNAL_BYTES = 1 << 20;
    /** For what is not bounded by {@link Limits#time}: to deploy, and to wait for the last answers. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Limits limits;
    private final PushConfig config = PushConfig.DEFAULT.on("127.0.0.1", 0);
    private final WarmUpRequests.Account account = WarmUpRequests.Account.random(new SecureRandom());
    private final MeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Accounts accounts = new Accounts(List.of(account.credentials()), metrics);
    private final OverloadRefusals overload = new OverloadRefusals(metrics, "push");
    private final Clock clock = Clock.systemUTC();
    private final AtomicInteger sent = new AtomicInteger();

    /**
     * Whichever comes first ends it.
     *
     * @param requests how many requests, of all event loops together
     * @param time how long they are sent
     */
    public record Limits(int requests, Duration time) {
        /** More buys little: what runs less often than that is compiled when it does. */
        public static final Limits DEFAULT = new Limits(20_000, Duration.ofSeconds(4));
    }

    private WarmUp(Limits limits) {
        this.limits = limits;
    }

    /** Completes when it is over and nothing of it is left. Never fails: then the first pushes are slower. */
    public static Future<Void> run(Vertx vertx, Limits limits) {
        if (PUSHES.isInfoEnabled()) {
            return Future.succeededFuture();
        }
        long begun = System.nanoTime();
        WarmUp warmUp = new WarmUp(limits);
        return vertx.deployVerticle(warmUp)
                .compose(vertx::undeploy)
                .onSuccess(over -> LOG.atDebug()
                        .addKeyValue("requests", warmUp.sent.get())
                        .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
                        .log("warmed up"))
                .onFailure(failure ->
                        LOG.atInfo().addKeyValue("error", failure).log("not warmed up, the first pushes are slower"))
                .otherwiseEmpty();
    }

    @Override
    public Future<?> start() {
        DeploymentOptions onEachLoop = new DeploymentOptions().setInstances(Runtimes.LOOPS);
        Executions executions = executions();
        Journal journal = new Journal(clock, JOURNAL_BYTES);
        HandlerTimes times = new HandlerTimes(clock);
        List<PushServer> servers = Stream.generate(() -> server(journal, times, executions))
                .limit(Runtimes.LOOPS)
                .toList();
        return vertx.deployVerticle(Answerer::new, onEachLoop)
                .compose(deployed -> vertx.deployVerticle(servers.iterator()::next, onEachLoop))
                .compose(deployed ->
                        vertx.deployVerticle(() -> new Sender(servers.get(0).port()), onEachLoop))
                .compose(vertx::undeploy)
                .timeout(limits.time.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
    }

    private Executions executions() {
        MemoryFleetCounter rateLimits = new MemoryFleetCounter(System::nanoTime);
        Executions.Rules rules = new Executions.Rules(
                OnceLimits.DEFAULT,
                new LateRetryLimiter(Map.of(), rateLimits),
                new NoLateReplies(),
                new OutcomeCounters(metrics),
                Executions.Durable.NONE,
                clock,
                System::nanoTime);
        return new Executions(new PushStore.Solo(), "warm-up", rules, metrics);
    }

    private PushServer server(Journal journal, HandlerTimes times, Executions executions) {
        return new PushServer(
                config,
                () -> new PushEndpoint(
                        accounts,
                        new PushCodec(
                                new MessageCrypto(new BufferedRandom(new SecureRandom()::nextBytes)),
                                config.timestampWindow()),
                        new Journalled(
                                OnceOnly.here(vertx, new HandlerStage(handlers(), times, clock), executions),
                                journal,
                                clock),
                        Refusals.unlogged(metrics, journal::addRefused),
                        new PushEndpoint.Clocks(clock, clock),
                        new Senders(PushAccess.OPEN, metrics)),
                overload,
                () -> true,
                HEAP_SHARE);
    }

    /** Over the bus as all pushes, to an address of its own. */
    private Function<Delivery<?>, Future<Reply>> handlers() {
        String address = Answerer.address();
        return delivery -> {
            Promise<Reply> reply = Promise.promise();
            HandlerStage.send(vertx.eventBus(), address, new Dispatched<>(delivery, reply));
            return reply.future();
        };
    }

    /** Answers all kinds. */
    private static final class Answerer extends PushHandler<Push> {
        private static final Reply ANSWER = Reply.text("warm");

        Answerer() {
            super(List.of());
        }

        static String address() {
            return "weir.warm-up@" + Thread.currentThread().getName();
        }

        @Override
        public Future<?> start() {
            return consume(address());
        }

        @Override
        protected Future<Reply> handle(Push push) {
            return Future.succeededFuture(push.type().equals(PushType.VIEW) ? Reply.NONE : ANSWER);
        }
    }

    private static final class NoLateReplies implements LateReplies {
        @Override
        public Future<String> send(Push push, Reply reply, Duration age, Optional<String> traceparent) {
            return Future.succeededFuture("sent");
        }

        @Override
        public void lost(Push push, Reply reply) {}
    }

    /** Posts over a few connections of its loop, on each one request after the other. Its start ends when it has done so. */
    private final class Sender extends VerticleBase {
        private final WarmUpRequests requests = new WarmUpRequests(account, config.path(), clock);
        private final int port;
        private long end;

        Sender(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            end = System.nanoTime() + limits.time.toNanos();
            NetClient client = vertx.createNetClient();
            List<Future<Void>> connections = Stream.generate(() -> post(client))
                    .limit(CONNECTIONS_PER_LOOP)
                    .toList();
            // Vert.x closes a client that nobody holds any more. Where one connection fails, the others still use it.
            return Future.join(connections).eventually(client::close);
        }

        private Future<Void> post(NetClient client) {
            return client.connect(port, config.host())
                    .compose(this::post)
                    .onSuccess(posted -> leaveUnfinished(client))
                    .compose(posted -> isOver() ? Future.succeededFuture() : post(client));
        }

        /** They end when they have to make way, or with the client. */
        private void leaveUnfinished(NetClient client) {
            for (int each = 0; each < UNFINISHED_PER_CONNECTION; each++) {
                client.connect(port, config.host()).onSuccess(socket -> socket.write(requests.unfinished()));
            }
        }

        private boolean isOver() {
            return sent.get() >= limits.requests || System.nanoTime() - end > 0;
        }

        private Future<Void> post(NetSocket socket) {
            Promise<Void> over = Promise.promise();
            WarmUpConnection exchange = new WarmUpConnection(socket, over);
            socket.handler(exchange::read);
            // One that has not sent anything yet may have had to make way for the next unfinished one.
            socket.closeHandler(closed -> over.tryComplete());
            exchange.next();
            return over.future().eventually(socket::close);
        }

        private final class WarmUpConnection {
            private final NetSocket socket;
            private final Promise<Void> over;
            private Buffer answer = Buffer.buffer();
            private int status;
            private int onThis;

            WarmUpConnection(NetSocket socket, Promise<Void> over) {
                this.socket = socket;
                this.over = over;
            }

            void next() {
                if (isOver() || onThis++ == REQUESTS_PER_CONNECTION) {
                    over.tryComplete();
                    return;
                }
                sent.incrementAndGet();
                WarmUpRequests.Request request = requests.next();
                status = request.status();
                answer = Buffer.buffer();
                socket.write(request.bytes());
            }

            void read(Buffer bytes) {
                answer.appendBuffer(bytes);
                String text = answer.toString();
                if (!WarmUpRequests.isWhole(text)) {
                    return;
                }
                if (text.startsWith("HTTP/1.1 " + status)) {
                    next();
                } else {
                    over.tryFail("expected " + status + ", came "
                            + text.lines().findFirst().orElse(""));
                }
            }
        }
    }
}
