package io.weir.wechat.codec;

import io.weir.wechat.crypto.CryptoException;
import java.io.Serial;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request that is not a genuine push. An expected failure: no stack trace, no content. Outside, all of them look the
 * same; the {@link Cause} is for the log and the counters.
 */
public final class Refusal extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Cause refusalCause;

    Refusal(Cause cause, @Nullable String rule) {
        super(rule, null, false, false);
        this.refusalCause = cause;
    }

    /** Of a push that came with the timestamp and nonce of another one: forged, or by chance, since nonces repeat. */
    public static Refusal replay() {
        return new Refusal(
                Cause.REPLAY,
                "timestamp and nonce are those of another request, and no signature covers this body: it is forged, or two"
                        + " genuine pushes share them by chance");
    }

    /** Of a request from an address that none may come from. */
    public static Refusal address() {
        return new Refusal(Cause.ADDRESS, "sent from an address that push.allowFrom does not have");
    }

    static Refusal of(CryptoException e) {
        return new Refusal(Cause.valueOf(e.step().name()), rule(e));
    }

    private static String rule(CryptoException e) {
        return switch (e.step()) {
            case BASE64 -> "Encrypt is not Base64";
            case AES, PADDING, LENGTH -> "Encrypt cannot be decrypted; is encodingAesKey the one of WeChat's console?";
            case APPID -> "encrypted for another AppId than the account's";
        };
    }

    /** Which check failed. */
    public Cause refusalCause() {
        return refusalCause;
    }

    /** The checks of a request, in the order of what they need: its peer, the query, the body, the account, the other pushes. */
    public enum Cause {
        /** Sent from somewhere else than {@code push.allowFrom} says. */
        ADDRESS("sent from an address of push.allowFrom, where that is set"),
        /** A parameter is missing, empty, stands twice or is not readable. */
        QUERY("signature, timestamp and nonce stand in the query once each"),
        /** The timestamp is no number, or outside the window. */
        TIMESTAMP("timestamp is a number of seconds within push.timestampWindow of Redis's clock or this machine's, "
                + "without leading zeros"),
        /** {@code signature} is not made with one of the account's Tokens. */
        SIGNATURE("signature is made with one of the account's Tokens"),
        /** Encrypted where the account's mode has no encryption, or plain where it demands it. */
        MODE("encrypted or not, as the account's mode wants it"),
        /** The body is JSON, as mini programs may have it. */
        JSON("XML, as an official account gets it, not JSON"),
        /** The body is not XML that WeChat could have sent. */
        XML("XML in UTF-8, without DOCTYPE"),
        /** No {@code Encrypt}, or an empty one. */
        ENCRYPT("an encrypted push has the element Encrypt"),
        /** {@code msg_signature} does not fit the body. */
        MSG_SIGNATURE("msg_signature is made with the same Token, and fits Encrypt"),
        BASE64("Encrypt is Base64"),
        AES("Encrypt is whole blocks of AES"),
        PADDING("decrypted with one of the account's keys, it ends with 1 to 32 equal bytes of padding"),
        LENGTH("it holds as many bytes as it says"),
        /** Encrypted for another account. */
        APPID("it ends with the account's AppId"),
        /** Well-formed, but no push: another root, or an element twice that may stand once. */
        FORM("the root is xml, and what identifies a push stands once"),
        /** What a third-party platform (第三方平台) is told about itself and its accounts. */
        COMPONENT("for an official account, not for a third-party platform"),
        /** A callback of WeCom (企业微信), which signs and addresses in another way. */
        WECOM("for an official account, not for WeCom"),
        /** Sent to another original id than the account's. */
        TO_USER_NAME("ToUserName is the account's originalId, where one is set"),
        /** Signed with the timestamp and nonce of another push, and by nothing that covers the body. */
        REPLAY("timestamp and nonce are not those of another push");

        private final String rule;

        Cause(String rule) {
            this.rule = rule;
        }

        /** What the check demands. */
        public String rule() {
            return rule;
        }

        /** As counters and logs name it: {@code msg_signature}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
