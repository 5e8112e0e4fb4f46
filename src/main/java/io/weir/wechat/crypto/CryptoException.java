package io.weir.wechat.crypto;

import java.io.Serial;

/**
 * An encrypted message that is not genuine. An expected failure: no stack trace, nothing of the content. What the
 * outside sees must not depend on the {@link Step}.
 */
public final class CryptoException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Step step;

    CryptoException(Step step) {
        super("encrypted message refused at step " + step, null, false, false);
        this.step = step;
    }

    /** The step of encryption.md §5 that failed. */
    public Step step() {
        return step;
    }

    /** The steps of receiving, in their order (encryption.md §5, steps 3 to 7). */
    public enum Step {
        BASE64,
        AES,
        PADDING,
        LENGTH,
        APPID
    }
}
