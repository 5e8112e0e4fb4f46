package io.weir.simulator.people;

import io.weir.simulator.chat.Content;
import java.time.Instant;

/**
 * Something that stands in a person's chat with an account.
 *
 * @param number its place in this chat, from 1 on
 */
public record ChatLine(long number, Instant at, Origin origin, Content content) {
    /** What is read there; things that are not text in brackets, as in {@code [image ID]}. */
    public String text() {
        return content.text();
    }

    /** Who or what put it there. */
    public enum Origin {
        /** The person: a message, or a choice in a dialogue. */
        PERSON,
        /** The account's reply to a push. */
        REPLY,
        /** A customer-service message. */
        CUSTOMER_SERVICE,
        /** WeChat, without asking the account: material of a media_id button, a page that opens. */
        PLATFORM,
        /** WeChat's notice that the account is out of order. */
        FAULT
    }
}
