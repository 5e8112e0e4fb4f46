package io.weir.wechat.xml;

import com.fasterxml.aalto.AsyncXMLStreamReader;
import java.util.Arrays;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Makes a tree of a parser's events and refuses those that WeChat never causes. One document after the other. */
final class TreeReader {
    static final int MAX_DEPTH = 32;
    static final int MAX_ELEMENTS = 600;
    static final int MAX_ATTRIBUTES = 200;

    /** By depth; the first holds the root. */
    private final ElementBuilder[] open = new ElementBuilder[MAX_DEPTH + 1];

    private int depth;
    private int elements;
    private int attributes;
    private boolean suspicious;

    TreeReader() {
        Arrays.setAll(open, each -> new ElementBuilder());
    }

    /**
     * The root element.
     *
     * @param reader has been given the whole document
     */
    XmlElement root(AsyncXMLStreamReader<?> reader) throws XMLStreamException, XmlException {
        depth = 0;
        elements = 0;
        attributes = 0;
        suspicious = false;
        open[0].begin("");
        for (int event = reader.next(); event != XMLStreamReader.END_DOCUMENT; event = reader.next()) {
            take(reader, event);
        }
        return open[0].onlyChild();
    }

    /**
     * Whether a text began with {@code ]]>}: allowed where a character of it was written as a reference; else Aalto should
     * have refused it.
     */
    boolean suspicious() {
        return suspicious;
    }

    private void take(AsyncXMLStreamReader<?> reader, int event) throws XmlException {
        switch (event) {
            case XMLStreamReader.START_DOCUMENT -> checkDeclaration(reader);
            case XMLStreamReader.START_ELEMENT -> start(reader);
            case XMLStreamReader.END_ELEMENT -> {
                XmlElement closed = open[depth--].build();
                open[depth].add(closed);
            }
            case XMLStreamReader.CHARACTERS, XMLStreamReader.SPACE -> {
                String text = characters(reader);
                suspicious |= text.startsWith("]]>");
                open[depth].characters(text);
            }
            case XMLStreamReader.CDATA -> open[depth].cdata(reader.getText());
            case XMLStreamReader.COMMENT -> {}
            // Each brings a name as an element does, and names that are made to collide cost the square of their
            // number.
            case XMLStreamReader.PROCESSING_INSTRUCTION -> countName();
            case XMLStreamReader.DTD -> throw new XmlException("has a DOCTYPE");
            case XMLStreamReader.ENTITY_REFERENCE -> throw new XmlException("has an entity reference");
            default -> throw new XmlException("ends too early");
        }
    }

    /** The line end between two elements is not made anew each time. */
    private static String characters(AsyncXMLStreamReader<?> reader) {
        boolean lineEnd = reader.getTextLength() == 1 && reader.getTextCharacters()[reader.getTextStart()] == '\n';
        return lineEnd ? "\n" : reader.getText();
    }

    private void start(AsyncXMLStreamReader<?> reader) throws XmlException {
        countName();
        attributes += reader.getAttributeCount() + reader.getNamespaceCount();
        if (attributes > MAX_ATTRIBUTES) {
            throw new XmlException("has more than " + MAX_ATTRIBUTES + " attributes");
        }
        if (depth == MAX_DEPTH) {
            throw new XmlException("nests deeper than " + MAX_DEPTH);
        }
        open[++depth].begin(reader.getPrefixedName());
    }

    private void countName() throws XmlException {
        if (++elements > MAX_ELEMENTS) {
            throw new XmlException("has more than " + MAX_ELEMENTS + " elements");
        }
    }

    private static void checkDeclaration(AsyncXMLStreamReader<?> reader) throws XmlException {
        String version = reader.getVersion();
        if (version != null && !version.equals("1.0")) {
            throw new XmlException("not XML 1.0");
        }
        String encoding = reader.getCharacterEncodingScheme();
        if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw new XmlException("declares another encoding than UTF-8");
        }
    }
}
