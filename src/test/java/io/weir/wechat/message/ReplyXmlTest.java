package io.weir.wechat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.wechat.xml.XmlException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyXmlTest {
    private static final Push PUSH = Samples.pushOf(Samples.event("CLICK", "<EventKey>K</EventKey>"));
    private static final String HEAD = "<ToUserName>oUser</ToUserName><FromUserName>gh_1</FromUserName>";

    static Stream<Reply> replies() {
        return Stream.of(
                Reply.text(" a\n ]]> <b> "),
                new Reply.Image("m"),
                new Reply.Voice("m"),
                new Reply.Video("m", Optional.of("t"), Optional.empty()),
                new Reply.Music("m", Optional.empty(), Optional.of("d"), Optional.of("u"), Optional.of("h")),
                new Reply.News(List.of(new Reply.Article("t", "", "p", "u"), new Reply.Article("", "", "", ""))),
                new Reply.TransferToService(Optional.empty()),
                new Reply.TransferToService(Optional.of("a@b")));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void readsEveryKindAsItIsWritten(Reply reply) throws XmlException {
        assertThat(read(ReplyWriter.write(reply, PUSH, Instant.EPOCH))).isEqualTo(reply);
    }

    @Test
    void isAsTolerantAsWeChat() throws XmlException {
        String loose = "\n<xml>\n <ToUserName> oUser </ToUserName> <FromUserName>\n<![CDATA[gh_1]]>\n</FromUserName>"
                + "<CreateTime> 1732000000123 </CreateTime><MsgType> text\n</MsgType><Content>a &amp; b</Content>"
                + "<FuncFlag>0</FuncFlag></xml>\n";

        assertThat(read(loose)).isEqualTo(Reply.text("a & b"));
    }

    @Test
    void takesTheAddressOfMusicInBothSpellings() throws XmlException {
        Reply reply = read(xml("<CreateTime>1</CreateTime><MsgType>music</MsgType><Music><MusicURL>u</MusicURL>"
                + "<ThumbMediaId>m</ThumbMediaId></Music>"));

        assertThat(((Reply.Music) reply).musicUrl()).contains("u");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<MsgType>text</MsgType><Content>a</Content> | has no CreateTime",
                "<CreateTime>now</CreateTime><MsgType>text</MsgType><Content>a</Content> | CreateTime is no number",
                "<CreateTime>1</CreateTime><Content>a</Content> | has no MsgType",
                "<CreateTime>1</CreateTime><MsgType>TEXT</MsgType><Content>a</Content> | MsgType is none of a reply's",
                "<CreateTime>1</CreateTime><MsgType>text</MsgType> | has no Content",
                "<CreateTime>1</CreateTime><MsgType>text</MsgType><MsgType>image</MsgType> | has MsgType twice",
                "<CreateTime>1</CreateTime><MsgType>image</MsgType><Content>a</Content> | has no Image",
                "<CreateTime>1</CreateTime><MsgType>image</MsgType><Image><MediaId> </MediaId></Image> | has an empty MediaId",
                "<CreateTime>1</CreateTime><MsgType>news</MsgType><Articles></Articles> | has no article",
            })
    void refusesWhatIsNoReply(String body, String rule) {
        assertThatThrownBy(() -> read(xml(body)))
                .isInstanceOf(XmlException.class)
                .hasMessage(rule);
    }

    @Test
    void refusesAReplyToSomebodyElse() {
        assertThatThrownBy(() -> read("<xml><ToUserName>oOther</ToUserName></xml>"))
                .hasMessage("ToUserName is not the sender of the push");
        assertThatThrownBy(() -> read("<html/>")).hasMessage("the root element is not xml");
    }

    private static String xml(String body) {
        return "<xml>" + HEAD + body + "</xml>";
    }

    private static Reply read(String xml) throws XmlException {
        return ReplyXml.read(Samples.root(xml.getBytes(StandardCharsets.UTF_8)), PUSH);
    }
}
