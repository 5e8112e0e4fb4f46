package io.weir.wechat.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads WeChat's XML: any bytes give a tree or an {@link XmlException}, in time and memory that the size of the input
 * bounds. The only place that creates an XML parser.
 *
 * <p>Refused: what is not UTF-8, not well-formed, has a DOCTYPE or an entity reference, declares another version than
 * 1.0 or another encoding than UTF-8, nests deeper than {@value #MAX_DEPTH}, has more than {@value #MAX_ELEMENTS}
 * elements or {@value #MAX_ATTRIBUTES} attributes. Attributes, comments and processing instructions are skipped; WeChat sends none.
 *
 * <p>Namespaces are not looked at: a name is what is written.
 * <p>Stateless: any thread.
 */
public final class XmlReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ELEMENTS = 2_000;
    private static final int MAX_ATTRIBUTES = 200;

    private XmlReader() {}

    /**
     * Reads one document.
     *
     * @param body the bytes as received; the caller has bounded their number
     * @throws XmlException naming the rule that was broken
     */
    public static XmlDocument read(byte[] body) throws XmlException {
        CleanUtf8 clean = CleanUtf8.of(body);
        TagGuard.checkTags(clean.bytes(), clean.start());
        try {
            // A factory of its own per document: a shared one keeps every name it has ever seen.
            AsyncXMLStreamReader<AsyncByteArrayFeeder> reader = new InputFactoryImpl().createAsyncForByteArray();
            reader.getInputFeeder().feedInput(clean.bytes(), clean.start(), clean.bytes().length - clean.start());
            reader.getInputFeeder().endOfInput();
            return new XmlDocument(root(reader, clean), clean.dropped());
        } catch (XMLStreamException | RuntimeException e) {
            // Aalto throws plain runtime exceptions as well, for example for an element called "xmlns:a".
            throw new XmlException("not well-formed");
        }
    }

    private static XmlElement root(AsyncXMLStreamReader<AsyncByteArrayFeeder> reader, CleanUtf8 clean)
            throws XMLStreamException, XmlException {
        Deque<ElementBuilder> open = new ArrayDeque<>();
        ElementBuilder top = new ElementBuilder("");
        open.push(top);
        int elements = 0;
        int attributes = 0;
        boolean suspect = false;
        for (int event = reader.next(); event != XMLStreamReader.END_DOCUMENT; event = reader.next()) {
            switch (event) {
                case XMLStreamReader.START_DOCUMENT -> checkDeclaration(reader);
                case XMLStreamReader.START_ELEMENT -> {
                    attributes += reader.getAttributeCount() + reader.getNamespaceCount();
                    if (++elements > MAX_ELEMENTS || open.size() > MAX_DEPTH || attributes > MAX_ATTRIBUTES) {
                        throw new XmlException("too many or too deeply nested elements, or too many attributes");
                    }
                    open.push(new ElementBuilder(reader.getPrefixedName()));
                }
                case XMLStreamReader.END_ELEMENT -> {
                    XmlElement closed = open.pop().build();
                    open.element().add(closed);
                }
                case XMLStreamReader.CHARACTERS, XMLStreamReader.SPACE -> {
                    String text = reader.getText();
                    suspect |= text.startsWith("]]>");
                    open.element().characters(text);
                }
                case XMLStreamReader.CDATA -> open.element().cdata(reader.getText());
                case XMLStreamReader.COMMENT, XMLStreamReader.PROCESSING_INSTRUCTION -> {}
                case XMLStreamReader.DTD -> throw new XmlException("has a DOCTYPE");
                case XMLStreamReader.ENTITY_REFERENCE -> throw new XmlException("has an entity reference");
                default -> throw new XmlException("ends too early");
            }
        }
        if (suspect) {
            // Harmless where a character of it was written as a reference; else Aalto should have refused it.
            TagGuard.check(clean.bytes(), clean.start());
        }
        return top.onlyChild();
    }

    private static void checkDeclaration(XMLStreamReader reader) throws XmlException {
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
