package io.weir.dispatch.durable;

import io.weir.dispatch.Throttle;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs the pushes whose handlers have failed too often. Any thread. */
final class HandlerDeaths {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerDeaths.class);
    private static final Throttle LINES = new Throttle(Duration.ofMinutes(1), 50);

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    /** A handler has failed so often now. */
    void tell(StoredPush push, int failures, String error) {
        if (RetryPauses.isOver(failures)) {
            counts.computeIfAbsent(push.account(), each -> new AtomicInteger()).incrementAndGet();
            LINES.admit("dead " + push.account() + push.type(), System.nanoTime())
                    .ifPresent(heldBack -> LOG.atWarn()
                            .addKeyValue("account", push.account())
                            .addKeyValue("type", push.type())
                            .addKeyValue("pushId", push.pushId())
                            .addKeyValue("failures", failures)
                            .addKeyValue("error", error)
                            .addKeyValue("suppressed", heldBack)
                            .log("handler failed too often, the push is a dead letter"));
        }
    }

    /** How many pushes this instance has made dead letters. */
    int count(String account) {
        AtomicInteger known = counts.get(account);
        return known == null ? 0 : known.get();
    }
}
