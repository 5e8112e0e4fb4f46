package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplyKindsTest {

    @Test
    void makesATextReply() {
        assertThat(click("text: \"a\\nb\"")).isEqualTo(Reply.text("a\nb"));
        assertThat(click("text: 0123")).isEqualTo(Reply.text("0123"));
    }

    @Test
    void makesAnImageAndAVoiceReply() {
        assertThat(click("image: m1")).isEqualTo(new Reply.Image("m1"));
        assertThat(click("voice: \"m{eventKey}\"")).isEqualTo(new Reply.Voice("mA"));
    }

    @Test
    void makesAVideoReply() {
        assertThat(click("video: { mediaId: m1 }"))
                .isEqualTo(new Reply.Video("m1", Optional.empty(), Optional.empty()));
        assertThat(click("video: { mediaId: m1, title: \"T {eventKey}\", description: D }"))
                .isEqualTo(new Reply.Video("m1", Optional.of("T A"), Optional.of("D")));
    }

    @Test
    void makesAMusicReply() {
        assertThat(click("music: { thumbMediaId: m1 }"))
                .isEqualTo(
                        new Reply.Music("m1", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(click("music: { thumbMediaId: m1, title: T, description: D, url: u, hqUrl: \"h?{eventKey}\" }"))
                .isEqualTo(new Reply.Music(
                        "m1", Optional.of("T"), Optional.of("D"), Optional.of("u"), Optional.of("h?A")));
    }

    @Test
    void makesANewsReply() {
        assertThat(click("news: [{ title: \"T {eventKey}\", description: \"\", picUrl: p, url: u },"
                        + " { title: T2, description: D2, picUrl: p2, url: \"u?{openId}\" }]"))
                .isEqualTo(new Reply.News(List.of(
                        new Reply.Article("T A", "", "p", "u"), new Reply.Article("T2", "D2", "p2", "u?oUser"))));
    }

    @Test
    void handsOverToCustomerService() {
        Reply anyone = new Reply.TransferToService(Optional.empty());

        assertThat(message("transferToService:")).isEqualTo(anyone);
        assertThat(message("transferToService: {}")).isEqualTo(anyone);
        assertThat(message("transferToService: true")).isEqualTo(anyone);
        assertThat(message("transferToService: { account: \"\" }")).isEqualTo(anyone);
        assertThat(message("transferToService: { account: anna@gwtest }"))
                .isEqualTo(new Reply.TransferToService(Optional.of("anna@gwtest")));
    }

    @Test
    void saysNothingOnPurpose() {
        assertThat(click("none: true")).isEqualTo(Reply.NONE);
    }

    @Test
    void saysNothingWhereATextOrMediaIdComesOutEmpty() {
        assertThat(click("text: \"{menuId}\"")).isEqualTo(Reply.NONE);
        assertThat(click("image: \"{menuId}\"")).isEqualTo(Reply.NONE);
        assertThat(click("voice: \" {menuId} \"")).isEqualTo(Reply.NONE);
        assertThat(click("video: { mediaId: \"{menuId}\", title: T }")).isEqualTo(Reply.NONE);
        assertThat(click("music: { thumbMediaId: \"{menuId}\" }")).isEqualTo(Reply.NONE);
    }

    @Test
    void leavesOutWhatComesOutEmpty() {
        assertThat(click("video: { mediaId: m1, title: \"{menuId}\" }"))
                .isEqualTo(new Reply.Video("m1", Optional.empty(), Optional.empty()));
        assertThat(message("transferToService: { account: \"{bizMsgMenuId}\" }"))
                .isEqualTo(new Reply.TransferToService(Optional.empty()));
    }

    @Test
    void givesTheSameReplyWhereNoPushCanChangeIt() {
        Rule fixed = Parsed.valid("CLICK: { default: { text: \"a {{b}}\" } }")
                .rules()
                .find(RulePushes.click("A"))
                .orElseThrow();
        Rule open = Parsed.valid("CLICK: { default: { text: \"{eventKey}\" } }")
                .rules()
                .find(RulePushes.click("A"))
                .orElseThrow();

        assertThat(fixed.reply(RulePushes.click("A"))).isSameAs(fixed.reply(RulePushes.click("B")));
        assertThat(open.reply(RulePushes.click("A"))).isNotEqualTo(open.reply(RulePushes.click("B")));
    }

    private static Reply click(String reply) {
        return Parsed.valid("CLICK:", "  A: { " + reply + " }").reply(RulePushes.click("A"));
    }

    private static Reply message(String reply) {
        return Parsed.valid("text:", "  A: { " + reply + " }").reply(RulePushes.text("A"));
    }
}
