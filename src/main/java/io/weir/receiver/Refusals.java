package io.weir.receiver;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.dispatch.Throttle;
import io.weir.wechat.codec.Refusal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs refusals: each is counted with its cause ({@code weir_refusals_total}), and one per cause and account is
 * logged every ten seconds with the number of those held back. Shows nothing of the request but the peer's address.
 */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Throttle throttle = new Throttle(Duration.ofSeconds(10));
    private final MeterRegistry metrics;

    public Refusals(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void record(String account, Refusal refusal, String peer) {
        String cause = refusal.refusalCause().label();
        metrics.counter("weir.refusals", "account", account, "cause", cause).increment();
        throttle.admit(account + " " + cause, System.nanoTime())
                .ifPresent(heldBack -> LOG.atWarn()
                        .addKeyValue("account", account)
                        .addKeyValue("cause", cause)
                        .addKeyValue("rule", refusal.getMessage())
                        .addKeyValue("peer", peer)
                        .addKeyValue("suppressed", heldBack)
                        .log("request refused"));
    }
}
