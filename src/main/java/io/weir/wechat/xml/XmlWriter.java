package io.weir.wechat.xml;

/**
 * Writes WeChat's XML: always well-formed XML 1.0, whatever the text holds (replies.md §6).
 *
 * <p>Text is {@linkplain XmlText#clean cleaned} and goes into CDATA as in all official samples; {@code ]]>} is split
 * over two sections. Element names are ours and are written as they are. Not thread-safe.
 */
public final class XmlWriter {
    private final StringBuilder out;

    public XmlWriter() {
        this(256);
    }

    /** @param capacity expected number of characters */
    public XmlWriter(int capacity) {
        this.out = new StringBuilder(capacity);
    }

    /** An element with text in a CDATA section. */
    public XmlWriter text(String name, String value) {
        open(name);
        out.append("<![CDATA[")
                .append(XmlText.clean(value).replace("]]>", "]]]]><![CDATA[>"))
                .append("]]>");
        return close(name);
    }

    /** An element with a decimal number, without CDATA as WeChat writes numbers. */
    public XmlWriter number(String name, long value) {
        open(name);
        out.append(value);
        return close(name);
    }

    /** Start tag; the caller closes it. */
    public XmlWriter open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    /** End tag. */
    public XmlWriter close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /** What has been written. */
    @Override
    public String toString() {
        return out.toString();
    }
}
