package io.weir.wechat.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import javax.xml.stream.XMLStreamException;

/**
 * Reads WeChat's XML: any bytes give a tree or an {@link XmlException}, in time and memory that the size of the input
 * bounds. The only place that creates an XML parser.
 *
 * <p>Refused: what is not UTF-8, not well-formed, has a DOCTYPE or an entity reference, declares another version than
 * 1.0 or another encoding than UTF-8, nests deeper than {@value TreeReader#MAX_DEPTH}, has more than
 * {@value TreeReader#MAX_ELEMENTS} elements and processing instructions or {@value TreeReader#MAX_ATTRIBUTES} attributes.
 * Attributes, comments and processing instructions are skipped; WeChat sends none. Namespaces are not looked at: a name
 * is what is written, prefix and all, but a prefix must be declared.
 *
 * <p>One thread. Each document is read apart from the others.
 */
public final class XmlReader {
    private static final int DOCUMENTS_PER_FACTORY = 64;

    private final TreeReader tree = new TreeReader();
    private InputFactoryImpl factory = new InputFactoryImpl();
    private int documents;

    /** A reader for one thread: to make it costs more than to read with it. */
    public XmlReader() {}

    /** Reads one document with a reader of its own; otherwise as {@link #document}. */
    public static XmlDocument read(byte[] body) throws XmlException {
        return new XmlReader().document(body);
    }

    /**
     * Reads one document.
     *
     * @param body the bytes as received; the caller has bounded their number
     * @throws XmlException naming the rule that was broken
     */
    public XmlDocument document(byte[] body) throws XmlException {
        CleanUtf8 clean = CleanUtf8.of(body);
        TagGuard.checkTags(clean.bytes(), clean.start());
        try {
            XmlElement root = tree.root(parser(clean));
            if (tree.suspicious()) {
                TagGuard.check(clean.bytes(), clean.start());
            }
            return new XmlDocument(root, clean.dropped());
        } catch (XMLStreamException | RuntimeException e) {
            // Aalto throws plain runtime exceptions as well, for example for an element called "xmlns:a".
            throw new XmlException("not well-formed");
        }
    }

    private AsyncXMLStreamReader<?> parser(CleanUtf8 clean) throws XMLStreamException {
        // A factory keeps every name it has ever seen; a new one now and then bounds what hostile documents leave
        // there.
        if (++documents % DOCUMENTS_PER_FACTORY == 0) {
            factory = new InputFactoryImpl();
        }
        AsyncXMLStreamReader<AsyncByteArrayFeeder> parser = factory.createAsyncForByteArray();
        parser.getInputFeeder().feedInput(clean.bytes(), clean.start(), clean.bytes().length - clean.start());
        parser.getInputFeeder().endOfInput();
        return parser;
    }
}
