package io.weir.wechat.xml;

import java.util.Arrays;

/**
 * Writes WeChat's XML: always well-formed XML 1.0, whatever the text holds (replies.md §6).
 *
 * <p>Text is {@linkplain XmlText#clean cleaned} and goes into CDATA as in all official samples; {@code ]]>} is split
 * over two sections. Element names are ours and are written as they are. Not thread-safe.
 */
public final class XmlWriter {
    private static final int USUAL_PIECES = 24;

    /** Joined at the end, when the number of characters is known: a text of Chinese is then copied once. */
    private String[] pieces = new String[USUAL_PIECES];

    private int count;

    public XmlWriter() {
        Arrays.fill(pieces, "");
    }

    /** @param beginning well-formed with what will be written behind it */
    public XmlWriter(String beginning) {
        this();
        add(beginning);
    }

    /** An element with text in a CDATA section. */
    public XmlWriter text(String name, String value) {
        return add("<").add(name)
                .add("><![CDATA[")
                .add(XmlText.cdata(value))
                .add("]]></")
                .add(name)
                .add(">");
    }

    /** An element with a decimal number, without CDATA as WeChat writes numbers. */
    public XmlWriter number(String name, long value) {
        return open(name).add(Long.toString(value)).close(name);
    }

    /** Start tag; the caller closes it. */
    public XmlWriter open(String name) {
        return add("<").add(name).add(">");
    }

    /** End tag. */
    public XmlWriter close(String name) {
        return add("</").add(name).add(">");
    }

    /** What has been written. */
    @Override
    public String toString() {
        return String.join("", pieces);
    }

    private XmlWriter add(String piece) {
        if (count == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * count);
            Arrays.fill(pieces, count, 2 * count, "");
        }
        pieces[count++] = piece;
        return this;
    }
}
