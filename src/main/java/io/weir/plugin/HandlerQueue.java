package io.weir.plugin;

import io.weir.wechat.message.PushType;
import java.util.concurrent.atomic.AtomicInteger;

/** The pushes that wait for a thread of a handler that may block: counted, and bounded. Any thread. */
final class HandlerQueue {
    private static final int MAX_WAITING = 1_000;

    private final AtomicInteger waiting = new AtomicInteger();
    private final String address;

    HandlerQueue(PushType<?> type) {
        this.address = type.address() + ".own";
    }

    /** Event-bus address of the verticle that has the threads. */
    String address() {
        return address;
    }

    /** Takes a place; false when there is none left. */
    boolean enter() {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        waiting.decrementAndGet();
    }
}
