package io.weir.simulator.push;

import java.time.Instant;

/** Is told how a delivery goes while it goes. Called on any thread; must not wait. */
public interface DeliveryProgress {
    /** For whom the end is enough. */
    DeliveryProgress UNSEEN = new DeliveryProgress() {
        @Override
        public void begins(int copy, int number, Instant at) {}

        @Override
        public void ended(int copy, DeliveryAttempt attempt) {}
    };

    /**
     * An attempt begins.
     *
     * @param copy 0, or the number of a duplicate that a fault ordered
     * @param number of the attempt, from 1 on
     * @param at by WeChat's clock
     */
    void begins(int copy, int number, Instant at);

    /** It is over, answered or not. */
    void ended(int copy, DeliveryAttempt attempt);
}
