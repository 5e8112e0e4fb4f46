package io.weir.wechat.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.Corpora;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.Reply.Article;
import io.weir.wechat.message.Reply.News;
import io.weir.wechat.xml.XmlDocument;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import io.weir.wechat.xml.XmlText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The Big List of Naughty Strings (515) as what users send, what menu buttons are called and what is answered. Not here:
 * in JSON as the menu's names and through the console's HTML; those come with the menu and the console.
 */
class NaughtyStringsTest {
    private static final Push PUSH = Samples.push("message/text");
    private static final Instant NOW = Instant.ofEpochSecond(1_732_000_000L);

    @Test
    void readsEachAsTheTextOfAUser() throws Exception {
        for (String naughty : Corpora.naughtyStrings()) {
            for (String written : List.of(escaped(naughty), inCdata(naughty))) {
                Push push = read("<MsgType>text</MsgType><Content>" + written + "</Content><MsgId>1</MsgId>");

                assertThat(push).isInstanceOf(Message.Text.class);
                assertThat(((Message.Text) push).content()).isEqualTo(XmlText.clean(naughty));
                assertThat(push.answerKey()).contains(XmlText.clean(naughty));
            }
        }
    }

    @Test
    void readsEachAsTheKeyOfAButton() throws Exception {
        for (String naughty : Corpora.naughtyStrings()) {
            for (String written : List.of(escaped(naughty), inCdata(naughty))) {
                Push push = read("<MsgType>event</MsgType><Event>CLICK</Event><EventKey>" + written + "</EventKey>");

                assertThat(push).isInstanceOf(Click.class);
                assertThat(((Click) push).eventKey()).isEqualTo(XmlText.clean(naughty));
            }
        }
    }

    @Test
    void readsEachAsAKindThatNobodyHasARecordOf() throws Exception {
        for (String naughty : Corpora.naughtyStrings()) {
            Push push = read("<MsgType>event</MsgType><Event>new-" + inCdata(naughty) + "</Event>");

            assertThat(push).isInstanceOf(Unknown.class);
            assertThat(((Unknown) push).event()).contains(("new-" + XmlText.clean(naughty)).strip());
        }
    }

    @Test
    void writesEachAsAReplyThatReadsBackEqual() throws Exception {
        for (String naughty : Corpora.naughtyStrings()) {
            String clean = XmlText.clean(naughty);

            Optional<XmlElement> root = written(Reply.text(naughty));

            assertThat(root.map(xml -> text(xml, "Content")))
                    .isEqualTo(Optional.of(clean).filter(text -> !text.isEmpty()));
            assertThat(ReplyLimits.fit(Reply.text(naughty), PUSH).cut()).isEmpty();
        }
    }

    @Test
    void writesEachInEveryTextOfANewsCard() throws Exception {
        for (String naughty : Corpora.naughtyStrings()) {
            XmlElement root = written(new News(List.of(new Article(naughty, naughty, naughty, naughty))))
                    .orElseThrow();

            XmlElement item = root.child("Articles").orElseThrow().child("item").orElseThrow();
            assertThat(item.children()).extracting(XmlElement::text).hasSize(4).containsOnly(XmlText.clean(naughty));
        }
    }

    private static Push read(String fields) throws XmlException, NotAPushException {
        String xml = "<xml><ToUserName>gh_1</ToUserName><FromUserName>oUser</FromUserName>"
                + "<CreateTime>1732000000</CreateTime>" + fields + "</xml>";
        XmlDocument document = XmlReader.read(xml.getBytes(UTF_8));
        PushReader.checkForm(document.root());
        return PushReader.read(Samples.ACCOUNT, document.root());
    }

    private static Optional<XmlElement> written(Reply reply) throws XmlException {
        String written = ReplyWriter.write(reply, PUSH, NOW);
        return written.equals(ReplyWriter.SUCCESS)
                ? Optional.empty()
                : Optional.of(XmlReader.read(written.getBytes(UTF_8)).root());
    }

    private static String text(XmlElement parent, String name) {
        return parent.child(name).orElseThrow().text();
    }

    /** As somebody writes it who knows XML's markup, and nothing of the characters that it forbids. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** As WeChat writes it. */
    private static String inCdata(String text) {
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }
}
