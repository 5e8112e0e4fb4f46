package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.push.Element.Group;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushXmlTest {
    private final List<Element> elements = List.of(
            Element.text("A", "x & <y>"),
            Element.digits("N", "-12.50"),
            new Group("G", List.of(new Group("H", List.of()), Element.text("I", ""))));

    @Test
    void writesTextAsCdataAndNumbersBare() {
        assertThat(PushXml.compact(elements))
                .isEqualTo("<xml><A><![CDATA[x & <y>]]></A><N>-12.50</N><G><H></H><I><![CDATA[]]></I></G></xml>");
    }

    @Test
    void splitsWhatWouldEndTheCdataSection() throws Exception {
        String xml = PushXml.compact(List.of(Element.text("A", "1]]>2]]>")));

        assertThat(xml).isEqualTo("<xml><A><![CDATA[1]]]]><![CDATA[>2]]]]><![CDATA[>]]></A></xml>");
        assertThat(Element.value(AnswerXml.parse(xml), "A")).contains("1]]>2]]>");
    }

    @Test
    void laysOutForPeople() {
        assertThat(PushXml.pretty(elements)).isEqualTo("""
                <xml>
                  <A><![CDATA[x & <y>]]></A>
                  <N>-12.50</N>
                  <G>
                    <H></H>
                    <I><![CDATA[]]></I>
                  </G>
                </xml>""");
    }

    @Test
    void writesWhatAUsersOddKeyboardSends() {
        assertThat(PushXml.compact(List.of(Element.text("A", "a\u0002👋")))).contains("<![CDATA[a\u0002👋]]>");
    }
}
