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

    /** An element with text in a CDATA section. */
    public XmlWriter text(String name, String value) {
        return piece("<")
                .piece(name)
                .piece("><![CDATA[")
                .piece(XmlText.cdata(value))
                .piece("]]></")
                .piece(name)
                .piece(">");
    }

    /** An element with a decimal number, without CDATA as WeChat writes numbers. */
    public XmlWriter number(String name, long value) {
        return open(name).piece(Long.toString(value)).close(name);
    }

    /** Start tag; the caller closes it. */
    public XmlWriter open(String name) {
        return piece("<").piece(name).piece(">");
    }

    /** End tag. */
    public XmlWriter close(String name) {
        return piece("</").piece(name).piece(">");
    }

    /** What has been written. */
    @Override
    public String toString() {
        return String.join("", pieces);
    }

    /** A piece of the document as it is: well-formed with what is written before and behind it. */
    public XmlWriter piece(String piece) {
        if (count == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * count);
            Arrays.fill(pieces, count, 2 * count, "");
        }
        pieces[count++] = piece;
        return this;
    }
}
