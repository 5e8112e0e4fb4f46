package io.weir.wechat.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.message.Reply.Article;
import io.weir.wechat.message.Reply.Image;
import io.weir.wechat.message.Reply.News;
import io.weir.wechat.message.ReplyLimits.Fitted;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is cut from a reply so that WeChat shows it. */
class ReplyLimitsTest {
    private static final Push MESSAGE = Samples.push("message/text");
    private static final Push EVENT = Samples.push("event/CLICK");

    @Test
    void leavesATextOf2048Bytes() {
        Reply text = Reply.text("你".repeat(682) + "ab");

        assertThat(ReplyLimits.fit(text, MESSAGE)).isEqualTo(new Fitted(text, Optional.empty()));
    }

    @Test
    void cutsATextThatIsLongerAtACodePointAndSaysSo() {
        Fitted fitted = ReplyLimits.fit(Reply.text("a" + "😀".repeat(512)), MESSAGE);

        assertThat(fitted.reply()).isEqualTo(Reply.text("a" + "😀".repeat(511)));
        assertThat(fitted.cut()).contains("text of 2049 bytes cut to 2048");
    }

    @Test
    void countsTheBytesThatAreSentAndNotThoseThatAreDropped() {
        Fitted fitted = ReplyLimits.fit(Reply.text("\u0001".repeat(100) + "a".repeat(2048)), MESSAGE);

        assertThat(fitted).isEqualTo(new Fitted(Reply.text("a".repeat(2048)), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "message/text, 1, 1",
        "message/text, 2, 1",
        "event/CLICK, 8, 8",
        "event/CLICK, 9, 8",
        "event/subscribe, 10, 8"
    })
    void cutsNewsToWhatThePushAllows(String sample, int articles, int sent) {
        News news = new News(Collections.nCopies(articles, new Article("t", "d", "p", "u")));

        Fitted fitted = ReplyLimits.fit(news, Samples.push(sample));

        assertThat(((News) fitted.reply()).articles()).hasSize(sent);
        assertThat(fitted.cut().isPresent()).isEqualTo(sent < articles);
    }

    @Test
    void leavesOtherKindsAsTheyAre() {
        assertThat(ReplyLimits.fit(new Image("m"), EVENT)).isEqualTo(new Fitted(new Image("m"), Optional.empty()));
        assertThat(ReplyLimits.fit(Reply.NONE, EVENT)).isEqualTo(new Fitted(Reply.NONE, Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.message.Samples#names")
    void repliesOnlyWhereTheReplyIsShown(String sample) {
        Push push = Samples.push(sample);

        Reply reply = ReplyLimits.fit(Reply.text("a"), push).reply();

        assertThat(reply).isEqualTo(push.type().takesReply() ? Reply.text("a") : Reply.NONE);
    }
}
