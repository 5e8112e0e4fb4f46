package io.weir.wechat.message;

import java.util.Optional;

/**
 * A session with the human customer service (messages-and-events.md §6). FromUserName is the customer, agents are
 * {@code name@account}.
 */
public sealed interface ServiceEvent extends Event {

    /**
     * An agent has taken the customer; until the session ends the customer's messages are not pushed.
     *
     * @param head what all pushes carry
     * @param kfAccount {@code KfAccount}: the agent
     */
    record KfCreateSession(Head head, String kfAccount) implements ServiceEvent {
        KfCreateSession(PushFields in) {
            this(in.head(), in.text("KfAccount"));
        }
    }

    /**
     * The session has ended.
     *
     * @param head what all pushes carry
     * @param kfAccount {@code KfAccount}: the agent
     * @param closeType {@code CloseType}: undocumented, {@code KF} was seen
     */
    record KfCloseSession(Head head, String kfAccount, Optional<String> closeType) implements ServiceEvent {
        KfCloseSession(PushFields in) {
            this(in.head(), in.text("KfAccount"), in.optional("CloseType"));
        }
    }

    /**
     * One agent has handed the customer over to another.
     *
     * @param head what all pushes carry
     * @param fromKfAccount {@code FromKfAccount}
     * @param toKfAccount {@code ToKfAccount}
     */
    record KfSwitchSession(Head head, String fromKfAccount, String toKfAccount) implements ServiceEvent {
        KfSwitchSession(PushFields in) {
            this(in.head(), in.text("FromKfAccount"), in.text("ToKfAccount"));
        }
    }
}
