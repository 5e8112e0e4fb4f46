package io.weir.wechat.codec;

/** How an account's pushes are protected, as set in WeChat's console (push-protocol.md §4). */
public enum Mode {
    /** 明文模式: nothing is encrypted, and the body is not authenticated. */
    PLAINTEXT,
    /** 兼容模式: plain elements and an encrypted copy, of which only the copy counts. */
    COMPATIBLE,
    /** 安全模式: everything is encrypted; what is not is refused. */
    SAFE
}
