package io.weir.backend;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.backend.BackendException.Kind;
import io.weir.backend.BackendFormat.Answer;
import io.weir.backend.BackendFormat.Request;
import io.weir.backend.BackendHttp.RawAnswer;
import io.weir.backend.CircuitBreaker.Admission;
import io.weir.dispatch.Backends;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Observers;
import io.weir.dispatch.Throttle;
import io.weir.wechat.crypto.BufferedRandom;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the backends. Every loop has its own connections to each; the bound on requests in flight and the circuit breaker are the
 * instance's. A backend that fails or is slow delays the pushes that ask it, and no others.
 *
 * <p>A failed future carries a {@link BackendException}, which has been counted ({@code weir_backend_requests_total}) and logged.
 */
public final class BackendClient implements Backends {
    private static final Logger LOG = LoggerFactory.getLogger(BackendClient.class);
    private static final Throttle BUGS = new Throttle(Duration.ofSeconds(10), 20);
    private static final String REQUESTS = "weir.backend.requests";
    private static final String COPIES = "weir.backend.copies";

    /** What the metrics of backends tell, by name. */
    public static final Map<String, String> HELP = Map.of(
            REQUESTS, "Pushes that a backend was asked to answer, by what it answered or why it did not",
            COPIES, "Copies of pushes that a backend was sent, by what became of them");

    private final Map<String, Backend> backends;
    private final Map<String, Asked> last = Collections.synchronizedMap(new Recent());
    private final Vertx vertx;
    private final Map<String, String> appIds;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Consumer<byte[]> random;

    /**
     * The way to the backends that are configured.
     *
     * @param appIds of the accounts, by name
     * @param clock what requests are signed by
     * @param random fills an array with bytes from a secure generator
     */
    public BackendClient(
            Vertx vertx,
            List<BackendConfig> configured,
            Map<String, String> appIds,
            MeterRegistry metrics,
            Clock clock,
            Consumer<byte[]> random) {
        this.vertx = vertx;
        this.appIds = Map.copyOf(appIds);
        this.metrics = metrics;
        this.clock = clock;
        this.random = random;
        this.backends = configured.stream().collect(Collectors.toUnmodifiableMap(BackendConfig::name, Backend::new));
    }

    @Override
    public Optional<Asked> last(String idempotencyKey) {
        return Optional.ofNullable(last.get(idempotencyKey));
    }

    @Override
    public Future<Reply> ask(String name, Delivery<?> delivery) {
        Backend backend = backends.get(name);
        return backend == null ? Backends.NONE.ask(name, delivery) : backend.ask(delivery);
    }

    /** The backends that get copies. */
    List<BackendConfig> copying() {
        return backends.values().stream()
                .map(backend -> backend.config)
                .filter(config -> !config.copies().isEmpty())
                .toList();
    }

