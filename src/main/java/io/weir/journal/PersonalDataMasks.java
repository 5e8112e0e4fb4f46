package io.weir.journal;

import io.weir.wechat.message.Push;
import java.util.regex.Pattern;

/** What stands in place of what tells who somebody is or what he wrote, until an operator asks for it. */
final class PersonalDataMasks {
    /** In place of a text. */
    static final String TEXT = "•••";

    private static final int SHOWN_AT_START = 3;
    private static final int SHOWN_AT_END = 4;

    /** An openid as WeChat makes them, wherever it stands. */
    private static final Pattern OPEN_ID = Pattern.compile("(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])");

    private PersonalDataMasks() {}

    /** Enough of an openid to tell it from others at hand. */
    static String openId(String openId) {
        if (openId.isEmpty()) {
            return "";
        }
        return openId.length() < 2 * (SHOWN_AT_START + SHOWN_AT_END)
                ? "…"
                : openId.substring(0, SHOWN_AT_START) + "…" + openId.substring(openId.length() - SHOWN_AT_END);
    }

    /** A text without the openids in it. */
    static String openIds(String text) {
        return OPEN_ID.matcher(text).replaceAll(found -> openId(found.group()));
    }

    /** A text without the openids in it, nor that of the sender of this push, whatever it looks like. */
    static String openIds(String text, Push push) {
        String rest =
                push.fromUserName().isEmpty() ? text : text.replace(push.fromUserName(), openId(push.fromUserName()));
        rest = push.openId().isEmpty() ? rest : rest.replace(push.openId(), openId(push.openId()));
        return openIds(rest);
    }
}
