package io.weir.wechat.message;

import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;

/**
 * The document that a push was read from: as it came or, where it came encrypted, as it was before. Nothing is copied: nobody may
 * change the bytes. Any thread.
 */
public final class PushDocument {
    /** Of a push that no request brought. */
    public static final PushDocument NONE = new PushDocument(new byte[0]);

    private final byte[] bytes;

    /** @param bytes have been read as a push already */
    public PushDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Every byte as WeChat wrote it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Its root, read once more. */
    public XmlElement root(XmlReader reader) {
        try {
            return reader.document(bytes).root();
        } catch (XmlException e) {
            throw new IllegalStateException("was read as a push already", e);
        }
    }
}
