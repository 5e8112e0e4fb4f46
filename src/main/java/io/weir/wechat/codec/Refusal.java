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

    /** Of a push that came with the timestamp and nonce of another one. */
    public static Refusal replay() {
        return new Refusal(Cause.REPLAY, "timestamp and nonce are those of another push");
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

    /** The checks of the door, in their order. */
    public enum Cause {
        /** A parameter is missing, empty, stands twice or is not readable. */
        QUERY,
        /** The timestamp is no number, or outside the window. */
        TIMESTAMP,
        /** {@code signature} is not made with one of the account's Tokens. */
        SIGNATURE,
        /** Encrypted where the account's mode has no encryption, or plain where it demands it. */
        MODE,
        /** The body is not XML that WeChat could have sent. */
        XML,
        /** No {@code Encrypt}, or an empty one. */
        ENCRYPT,
        /** {@code msg_signature} does not fit the body. */
        MSG_SIGNATURE,
        BASE64,
        AES,
        PADDING,
        LENGTH,
        /** Encrypted for another account. */
        APPID,
        /** Well-formed, but no push: another root, or an element twice that may stand once. */
        FORM,
        /** Sent to another original id than the account's. */
        TO_USER_NAME,
        /** Signed with the timestamp and nonce of another push. */
        REPLAY;

        /** As counters and logs name it: {@code msg_signature}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
