package io.weir.wechat.xml;

import io.weir.Corpora;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The XML conformance suite of the W3C, as its own catalogue lists it. */
final class W3cSuite {
    private static final Path UNPACKED = Path.of("target", "corpora", "xmlts20130923");
    private static final String ORACLE = "http://www.oracle.com/xml/jaxp/properties/";

    private W3cSuite() {}

    /**
     * One case of the suite.
     *
     * @param type what the catalogue says: {@code valid}, {@code invalid} (well-formed all the same), {@code not-wf} or
     *     {@code error} (a processor may report it or not)
     * @param file the document
     */
    record Case(String id, String type, Path file) {
        byte[] bytes() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isWellFormed() {
            return !type.equals("not-wf");
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** All cases, in the catalogue's order; skips the calling test where the suite is missing. */
    static List<Case> cases() throws IOException {
        unpack(Corpora.file("xmlts20130923.zip"));
        NodeList tests = catalogue(UNPACKED.resolve("xmlconf/xmlconf.xml")).getElementsByTagName("TEST");
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < tests.getLength(); i++) {
            Element test = (Element) tests.item(i);
            // The suite spreads xml:base over the catalogue and the files that it includes.
            URI file = URI.create(test.getBaseURI()).resolve(test.getAttribute("URI"));
            cases.add(new Case(test.getAttribute("ID"), test.getAttribute("TYPE"), Path.of(file)));
        }
        return cases;
    }

    private static void unpack(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path target = UNPACKED.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (!Files.exists(target) || Files.size(target) != entry.getSize()) {
                    unpack(zip, entry, target);
                }
            }
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path target) throws IOException {
        Files.createDirectories(target.resolveSibling("."));
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The catalogue is made of entities; newer JDKs allow less of them than it has. */
    private static Document catalogue(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setAttribute(ORACLE + "entityExpansionLimit", "0");
            factory.setAttribute(ORACLE + "totalEntitySizeLimit", "0");
            factory.setAttribute(ORACLE + "maxGeneralEntitySizeLimit", "0");
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the catalogue does not read", e);
        }
    }
}
