package io.weir.wechat.xml;

import java.io.Serial;

/**
 * Bytes that are not a document which WeChat could have sent. An expected failure: it carries no stack trace, and its
 * message names the rule that was broken, never the content.
 */
public final class XmlException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** @param rule what was broken, in words */
    public XmlException(String rule) {
        super(rule, null, false, false);
    }
}
