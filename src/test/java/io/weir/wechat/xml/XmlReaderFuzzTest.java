package io.weir.wechat.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** Whatever the bytes, a document or a refusal comes of them; and the JDK's own parser is of the same mind. */
class XmlReaderFuzzTest {
    private static final List<byte[]> SEEDS = List.of(
            ("<xml><ToUserName><![CDATA[gh_1]]></ToUserName> <FromUserName><![CDATA[o1]]></FromUserName>\r\n<CreateTime>1"
                            + "</CreateTime><Content><![CDATA[微信 😀 ]]]]><![CDATA[> ]]></Content></xml>")
                    .getBytes(UTF_8),
            "\uFEFF<?xml version='1.0' encoding='utf-8'?><xml a='1' b=\"2\"><!-- c --><?p q?>&lt;&#x1F600;<a/></xml>"
                    .getBytes(UTF_8),
            "<!DOCTYPE xml [<!ENTITY a 'b'>]><xml xmlns:p='u'><p:a>&a;</p:a></xml>".getBytes(UTF_8));

    private static final String[] PIECES = {
        "<xml>",
        "</xml>",
        "<a>",
        "</a>",
        "<a/>",
        "<![CDATA[",
        "]]>",
        "]]",
        "]",
        ">",
        "<",
        "&",
        "&amp;",
        "&lt;",
        "&#65;",
        "&#x41;",
        "&#0;",
        "&#xFFFE;",
        "&#xD800;",
        "&#x1F600;",
        "&foo;",
        ";",
        "<!--",
        "-->",
        "--",
        "<?pi ",
        "?>",
        "<?xml version=\"1.0\"?>",
        "<?xml version='1.0' encoding='utf-8'?>",
        " ",
        "\n",
        "\r\n",
        "\t",
        "x",
        "é",
        "你",
        "😀",
        " b=\"1\"",
        " b='2'",
        " c=\">\"",
        " d='&lt;'",
        " e='<'",
        "=",
        "\"",
        "'",
        " xmlns='u'",
        "<!DOCTYPE xml>",
        "<!ELEMENT a ANY>",
        "/",
        "!",
        "?",
        "\u00A0",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "<-a>",
        "<é>",
        "</é>",
        "0"
    };

    @Test
    void readsOrRefusesRandomBytes() {
        Random random = new Random(20_260_101);

        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            read(bytes);
        }
    }

    @Test
    void readsOrRefusesMutatedDocuments() {
        Random random = new Random(20_260_102);
        int read = 0;

        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
            for (int mutations = random.nextInt(4); mutations >= 0; mutations--) {
                bytes = mutated(bytes, random);
            }
            read += read(bytes).isPresent() ? 1 : 0;
        }

        assertThat(read).isGreaterThan(1_000);
    }

    @Test
    void agreesWithAnotherParserOnWhatIsWellFormed() throws ParserConfigurationException, IOException {
        Random random = new Random(20_260_103);
        DocumentBuilder other = otherParser();
        int read = 0;

        for (int i = 0; i < 20_000; i++) {
            StringBuilder document = new StringBuilder(random.nextInt(4) > 0 ? "<xml>" : "");
            for (int pieces = random.nextInt(7); pieces > 0; pieces--) {
                document.append(PIECES[random.nextInt(PIECES.length)]);
            }
            byte[] bytes = document.append(random.nextInt(4) > 0 ? "</xml>" : "")
                    .toString()
                    .getBytes(UTF_8);
            Optional<XmlElement> ours = read(bytes);
            read += ours.isPresent() ? 1 : 0;
            assertThat(ours.isPresent()).as(document.toString()).isEqualTo(reads(other, bytes));
        }

        assertThat(read).isGreaterThan(1_000);
    }

    private static Optional<XmlElement> read(byte[] bytes) {
        try {
            return Optional.of(XmlReader.read(bytes).root());
        } catch (XmlException e) {
            if ("not UTF-8".equals(e.getMessage())) {
                assertThat(isUtf8(bytes)).isFalse();
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return fail("neither read nor refused: " + new String(bytes, UTF_8), e);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = random.nextInt(bytes.length + 1);
        out.write(bytes, 0, at);
        int skipped = 0;
        switch (random.nextInt(5)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> skipped = 1 + random.nextInt(4);
            case 2 -> out.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
            case 3 -> out.write(random.nextInt(0x20));
            default -> {
                out.write(bytes, at / 2, at - at / 2);
                skipped = random.nextInt(2);
            }
        }
        int rest = Math.min(bytes.length, at + skipped);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    private static boolean reads(DocumentBuilder parser, byte[] bytes) throws IOException {
        try {
            return parser.parse(new ByteArrayInputStream(bytes)) != null;
        } catch (SAXException e) {
            return false;
        }
    }

    private static DocumentBuilder otherParser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder parser = factory.newDocumentBuilder();
        parser.setErrorHandler(null);
        return parser;
    }
}
