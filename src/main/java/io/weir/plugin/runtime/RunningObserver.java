package io.weir.plugin.runtime;

import io.micrometer.core.instrument.Counter;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Throttle;
import io.weir.plugin.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A custom observer at work: on one thread of its own, before which pushes wait, and beyond a bound are left out. */
final class RunningObserver {
    private static final Logger LOG = LoggerFactory.getLogger(RunningObserver.class);
    private static final int MOST_WAITING = 10_000;

    private final Observer observer;
    private final HandlerThreads thread;
    private final Throttle failures = new Throttle(Duration.ofSeconds(10), 20);
    private final List<Runnable> registrations = new ArrayList<>();

    RunningObserver(Observer observer) {
        this.observer = observer;
        this.thread = HandlerThreads.single(
                "observer-" + observer.getClass().getSimpleName(),
                observer.getClass().getClassLoader(),
                MOST_WAITING);
    }

    Observer observer() {
        return observer;
    }

    /** Gets to see pushes from now on. */
    void begin(HandlerServices.GatewayParts parts) {
        Counter leftOut = parts.leftOut(observer.getClass().getName());
        observer.types()
                .forEach(type -> registrations.add(parts.observers().copy(type, delivery -> {
                    if (!thread.run(() -> observe(delivery))) {
                        leftOut.increment();
                        tell("too many pushes wait for it", null);
                    }
                })));
    }

    private void observe(Delivery<?> delivery) {
        try {
            observer.observe(delivery);
        } catch (Exception | Error failure) {
            tell("it failed", failure);
        }
    }

    private void tell(String what, @Nullable Throwable failure) {
        failures.admit(what, System.nanoTime())
                .ifPresent(more -> LOG.atError()
                        .addKeyValue("observer", observer.getClass().getName())
                        .addKeyValue("error", what)
                        .addKeyValue("suppressed", more)
                        .setCause(failure)
                        .log("observer missed a push"));
    }

    /** Sees no more; what waits is still seen. */
    void end() {
        registrations.forEach(Runnable::run);
        registrations.clear();
        thread.close();
    }
}
