package io.weir.wechat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.weir.wechat.message.Reply.Article;
import io.weir.wechat.message.Reply.Image;
import io.weir.wechat.message.Reply.Music;
import io.weir.wechat.message.Reply.News;
import io.weir.wechat.message.Reply.TransferToService;
import io.weir.wechat.message.Reply.Video;
import io.weir.wechat.message.Reply.Voice;
import io.weir.wechat.xml.XmlElement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies as WeChat's samples write them (replies.md §2). */
class ReplyTest {
    private static final Push PUSH = Samples.push("message/text");
    private static final Optional<String> NONE = Optional.empty();

    static Stream<Arguments> samples() {
        Article article =
                new Article("Autumn", "What is new", "https://p.example/1.png", "https://www.example.com/a?x=1&y=2");
        Music music = new Music(
                "mEdIa_thb-0003",
                Optional.of("Song"),
                Optional.of("Band"),
                Optional.of("https://m.example/low.mp3"),
                Optional.of("https://m.example/high.mp3"));
        return Stream.of(
                arguments("text", Reply.text("您好 👋\n第二行"), 1732000100L),
                arguments("image", new Image("mEdIa_img-0001"), 1732000101L),
                arguments("voice", new Voice("mEdIa_voi-0002"), 1732000102L),
                arguments("video", new Video("mEdIa_vid-0003", Optional.of("Tour"), Optional.of("2 min")), 1732000103L),
                arguments("music", music, 1732000104L),
                arguments("news", new News(List.of(article)), 1732000105L),
                arguments("transfer_customer_service", new TransferToService(Optional.of("anna@gwtest")), 1732000106L));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writesEachKindAsItsSampleByteForByte(String name, Reply reply, long seconds) {
        String written = ReplyWriter.write(reply, PUSH, Instant.ofEpochSecond(seconds, 999_999_999));

        assertThat(written + "\n")
                .isEqualTo(new String(Samples.load("/replies/" + name + ".xml"), StandardCharsets.UTF_8));
    }

    static Stream<Arguments> bareReplies() {
        return Stream.of(
                arguments(new Video("v", NONE, NONE), "video", "<Video><MediaId><![CDATA[v]]></MediaId></Video>"),
                arguments(
                        new Music("t", NONE, NONE, NONE, NONE),
                        "music",
                        "<Music><ThumbMediaId><![CDATA[t]]></ThumbMediaId></Music>"),
                arguments(new TransferToService(NONE), "transfer_customer_service", ""));
    }

    @ParameterizedTest
    @MethodSource("bareReplies")
    void leavesOutWhatIsNotGiven(Reply reply, String msgType, String elements) {
        String written = ReplyWriter.write(reply, PUSH, Instant.EPOCH);

        assertThat(written).endsWith("<MsgType><![CDATA[" + msgType + "]]></MsgType>" + elements + "</xml>");
    }

    @Test
    void showsASampleOfEveryKind() {
        Set<Class<?>> shown =
                samples().map(arguments -> arguments.get()[1].getClass()).collect(Collectors.toSet());
        shown.add(Reply.None.class);
        shown.add(Reply.Configured.class);

        assertThat(shown).containsExactlyInAnyOrder(Reply.class.getPermittedSubclasses());
    }

    @Test
    void goesBackToWhereThePushCameFrom() {
        Push push = Samples.push("event/SCAN");

        XmlElement written = written(Reply.text("a"), push);

        assertThat(written.child("ToUserName").orElseThrow().text()).isEqualTo(push.fromUserName());
        assertThat(written.child("FromUserName").orElseThrow().text()).isEqualTo(push.toUserName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\uD800\uFFFE"})
    void saysSuccessInsteadOfAnEmptyText(String content) {
        assertThat(ReplyWriter.write(Reply.text(content), PUSH, Instant.EPOCH)).isEqualTo("success");
        assertThat(ReplyLimits.fit(Reply.text(content), PUSH).reply()).isEqualTo(Reply.NONE);
    }

    @Test
    void saysSuccessWhereThereIsNothingToSay() {
        assertThat(ReplyWriter.write(Reply.NONE, PUSH, Instant.EPOCH)).isEqualTo("success");
    }

    @Test
    void countsTheArticlesItWrites() {
        Article article = new Article("", "", "", "");

        XmlElement written = written(new News(List.of(article, article, article)), Samples.push("event/CLICK"));

        assertThat(written.child("ArticleCount").orElseThrow().text()).isEqualTo("3");
        assertThat(written.child("Articles").orElseThrow().children("item")).hasSize(3);
    }

    @Test
    void writesWhatAUserSaidAsTextAndNothingElse() {
        String said = "</Content>]]></xml><!-- & \u0001 <a href=\"x\">x</a>";

        XmlElement written = written(Reply.text(said), PUSH);

        assertThat(written.children()).hasSize(5);
        assertThat(written.child("Content").orElseThrow().text()).isEqualTo(said.replace("\u0001", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void refusesAMediumWithoutAnId(String id) {
        assertThatThrownBy(() -> new Image(id)).hasMessage("mediaId must not be blank");
        assertThatThrownBy(() -> new Voice(id)).hasMessage("mediaId must not be blank");
        assertThatThrownBy(() -> new Video(id, NONE, NONE)).hasMessage("mediaId must not be blank");
        assertThatThrownBy(() -> new Music(id, NONE, NONE, NONE, NONE)).hasMessage("thumbMediaId must not be blank");
    }

    @Test
    void refusesNewsWithoutAnArticle() {
        assertThatThrownBy(() -> new News(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static XmlElement written(Reply reply, Push push) {
        return Samples.root(ReplyWriter.write(reply, push, Instant.EPOCH).getBytes(StandardCharsets.UTF_8));
    }
}
