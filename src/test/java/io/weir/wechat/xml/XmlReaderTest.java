package io.weir.wechat.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read, and what is refused. */
class XmlReaderTest {

    @Test
    void readsNamesTextsAndChildrenInTheirOrder() throws XmlException {
        XmlElement root = root("<xml>\n<a>1</a><b><c>2</c></b><a/><x> t </x></xml>");

        assertThat(root.name()).isEqualTo("xml");
        assertThat(root.children()).extracting(XmlElement::name).containsExactly("a", "b", "a", "x");
        assertThat(root.child("b").orElseThrow().child("c").orElseThrow().text())
                .isEqualTo("2");
        assertThat(root.children("a")).extracting(XmlElement::text).containsExactly("1", "");
        assertThat(root.child("x").orElseThrow().text()).isEqualTo(" t ");
        assertThat(root.child("none")).isEmpty();
    }

    @Test
    void readsADocumentWhateverTheOneBeforeItHeld() throws XmlException {
        XmlReader reader = new XmlReader();
        byte[] document = "<xml>\n<a>1<b/></a>\n</xml>".getBytes(UTF_8);
        XmlElement expected = XmlReader.read(document).root();

        for (String before :
                List.of("<xml><a>x<![CDATA[y]]><b>z", "<xml>q<c><c><c>r", "<a>" + "<b/>".repeat(100) + "x</a>", "")) {
            try {
                reader.document(before.getBytes(UTF_8));
            } catch (XmlException e) {
                assertThat(e).isNotNull();
            }
            assertThat(reader.document(document).root()).isEqualTo(expected);
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("", ""),
                arguments("<![CDATA[a]]>", "a"),
                arguments("<![CDATA[]]>", ""),
                arguments("\n  <![CDATA[ a ]]>\n", " a "),
                arguments("<![CDATA[a]]><![CDATA[b]]>", "ab"),
                arguments("<![CDATA[a]]> \n <![CDATA[b]]>", "ab"),
                arguments("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b"),
                arguments("x<![CDATA[ a ]]> ", "x a  "),
                arguments("<![CDATA[a]]><![CDATA[b]]> <![CDATA[c]]>", "abc"),
                arguments("<![CDATA[a]]> x<![CDATA[c]]>", "a xc"),
                arguments("\u3000<![CDATA[a]]>", "\u3000a"),
                arguments("<![CDATA[<b>&amp;</b>]]>", "<b>&amp;</b>"),
                arguments("<![CDATA[]]]]>", "]]"),
                arguments("a<!-- not this -->b<?nor this?>c", "abc"),
                arguments("<!--x--><![CDATA[a]]><!--y-->", "a"),
                arguments(" a &amp; b ", " a & b "),
                arguments("&lt;&gt;&quot;&apos;", "<>\"'"),
                arguments("]]&gt;", "]]>"),
                arguments("&#65;&#x4F60;&#x1F600;", "A你😀"),
                arguments("&#9;&#10;&#13;", "\t\n\r"),
                arguments("a\r\nb\rc", "a\nb\nc"),
                arguments("<![CDATA[a\r\nb]]>", "a\nb"),
                arguments("微信 👨‍👩‍👧 é", "微信 👨‍👩‍👧 é"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsTheValueOfAnElement(String content, String value) throws XmlException {
        assertThat(root("<xml>" + content + "</xml>").text()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version=\"1.0\"?><xml>a</xml>",
                "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<xml>a</xml>\n",
                "\uFEFF<xml>a</xml>",
                "\uFEFF<?xml version='1.0' encoding='UTF-8'?><xml>a</xml>",
                " \n<!-- <!DOCTYPE xml> --><xml>a</xml><!-- end -->\n",
                "<?note <!DOCTYPE xml> ?><xml>a</xml><?end?>",
                "<xml b='1' c=\"&lt;>\">a</xml>",
                "<xml xmlns='u'>a</xml>",
            })
    void readsDocumentsThatAreDressedDifferently(String document) throws XmlException {
        assertThat(root(document)).isEqualTo(new XmlElement("xml", "a", List.of()));
    }

    @Test
    void takesDoctypeInsideCdataAsText() throws XmlException {
        assertThat(root("<xml><![CDATA[<!DOCTYPE xml [<!ENTITY a 'b'>]>&a;]]></xml>")
                        .text())
                .isEqualTo("<!DOCTYPE xml [<!ENTITY a 'b'>]>&a;");
    }

    @Test
    void doesNotTakeANameWithAPrefixForTheNameWithoutIt() throws XmlException {
        XmlElement root = root("<xml xmlns:p='u'><p:Event>a</p:Event></xml>");

        assertThat(root.child("Event")).isEmpty();
        assertThat(root.child("p:Event")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "<!DOCTYPE xml><xml/>~has a DOCTYPE",
                "<!DOCTYPE xml SYSTEM \"http://example.com/x.dtd\"><xml/>~has a DOCTYPE",
                "<xml>&a;</xml>~has an entity reference",
                "<?xml version='1.1'?><xml/>~not XML 1.0",
                "<?xml version='2.0'?><xml/>~not",
                "<?xml version='1.0' encoding='ISO-8859-1'?><xml/>~declares another encoding than UTF-8",
                "<?xml version='1.0' encoding='GBK'?><xml/>~not",
                "<?xml version='1.0' encoding='UTF-16'?><xml/>~not",
                "<xml><![CDATA[a~ends too early",
                "<xml>]]></xml>~has ]]> outside",
                "<xml><a/>]]></xml>~has ]]> outside",
            })
    void saysWhichRuleIsBroken(String document, String rule) {
        assertThatThrownBy(() -> root(document))
                .isInstanceOf(XmlException.class)
                .hasMessageContaining(rule)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\uFEFF",
                "\uFEFF\uFEFF<xml/>",
                "xml",
                "<",
                "<xml",
                "<xml>",
                "<xml></xm",
                "<xml></XML>",
                "</xml>",
                "<xml/>x",
                "<xml/><xml/>",
                "<xml/>]]>",
                "x<xml/>",
                "<xml><![CDATA[a]]</xml>",
                "<xml><!-- -- --></xml>",
                "<xml><!--</xml>",
                "<xml><a></xml></a>",
                "<xml a=1/>",
                "<xml a='1' a='2'/>",
                "<xml a='<'/>",
                "<xml a/>",
                "<xml>&</xml>",
                "<xml>&amp</xml>",
                "<xml>a & b</xml>",
                "<xml>a < b</xml>",
                "<xml>a]]>b</xml>",
                "<xml a='&x;'/>",
                "<xml><?xml version='1.0'?></xml>",
                " <?xml version='1.0'?><xml/>",
                "<?xml?><xml/>",
                "<p:xml/>",
                "<xmlns:p a='u'/>",
                "<xml xmlns:b='u' xmlns:b='u'/>",
                "<1/>",
                "<xml><![cdata[a]]></xml>",
                "{\"ToUserName\":\"gh_1\"}",
                "<html><br></html>",
            })
    void refusesWhatIsNotWellFormed(String document) {
        assertRefused(document.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&#0;",
                "&#1;",
                "&#x8;",
                "&#xB;",
                "&#31;",
                "&#xD800;",
                "&#xDFFF;",
                "&#xFFFE;",
                "&#xFFFF;",
                "&#x110000;",
                "&#99999999999;",
                "&#;",
                "&#x;",
                "&#-1;"
            })
    void refusesReferencesToForbiddenCharacters(String reference) {
        assertRefused(("<xml>" + reference + "</xml>").getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE xml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xml>&a;</xml>",
                "<!DOCTYPE xml [<!ENTITY % a SYSTEM 'http://example.com/x.dtd'> %a;]><xml/>",
                "<!DOCTYPE xml PUBLIC 'p' 's' []><xml/>",
                "<!DOCTYPE xml [<!ATTLIST xml a CDATA 'b'>]><xml/>",
                "<xml><!DOCTYPE xml></xml>",
                "<xml/><!DOCTYPE xml>",
            })
    void refusesADoctypeWhateverIsInIt(String document) {
        assertRefused(document.getBytes(UTF_8));
    }

    @Test
    void refusesABillionLaughsAtOnce() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE xml [<!ENTITY l0 'ha'>");
        for (int i = 1; i < 30; i++) {
            String entity = "&l" + (i - 1) + ";";
            laughs.append("<!ENTITY l")
                    .append(i)
                    .append(" '")
                    .append(entity.repeat(10))
                    .append("'>");
        }

        assertRefused(laughs.append("]><xml>&l29;</xml>").toString().getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"32, true", "33, false"})
    void boundsTheDepth(int depth, boolean accepted) {
        assertAccepted(accepted, "<a>".repeat(depth) + "</a>".repeat(depth));
    }

    @ParameterizedTest
    @CsvSource({"599, true", "600, false"})
    void boundsTheNumberOfElementsAndProcessingInstructions(int children, boolean accepted) {
        assertAccepted(accepted, "<xml>" + "<a/>".repeat(children) + "</xml>");
        assertAccepted(accepted, "<xml>" + "<?a?>".repeat(children) + "</xml>");
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void boundsTheNumberOfAttributes(int elements, boolean accepted) {
        assertAccepted(accepted, "<xml>" + "<a b='1' c='2'/>".repeat(elements) + "</xml>");
        assertAccepted(accepted, "<xml>" + "<a b='1' xmlns:p='u'/>".repeat(elements) + "</xml>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xml%s/>",
                "<xml a='>'%s/>",
                "<xml a=\"'>\"%s/>",
                "<xml><![CDATA[<]]><!-- < --><?p < ?><a%s></a></xml>",
                "<xml%s"
            })
    void refusesATagFullOfAttributesBeforeTheParserSeesIt(String document) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            attributes.append(" a").append(i).append("=''");
        }

        assertThatThrownBy(() -> root(String.format(document, attributes)))
                .isInstanceOf(XmlException.class)
                .hasMessageContaining("tag longer than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<xml>%s</xml>", "<xml><![CDATA[%s]]></xml>", "<xml>a<!--%s--></xml>", "<xml>a<?p %s?></xml>"})
    void takesALongTextForNoTag(String document) throws XmlException {
        String body = String.format(document, "long > text ".repeat(1_000));

        assertThat(root(body).text()).isIn("a", "long > text ".repeat(1_000));
    }

    @Test
    void carriesNoStackTraceAndNothingOfTheContent() {
        assertThatThrownBy(() -> root("<xml>secret</xm>"))
                .hasMessageNotContaining("secret")
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    private static XmlElement root(String document) throws XmlException {
        return XmlReader.read(document.getBytes(UTF_8)).root();
    }

    private static void assertRefused(byte[] document) {
        assertThatThrownBy(() -> XmlReader.read(document)).isInstanceOf(XmlException.class);
    }

    private static void assertAccepted(boolean accepted, String document) {
        boolean read;
        try {
            root(document);
            read = true;
        } catch (XmlException e) {
            read = false;
        }
        assertThat(read).isEqualTo(accepted);
    }
}
