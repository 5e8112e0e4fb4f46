package io.weir.backend;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.dispatch.durable.CopyQueue;
import io.weir.dispatch.durable.CopyQueue.Hold;
import io.weir.dispatch.durable.StoredPush;
import io.weir.wechat.codec.OpenedPush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the backends their copies, those whose lease this instance holds. */
public final class CopyVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(CopyVerticle.class);
    private static final long HOLD_MILLIS = CopyQueue.LEASE.toMillis() / 3;
    private static final long TICK_MILLIS = 200;

    private final BackendClient client;
    private final CopyQueue copies;
    private final Collection<String> accounts;
    private final Function<StoredPush, Optional<OpenedPush>> reader;
    private final Duration keep;
    private final MeterRegistry metrics;
    private final List<Sent> senders = new ArrayList<>();

    /** A sender and what is known of what it has to do. */
    private record Sent(String account, String backend, CopySender sender, AtomicLong waiting, AtomicLong trimmed) {}

    /**
     * Of these accounts.
     *
     * @param reader reads a push that was kept; empty where it is no push any more
     * @param keep how long the journal keeps one
     */
    public CopyVerticle(
            BackendClient client,
            CopyQueue copies,
            Collection<String> accounts,
            Function<StoredPush, Optional<OpenedPush>> reader,
            Duration keep,
            MeterRegistry metrics) {
        this.client = client;
        this.copies = copies;
        this.accounts = List.copyOf(accounts);
        this.reader = reader;
        this.keep = keep;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        for (BackendConfig backend : client.copying()) {
            accounts.forEach(account -> senders.add(sender(account, backend)));
        }
        hold();
        vertx.setPeriodic(HOLD_MILLIS, tick -> hold());
        vertx.setPeriodic(TICK_MILLIS, tick -> senders.forEach(each -> each.sender.tick()));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return Future.join(senders.stream().map(each -> each.sender.release()).toList());
    }

    /** Names its metrics where no backend gets copies. */
    public static void expectNone(MeterRegistry metrics, String none) {
        dead(metrics, none, none);
        waiting(metrics, none, none);
    }

    private static Counter dead(MeterRegistry metrics, String account, String backend) {
        return Counter.builder("weir.backend.copies.dead")
                .description("Copies that were given up, now dead letters")
                .tag("account", account)
                .tag("backend", backend)
                .register(metrics);
    }

    private static AtomicLong waiting(MeterRegistry metrics, String account, String backend) {
        AtomicLong waiting = new AtomicLong();
        Gauge.builder("weir.backend.copies.waiting", () -> waiting)
                .description(
                        "Entries of the journal that a backend has not got yet, as the instance knows that sends them")
                .tag("account", account)
                .tag("backend", backend)
                .register(metrics);
        return waiting;
    }

    private Sent sender(String account, BackendConfig backend) {
        Counter dead = dead(metrics, account, backend.name());
        AtomicLong waiting = waiting(metrics, account, backend.name());
        CopySender sender = new CopySender(account, backend, copies, client, reader, keep, dead);
        return new Sent(account, backend.name(), sender, waiting, new AtomicLong());
    }

    private void hold() {
        senders.forEach(each -> each.sender.hold().onSuccess(answer -> held(each, answer)));
    }

    private static void held(Sent each, Hold answer) {
        each.waiting.set(answer.held() ? answer.waiting() : 0);
        if (answer.held() && answer.trimmed() > each.trimmed.getAndSet(answer.trimmed())) {
            LOG.atError()
                    .addKeyValue("account", each.account)
                    .addKeyValue("backend", each.backend)
                    .addKeyValue("copies", answer.trimmed())
                    .log(
                            "copies were lost: the journal let them go before the backend could be sent them; raise journal.keep"
                                    + " or journal.maxMemory");
        }
    }
}
