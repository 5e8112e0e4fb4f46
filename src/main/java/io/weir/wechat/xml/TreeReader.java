package io.weir.wechat.xml;

import com.fasterxml.aalto.AsyncXMLStreamReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Makes a tree of a parser's events and refuses those that WeChat never causes. For one document. */
final class TreeReader {
    static final int MAX_DEPTH = 32;
    static final int MAX_ELEMENTS = 600;
    static final int MAX_ATTRIBUTES = 200;

    private final AsyncXMLStreamReader<?> reader;
    private final ElementBuilder top = new ElementBuilder("");
    private final Deque<ElementBuilder> open = new ArrayDeque<>();
    private int elements;
    private int attributes;
    private boolean suspicious;

    /** @param reader has been given the whole document */
    TreeReader(AsyncXMLStreamReader<?> reader) {
        this.reader = reader;
        open.push(top);
    }

    /** The root element. */
    XmlElement root() throws XMLStreamException, XmlException {
        for (int event = reader.next(); event != XMLStreamReader.END_DOCUMENT; event = reader.next()) {
            take(event);
        }
        return top.onlyChild();
    }

    /**
     * Whether a text began with {@code ]]>}: allowed where a character of it was written as a reference; else Aalto should
     * have refused it.
     */
    boolean suspicious() {
        return suspicious;
    }

    private void take(int event) throws XmlException {
        switch (event) {
            case XMLStreamReader.START_DOCUMENT -> checkDeclaration();
            case XMLStreamReader.START_ELEMENT -> start();
            case XMLStreamReader.END_ELEMENT -> {
                XmlElement closed = open.pop().build();
                open.element().add(closed);
            }
            case XMLStreamReader.CHARACTERS, XMLStreamReader.SPACE -> {
                String text = reader.getText();
                suspicious |= text.startsWith("]]>");
                open.element().characters(text);
            }
            case XMLStreamReader.CDATA -> open.element().cdata(reader.getText());
            case XMLStreamReader.COMMENT -> {}
            // Each brings a name as an element does, and names that are made to collide cost the square of their
            // number.
            case XMLStreamReader.PROCESSING_INSTRUCTION -> countName();
            case XMLStreamReader.DTD -> throw new XmlException("has a DOCTYPE");
            case XMLStreamReader.ENTITY_REFERENCE -> throw new XmlException("has an entity reference");
            default -> throw new XmlException("ends too early");
        }
    }

    private void start() throws XmlException {
        countName();
        attributes += reader.getAttributeCount() + reader.getNamespaceCount();
        if (attributes > MAX_ATTRIBUTES) {
            throw new XmlException("has more than " + MAX_ATTRIBUTES + " attributes");
        }
        if (open.size() > MAX_DEPTH) {
            throw new XmlException("nests deeper than " + MAX_DEPTH);
        }
        open.push(new ElementBuilder(reader.getPrefixedName()));
    }

    private void countName() throws XmlException {
        if (++elements > MAX_ELEMENTS) {
            throw new XmlException("has more than " + MAX_ELEMENTS + " elements");
        }
    }

    private void checkDeclaration() throws XmlException {
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
