package io.weir.bench;

import io.weir.wechat.crypto.AesKey;
import java.util.List;

/** The made-up account that all servers serve, its menu and the answers to it. */
final class Account {
    static final String APP_ID = "wx5f21c0ffee01be7c";
    static final String ORIGINAL_ID = "gh_5f21c0ffee01";
    static final String TOKEN = "benchToken01";
    static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    /** The buttons of the menu; each has an answer of its own, so that a right answer shows that its key was looked up. */
    static final List<String> KEYS = List.of("V1001_SUNCK", "V1002_MUSIC", "V1003_ORDERS");

    private Account() {}

    static AesKey aesKey() {
        return AesKey.parse(AES_KEY);
    }

    /** What the button's answer says. */
    static String answer(String key) {
        return "sunck is a good man, says the button " + key;
    }

    /** The reply to {@code openId}, but for its time, as long as a server's. */
    static String reply(String openId, String content) {
        return "<xml><ToUserName><![CDATA[" + openId + "]]></ToUserName><FromUserName><![CDATA[" + ORIGINAL_ID
                + "]]></FromUserName><CreateTime>1800000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
                + "<Content><![CDATA[" + content + "]]></Content></xml>";
    }
}
