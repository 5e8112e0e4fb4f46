package io.weir.wechat.message;

import io.weir.wechat.xml.XmlElement;
import java.util.Optional;

/**
 * A push without a record: a kind that WeChat has just invented, a retired or rare one (messages-and-events.md §9–10),
 * or a known one with a field that does not parse as its type. Answered with {@code success}.
 *
 * @param head what all pushes carry
 * @param msgType MsgType as written, empty where there is none
 * @param event Event as written
 * @param body all elements in their order
 */
public record Unknown(Head head, String msgType, Optional<String> event, XmlElement body) implements Push {}
