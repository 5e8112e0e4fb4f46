package io.weir.wechat.message;

import io.weir.wechat.xml.XmlElement;
import java.util.List;

/**
 * The document that a push was read from: as it came or, where it came encrypted, as it was before. Nothing is copied: nobody may
 * change the bytes. Any thread.
 */
public final class PushDocument {
    /** Of a push that no request brought. */
    public static final PushDocument NONE = new PushDocument(new byte[0], new XmlElement("xml", "", List.of()));

    private final byte[] bytes;
    private final XmlElement root;

    /** @param root what was read from the bytes */
    public PushDocument(byte[] bytes, XmlElement root) {
        this.bytes = bytes;
        this.root = root;
    }

    /** Every byte as WeChat wrote it. */
    public byte[] bytes() {
        return bytes;
    }

    /** What was read from them. */
    public XmlElement root() {
        return root;
    }
}
