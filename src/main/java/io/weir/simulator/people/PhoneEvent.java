package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** Something that changes what stands on a person's phone, or what whoever looks over their shoulder can know. */
public sealed interface PhoneEvent {
    /** A line has appeared in the chat. */
    record Spoken(ChatLine line) implements PhoneEvent {}

    /** A push has been sent, or something has become of it. */
    record Pushed(Sending sending) implements PhoneEvent {}

    /** 消息接收中 has appeared or gone. */
    record Receiving(boolean shown) implements PhoneEvent {}

    /** 对方正在输入 has appeared, for 15 seconds, or gone before. */
    record Typing(boolean shown) implements PhoneEvent {}

    /**
     * The client has fetched the menu.
     *
     * @param menu empty when the account shows this person none
     */
    record MenuFetched(Optional<ObjectNode> menu, Instant at) implements PhoneEvent {}

    /** The person has followed the account or left it. */
    record Followed(boolean now) implements PhoneEvent {}

    /** Looks over the shoulders of an account's people. Called on any thread, one happening of a person at a time or more; must not wait. */
    @FunctionalInterface
    interface Watcher {
        /** Something has happened on the phone of the person with this openid. */
        void saw(String openid, PhoneEvent happening);
    }
}
