package io.weir.simulator.push;

import java.io.IOException;
import java.io.Serial;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads an answer with the JDK's own parser, hardened: no DOCTYPE, no external access, bounded depth. Not the parser of the
 * gateway, on purpose.
 */
public final class AnswerXml {
    private static final int MAX_DEPTH = 10;

    private AnswerXml() {}

    /** The elements inside the root {@code xml}. */
    public static List<Element> parse(String text) throws FaultException {
        Node root = document(text);
        if (!root.getNodeName().equals("xml")) {
            throw new FaultException("the root element is <" + root.getNodeName() + ">, not <xml>");
        }
        return children(root, MAX_DEPTH);
    }

    private static Node document(String text) throws FaultException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (SAXException notXml) {
            throw new FaultException("not \"success\", not empty and not readable as XML: "
                    + nearMiss(text).orElseGet(() -> String.valueOf(notXml.getMessage())));
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot parse XML from memory", e);
        }
    }

    /** What servers answer instead, in words that help more than a parser's. */
    private static Optional<String> nearMiss(String text) {
        String line = text.strip();
        if (text.startsWith("\uFEFF")) {
            return Optional.of("a byte order mark (BOM) stands before the answer");
        }
        if (line.equals("success")) {
            return Optional.of(
                    "white space or a line break stands around \"success\", the manual has the seven letters alone");
        }
        if (line.equalsIgnoreCase("success") || line.equalsIgnoreCase("\"success\"")) {
            return Optional.of(line + " is not success: the manual has the seven small letters alone, without quotes");
        }
        if (line.startsWith("{") || line.startsWith("[") || line.startsWith("\"")) {
            return Optional.of("JSON, where a reply is XML");
        }
        return line.toLowerCase(Locale.ROOT).matches("(?s)<(!doctype html|html).*")
                ? Optional.of("an HTML page")
                : Optional.empty();
    }

    private static List<Element> children(Node parent, int depthLeft) throws FaultException {
        if (depthLeft == 0) {
            throw new FaultException("elements nested deeper than " + MAX_DEPTH);
        }
        List<Element> elements = new ArrayList<>();
        for (Node node : nodes(parent)) {
            if (node.getNodeType() == Node.ELEMENT_NODE) {
                elements.add(element(node, depthLeft));
            }
        }
        return elements;
    }

    private static Element element(Node node, int depthLeft) throws FaultException {
        List<Element> inside = children(node, depthLeft - 1);
        return inside.isEmpty() ? text(node) : new Element.Group(node.getNodeName(), inside);
    }

    /** White space round a CDATA section is layout; without one the text counts as it is (push-protocol.md §5). */
    private static Element text(Node node) {
        StringBuilder cdata = new StringBuilder();
        StringBuilder outside = new StringBuilder();
        boolean hasCdata = false;
        for (Node part : nodes(node)) {
            boolean section = part.getNodeType() == Node.CDATA_SECTION_NODE;
            hasCdata |= section;
            (section ? cdata : outside).append(part.getTextContent());
        }
        return hasCdata && outside.toString().isBlank()
                ? Element.text(node.getNodeName(), cdata.toString())
                : new Element.Text(node.getNodeName(), node.getTextContent(), !hasCdata);
    }

    private static List<Node> nodes(Node parent) {
        List<Node> nodes = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            nodes.add(child);
        }
        return nodes;
    }

    /** An answer that the platform cannot use; the message says why. Expected: no stack trace. */
    public static final class FaultException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        FaultException(String why) {
            super(why, null, false, false);
        }

        /** Why; never null, unlike {@link #getMessage()} as far as the compiler knows. */
        String why() {
            return String.valueOf(getMessage());
        }
    }
}
