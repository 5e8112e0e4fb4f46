package io.weir.receiver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.net.SocketAddress;
import io.weir.dispatch.RawRequest;
import io.weir.dispatch.Throttle;
import io.weir.wechat.codec.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs refusals: each is counted with its cause ({@code weir_refusals_total}), and one per cause and account is
 * logged every ten seconds with the number of those held back; a path that names no account is logged once an hour. Shows nothing
 * of the request but the peer's address.
 */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private static final int MAX_PATH = 100;

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration PERIOD_OF_PATHS = Duration.ofHours(1);
    private static final int MAX_PATHS = 20;

    private final Throttle throttle;
    private final Throttle paths;
    private final MeterRegistry metrics;
    private final BiConsumer<RawRequest, Refusal> journal;
    private final Counter unknownAccounts;

    /** @param journal keeps the refused requests */
    public Refusals(MeterRegistry metrics, BiConsumer<RawRequest, Refusal> journal) {
        this(metrics, journal, new Throttle(PERIOD, 1_000), new Throttle(PERIOD_OF_PATHS, MAX_PATHS));
    }

    private Refusals(
            MeterRegistry metrics, BiConsumer<RawRequest, Refusal> journal, Throttle throttle, Throttle paths) {
        this.paths = paths;
        this.metrics = metrics;
        this.journal = journal;
        this.throttle = throttle;
        this.unknownAccounts = Counter.builder("weir.unknown.accounts")
                .description("Requests answered 404, for no account of the configuration")
                .register(metrics);
    }

    /** Ones that are counted and kept, and not logged. */
    public static Refusals unlogged(MeterRegistry metrics, BiConsumer<RawRequest, Refusal> journal) {
        return new Refusals(metrics, journal, new Throttle(PERIOD, 0), new Throttle(PERIOD, 0));
    }

    /**
     * Counts and logs a request for an account that there is not: perhaps the registered URL has a slip. Paths that differ in their
     * digits alone are one.
     *
     * @param hint says which URL was meant
     */
    void unknownAccount(String path, Supplier<String> hint, SocketAddress peer) {
        unknownAccounts.increment();
        String shown = path.substring(0, Math.min(MAX_PATH, path.length()));
        paths.admit(shown.replaceAll("[0-9]+", "0"), System.nanoTime())
                .ifPresent(heldBack -> LOG.atWarn()
                        .addKeyValue("path", shown)
                        .addKeyValue("hint", hint.get())
                        .addKeyValue("peer", String.valueOf(peer))
                        .addKeyValue("suppressed", heldBack)
                        .log("no account at this path"));
    }

    /** Has the refused requests of these accounts counted from 0 on; of causes the commonest one. */
    public void expect(List<String> accounts) {
        accounts.forEach(account -> counter(account, "signature"));
    }

    private Counter counter(String account, String cause) {
        return Counter.builder("weir.refusals")
                .description("Requests answered 403, by the check that failed")
                .tag("account", account)
                .tag("cause", cause)
                .register(metrics);
    }

    /** Counts, logs and keeps a request that the codec refused. */
    void refuse(RawRequest request, Refusal refusal) {
        journal.accept(request, refusal);
        count(request.account().account(), refusal, request.peer());
    }

    /** Counts and logs a request that was refused. */
    void count(String account, Refusal refusal, SocketAddress peer) {
        String cause = refusal.refusalCause().label();
        counter(account, cause).increment();
        throttle.admit(account + " " + cause, System.nanoTime())
                .ifPresent(heldBack -> LOG.atWarn()
                        .addKeyValue("account", account)
                        .addKeyValue("cause", cause)
                        .addKeyValue("rule", refusal.getMessage())
                        .addKeyValue("peer", String.valueOf(peer))
                        .addKeyValue("suppressed", heldBack)
                        .log("request refused"));
    }
}
