package io.weir.wechat.xml;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes are refused before they are parsed, and which characters are left out of what is parsed. */
class CleanUtf8Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C080",
                "C1BF",
                "E08080",
                "E09FBF",
                "F0808080",
                "F08FBFBF",
                "EDA080",
                "EDBFBF",
                "EDA0BDEDB880",
                "F4908080",
                "F5808080",
                "FF",
                "FE",
                "80",
                "BF",
                "C3",
                "C328",
                "E4BD",
                "E4BD28",
                "E428A0",
                "F09F98",
                "F09F9828",
                "F8A1A1A1A1",
            })
    void refusesWhatIsNotUtf8(String hex) {
        byte[] inside = HexFormat.of()
                .parseHex(HexFormat.of().formatHex("<xml>".getBytes(UTF_8))
                        + hex
                        + HexFormat.of().formatHex("</xml>".getBytes(UTF_8)));
        byte[] atTheEnd = HexFormat.of().parseHex(HexFormat.of().formatHex("<xml/>".getBytes(UTF_8)) + hex);

        assertThatThrownBy(() -> XmlReader.read(inside))
                .isInstanceOf(XmlException.class)
                .hasMessage("not UTF-8");
        assertThatThrownBy(() -> XmlReader.read(atTheEnd))
                .isInstanceOf(XmlException.class)
                .hasMessage("not UTF-8");
    }

    @Test
    void refusesUtf16AndUtf32() {
        for (Charset charset :
                List.of(UTF_16, UTF_16BE, UTF_16LE, Charset.forName("UTF-32"), Charset.forName("UTF-32LE"))) {
            assertRefused("<xml>a</xml>".getBytes(charset));
            assertRefused("<?xml version='1.0' encoding='UTF-16'?><xml>a</xml>".getBytes(charset));
            assertRefused("\uFEFF<xml>a</xml>".getBytes(charset));
        }
    }

    @Test
    void refusesOtherCharsets() {
        assertRefused("<xml>微信</xml>".getBytes(Charset.forName("GBK")));
    }

    @Test
    void dropsForbiddenCharactersAndCountsThem() throws XmlException {
        XmlDocument document =
                XmlReader.read("<xml>\0a\u0001b\u0008<![CDATA[c\u000B\u000C\u001F\uFFFE\uFFFFd]]>\t\u007F\u0085</xml>"
                        .getBytes(UTF_8));

        assertThat(document.root().text()).isEqualTo("abcd\t\u007F\u0085");
        assertThat(document.droppedCharacters()).isEqualTo(8);
    }

    @Test
    void dropsNothingFromWhatIsClean() throws XmlException {
        assertThat(XmlReader.read("<xml>\t\r\n \uFFFD\uE000😀</xml>".getBytes(UTF_8))
                        .droppedCharacters())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a]]#>b~a]]>b",
                "a]#]>b~a]]>b",
                "a]#]#>b~a]]>b",
                "a]]]#>b~a]]]>b",
                "a]#]]#>b~a]]]>b",
                "]]#>~]]>",
                "a]#b>~a]b>",
                "a#]]]]><![CDATA[>~a]]>",
                "a]#~a]",
                "a]]#~a]]",
                "a#]~a]",
                "#~''",
            })
    void doesNotEndCdataWhereADroppedCharacterStoodInItsEnd(String content, String value) throws XmlException {
        XmlElement root = root("<xml><a><![CDATA[" + content.replace('#', '\u0001') + "]]></a><b>c</b></xml>");

        assertThat(root.children()).extracting(XmlElement::text).containsExactly(value, "c");
    }

    private static XmlElement root(String document) throws XmlException {
        return XmlReader.read(document.getBytes(UTF_8)).root();
    }

    private static void assertRefused(byte[] document) {
        assertThatThrownBy(() -> XmlReader.read(document)).isInstanceOf(XmlException.class);
    }
}
