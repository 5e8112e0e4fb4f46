package io.weir.simulator.time;

import java.time.Clock;
import java.time.Duration;

/**
 * The simulated WeChat's time: what its clock shows, and what happens later. Whatever expires, closes, is cut or is sent
 * late in the simulator asks this, never the machine, so that a test need not wait.
 */
public interface SimulatedTime {
    /** What WeChat's clock shows. Any thread. */
    Clock clock();

    /** Runs {@code action} once, when {@code delay} has passed. Any thread; the action runs on one of the implementation's. */
    Alarm after(Duration delay, Runnable action);

    /** Something that will happen, unless it is called off. */
    @FunctionalInterface
    interface Alarm {
        /** Calls it off; without effect once it has happened. */
        void cancel();
    }
}
