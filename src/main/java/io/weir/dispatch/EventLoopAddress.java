package io.weir.dispatch;

import io.weir.wechat.message.PushType;

/**
 * The event loop that runs the current code, as part of an event-bus address: a push is handled on the loop that its
 * connection belongs to, since crossing loops costs more than everything else together.
 *
 * @param name name of the loop's thread, unique in a process
 */
record EventLoopAddress(String name) {

    static EventLoopAddress current() {
        return new EventLoopAddress(Thread.currentThread().getName());
    }

    /** Address of the handler of that kind on this loop. */
    String address(PushType<?> type) {
        return type.address() + "@" + name;
    }
}
