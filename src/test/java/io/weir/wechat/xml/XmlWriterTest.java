package io.weir.wechat.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;

/** What is written is well-formed, whatever the text, and says what the text says. */
class XmlWriterTest {
    private static final String[] NASTY = {
        "]]>",
        "]]",
        "]",
        ">",
        "]]]]>>",
        "<![CDATA[",
        "<",
        "&",
        "&amp;",
        "\"",
        "'",
        "\0",
        "\u0001",
        "\u0008",
        "\t",
        "\n",
        "\u000B",
        "\u000C",
        "\r",
        "\r\n",
        "\u001F",
        "\u007F",
        "\u0085",
        "\u2028",
        "\uD800",
        "\uDBFF",
        "\uDC00",
        "\uDFFF",
        "\uD83D\uDE00",
        "\uDE00\uD83D",
        "\uFFFD",
        "\uFFFE",
        "\uFFFF",
        "\uFEFF",
        "\uE000",
        "👨‍👩‍👧",
        "微信",
        "é",
        "a",
        " ",
        "-->",
        "</xml>"
    };

    @Test
    void writesTextInCdataAndNumbersBare() {
        String written = new XmlWriter()
                .open("xml")
                .text("a", "b & <c>")
                .number("n", -12L)
                .text("e", "")
                .close("xml")
                .toString();

        assertThat(written).isEqualTo("<xml><a><![CDATA[b & <c>]]></a><n>-12</n><e><![CDATA[]]></e></xml>");
    }

    @Test
    void writesAsManyElementsAsItIsGiven() {
        XmlWriter out = new XmlWriter();

        for (int i = 0; i < 100; i++) {
            out.text("a", "x");
        }

        assertThat(out.toString()).isEqualTo("<a><![CDATA[x]]></a>".repeat(100));
    }

    @Test
    void splitsWhatWouldEndTheSection() {
        assertThat(new XmlWriter().text("a", "x]]>y").toString()).isEqualTo("<a><![CDATA[x]]]]><![CDATA[>y]]></a>");
    }

    @ParameterizedTest
    @MethodSource("nastyTexts")
    void writesWellFormedXmlThatReadsBackAsTheText(String text) throws Exception {
        assertReadsBack(otherParser(), text);
    }

    static Stream<String> nastyTexts() {
        return Stream.of(NASTY);
    }

    @Test
    void writesWellFormedXmlOfAnyMixture() throws Exception {
        Random random = new Random(20_260_104);
        DocumentBuilder parser = otherParser();

        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
                text.append(
                        random.nextInt(8) == 0 ? (char) random.nextInt(0x10000) : NASTY[random.nextInt(NASTY.length)]);
            }
            assertReadsBack(parser, text.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1, a", "3, a", "4, a你", "5, a你", "6, a你é", "9, a你é", "10, a你é😀", "11, a你é😀b", "99, a你é😀b"})
    void cutsAtACodePoint(int maxBytes, String rest) {
        assertThat(XmlText.cut("a你é😀b", maxBytes)).isEqualTo(rest);
    }

    @Test
    void cutsNothingThatFitsAndOneCodePointOfWhatIsOneByteLonger() {
        String text = "你".repeat(682) + "ab";

        assertThat(XmlText.utf8Length(text)).isEqualTo(2048);
        assertThat(XmlText.cut(text, 2048)).isEqualTo(text);
        assertThat(XmlText.cut(text + "c", 2048)).isEqualTo(text);
        assertThat(XmlText.cut("x" + text, 2048)).isEqualTo("x" + "你".repeat(682) + "a");
        assertThat(XmlText.cut("你".repeat(682) + "😀", 2048)).isEqualTo("你".repeat(682));
    }

    @Test
    void cleansTextTheWayItWouldBeReadBack() {
        assertThat(XmlText.clean("plain 微信\t\n")).isEqualTo("plain 微信\t\n");
        assertThat(XmlText.clean("a\r\nb\rc\r\r\n")).isEqualTo("a\nb\nc\n\n");
        assertThat(XmlText.clean("\0\u0001\u000B\u001F\uFFFE\uFFFF\uD800x\uDC00"))
                .isEqualTo("x");
        assertThat(XmlText.clean("\uD83D\0\uDE00")).isEmpty();
        assertThat(XmlText.clean("😀，\uE000\uFFFD\u0085")).isEqualTo("😀，\uE000\uFFFD\u0085");
        assertThat(XmlText.clean("a\r\0\nb\uD800\uDBFF\uDC00\uDC00")).isEqualTo("a\n\nb\uDBFF\uDC00");
    }

    private static void assertReadsBack(DocumentBuilder parser, String text)
            throws XmlException, IOException, SAXException {
        byte[] written = new XmlWriter()
                .open("xml")
                .text("a", text)
                .close("xml")
                .toString()
                .getBytes(UTF_8);

        String clean = XmlText.clean(text);
        assertThat(XmlText.isEmptyWhenClean(text)).isEqualTo(clean.isEmpty());
        XmlDocument read = XmlReader.read(written);
        assertThat(read.root().child("a").orElseThrow().text()).isEqualTo(clean);
        assertThat(read.droppedCharacters()).isZero();
        assertThat(parser.parse(new ByteArrayInputStream(written))
                        .getDocumentElement()
                        .getTextContent())
                .isEqualTo(clean);
        assertThat(XmlText.clean(clean)).isEqualTo(clean);
    }

    private static DocumentBuilder otherParser() throws ParserConfigurationException {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setErrorHandler(null);
        return parser;
    }
}
