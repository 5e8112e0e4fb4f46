package io.weir.wechat.codec;

/**
 * How a push was protected, and which of its account's credentials opened it.
 *
 * @param token position of the Token that it was signed with in {@link Credentials#tokens}, from 1
 * @param key position of the key in {@link Credentials#aesKeys}, from 1; 0 when it came unencrypted
 * @param form what the body held
 */
public record Protection(int token, int key, Form form) {

    /** What a body holds; WeChat sends one of them in each {@link Mode} (push-protocol.md §4). */
    public enum Form {
        /** Plain elements only, as in plaintext mode. */
        PLAINTEXT,
        /** The encrypted push only, as in safe mode. */
        ENCRYPTED,
        /** Plain elements, which are not read, and the encrypted push, as in compatible mode. */
        BOTH
    }

    static Protection plain(int token) {
        return new Protection(token, 0, Form.PLAINTEXT);
    }
}