    /** Of which kinds any backend gets copies. */
    public Set<PushType<?>> copied() {
        return copying().stream().flatMap(config -> config.copies().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The backends that get copies, by the wire names of the types of which they do. */
    public Map<String, List<String>> copies() {
        return copied().stream()
                .collect(Collectors.toUnmodifiableMap(
                        PushType::wireName,
                        type -> copying().stream()
                                .filter(config -> config.copies().contains(type))
                                .map(BackendConfig::name)
                                .toList()));
    }

    /** From now on each backend gets copies of the kinds that it is configured for, once and without waiting for them to arrive. */
    public void copyFrom(Observers observers) {
        backends.values()
                .forEach(backend -> backend.config.copies().forEach(type -> observers.copy(type, backend::copy)));
    }

    @Override
    public boolean has(String name) {
        return backends.containsKey(name);
    }

    @Override
    public Future<Void> copy(String name, Delivery<?> delivery) {
        Backend backend = backends.get(name);
        return backend == null ? Backends.NONE.ask(name, delivery).mapEmpty() : backend.copy(delivery);
    }

    /** Forgets the oldest first. */
    private static final class Recent extends LinkedHashMap<String, Asked> {
        private static final long serialVersionUID = 1L;
        private static final int MOST = 2_000;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Asked> eldest) {
            return size() > MOST;
        }
    }

    /** One backend. */
    private final class Backend {
        private final BackendConfig config;
        private final BackendHealth health;
        private final CircuitBreaker breaker =
                new CircuitBreaker(() -> ThreadLocalRandom.current().nextDouble());
        private final AtomicInteger inFlight = new AtomicInteger();
        private final Map<Thread, Connection> byLoop = new ConcurrentHashMap<>();
        private final Map<String, Counter> asked = new ConcurrentHashMap<>();
        private final Map<String, Counter> copied = new ConcurrentHashMap<>();

        /** What belongs to an event loop. */
        private record Connection(BackendHttp http, BackendFormat format) {}

        Backend(BackendConfig config) {
            this.config = config;
            this.health = new BackendHealth(config.name());
            for (Kind kind : Kind.values()) {
                count(asked, REQUESTS, kind.label(), 0);
            }
            count(asked, REQUESTS, "reply", 0);
            count(asked, REQUESTS, "none", 0);
            if (!config.copies().isEmpty()) {
                count(copied, COPIES, "sent", 0);
            }
        }

        Future<Reply> ask(Delivery<?> delivery) {
            Connection here = here();
            long began = System.nanoTime();
            return post(delivery, here, received -> reply(received, here, delivery))
                    .onComplete((answer, failure) -> {
                        String outcome = answer == null ? label(failure) : label(answer);
                        count(asked, REQUESTS, outcome, 1);
                        Optional<String> error = failure instanceof BackendException known
                                ? Optional.ofNullable(known.getMessage())
                                : Optional.empty();
                        Duration took = Duration.ofNanos(System.nanoTime() - began);
                        last.put(delivery.idempotencyKey(), new Asked(config.name(), outcome, error, took));
                    });
        }

        Future<Void> copy(Delivery<?> delivery) {
            Future<Void> taken = post(delivery, here(), Backend::taken);
            return taken.onComplete(ended -> count(copied, COPIES, ended.failed() ? label(ended.cause()) : "sent", 1));
        }

        private Connection here() {
            return byLoop.computeIfAbsent(
                    Thread.currentThread(), loop -> new Connection(new BackendHttp(vertx, config), format()));
        }

        private BackendFormat format() {
            if (config.dialect() instanceof BackendConfig.WeChat wechat) {
                MessageCrypto crypto = new MessageCrypto(new BufferedRandom(random));
                return new WeChatFormat(wechat, appIds, crypto, clock);
            }
            BackendConfig.Json json = (BackendConfig.Json) config.dialect();
            return new JsonFormat(new WebhookSigner(json.secrets()), clock);
        }

        private <T> Future<T> post(Delivery<?> delivery, Connection here, Function<RawAnswer, T> read) {
            Admission admission = Admission.NO;
            boolean counted = inFlight.incrementAndGet() <= config.maxInFlight();
            if (counted) {
                admission = breaker.admit(System.nanoTime());
            }
            if (admission == Admission.NO) {
                inFlight.decrementAndGet();
                return notAsked(counted);
            }
            Admission as = admission;
            Duration limit = limit(delivery);
            return send(delivery, here, limit).map(read).onComplete(ended -> ended(as, ended.cause()));
        }

        private <T> Future<T> notAsked(boolean open) {
            BackendException failure = open
                    ? new BackendException(Kind.CIRCUIT_OPEN, "has failed too often in a row")
                    : new BackendException(Kind.TOO_MANY, config.maxInFlight() + " requests are in flight");
            health.failed(failure, System.nanoTime());
            return Future.failedFuture(failure);
        }

        private static Future<RawAnswer> send(Delivery<?> delivery, Connection here, Duration limit) {
            try {
                Request request = here.format.request(delivery, limit);
                return here.http.post(request, limit, delivery.traceparent());
            } catch (RuntimeException bug) {
                return Future.failedFuture(bug);
            }
        }

        private Duration limit(Delivery<?> delivery) {
            Duration left = Duration.ofMillis(delivery.deadline().remainingMillis(System.nanoTime()));
            return left.compareTo(config.timeout()) < 0 ? left : config.timeout();
        }

        private void ended(Admission as, @Nullable Throwable cause) {
            inFlight.decrementAndGet();
            long now = System.nanoTime();
            if (cause instanceof BackendException failure) {
                health.failed(failure, now);
                if (failure.kind().isOutage()) {
                    breaker.failed(as, now);
                    return;
                }
            } else if (cause == null) {
                health.answered(now);
            } else {
                tell(cause);
            }
            breaker.succeeded(as);
        }

        private void tell(Throwable bug) {
            BUGS.admit(config.name(), System.nanoTime())
                    .ifPresent(heldBack -> LOG.atError()
                            .addKeyValue("backend", config.name())
                            .addKeyValue("suppressed", heldBack)
                            .setCause(bug)
                            .log("backend could not be asked"));
        }

        private static Reply reply(RawAnswer received, Connection here, Delivery<?> delivery) {
            if (!delivery.push().type().takesReply()) {
                taken(received);
                return Reply.NONE;
            }
            if (received.status() == 204) {
                return Reply.NONE;
            }
            if (received.status() != 200) {
                throw BackendHttp.status(received.status());
            }
            if (received.encoded()) {
                throw new BackendException(Kind.TYPE, "expected no Content-Encoding, since none was asked for");
            }
            Reply reply = here.format.read(new Answer(received.contentType(), received.body()), delivery);
            if (reply instanceof Reply.TransferToService && !(delivery.push() instanceof Message)) {
                throw new BackendException(Kind.NOT_PERMITTED, "only messages can be handed to customer service");
            }
            return reply;
        }

        private static @Nullable Void taken(RawAnswer received) {
            if (received.status() / 100 != 2) {
                throw BackendHttp.refused(received);
            }
            return null;
        }

        private static String label(Reply reply) {
            return reply instanceof Reply.None ? "none" : "reply";
        }

        private static String label(Throwable failure) {
            return failure instanceof BackendException known ? known.kind().label() : "failed";
        }

        private void count(Map<String, Counter> counters, String name, String outcome, int times) {
            counters.computeIfAbsent(
                            outcome,
                            each -> Counter.builder(name)
                                    .description(HELP.get(name))
                                    .tag("backend", config.name())
                                    .tag("outcome", each)
                                    .register(metrics))
                    .increment(times);
        }
    }
}
