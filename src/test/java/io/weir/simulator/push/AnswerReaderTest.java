package io.weir.simulator.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.push.Verdict.Effect;
import io.weir.wechat.crypto.MessageCrypto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private final PushFactory factory = new PushFactory(PushTemplates.bundled());
    private final AnswerReader reader = new AnswerReader(new MessageCrypto(bytes -> {}));

    @ParameterizedTest
    @ValueSource(strings = {"success", ""})
    void showsNothingForSuccessAndForAnEmptyBodyInEveryMode(String body) {
        for (PushMode mode : PushMode.values()) {
            assertThat(read("CLICK", mode, body).verdict()).isEqualTo(Verdict.nothing(""));
        }
    }

    @Test
    void showsAPlainReplyInPlaintextAndCompatibleMode() {
        for (PushMode mode : new PushMode[] {PushMode.PLAINTEXT, PushMode.COMPATIBLE}) {
            Reading reading = read("CLICK", mode, Replies.text("sunck is a good man"));

            assertThat(reading.verdict()).isEqualTo(Verdict.shown("sunck is a good man"));
            assertThat(reading.encrypted()).isFalse();
            assertThat(reading.kind()).isEqualTo("text");
        }
        assertFault(read("CLICK", PushMode.SAFE, Replies.text("x")), "not encrypted");
    }

    @Test
    void showsAnEncryptedReplyInCompatibleAndSafeMode() {
        String body = Replies.sealed(Replies.text("密 👋"));
        for (PushMode mode : new PushMode[] {PushMode.COMPATIBLE, PushMode.SAFE}) {
            Reading reading = read("CLICK", mode, body);

            assertThat(reading.verdict()).isEqualTo(Verdict.shown("密 👋"));
            assertThat(reading.encrypted()).isTrue();
            assertThat(reading.clear()).isEqualTo(Replies.text("密 👋"));
        }
        assertFault(read("CLICK", PushMode.PLAINTEXT, body), "plaintext mode");
    }

    @Test
    void refusesAnEnvelopeThatIsNotTheAccounts() {
        String reply = Replies.text("x");
        String otherToken = IndependentCrypto.envelope(reply, "other", TestAccounts.AES_KEY, TestAccounts.APP_ID);
        String otherKey = IndependentCrypto.envelope(reply, TestAccounts.TOKEN, "B".repeat(43), TestAccounts.APP_ID);
        String otherApp = IndependentCrypto.envelope(reply, TestAccounts.TOKEN, TestAccounts.AES_KEY, "wxother");

        assertFault(read("CLICK", PushMode.SAFE, otherToken), "MsgSignature");
        assertFault(read("CLICK", PushMode.SAFE, otherKey), "cannot be decrypted");
        assertFault(read("CLICK", PushMode.SAFE, otherApp), "cannot be decrypted (APPID)");
        assertFault(
                read("CLICK", PushMode.SAFE, Replies.sealed(reply).replace("<TimeStamp>1790000009</TimeStamp>", "")),
                "no TimeStamp");
        assertFault(read("CLICK", PushMode.SAFE, Replies.sealed("success")), "not readable as XML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUCCESS",
                "ok",
                "\"success\"",
                "success\n",
                "{\"errcode\":0}",
                "<html><body>502</body></html>",
                "<xml>",
                "<!DOCTYPE xml [<!ENTITY e \"x\">]><xml>&e;</xml>",
                "<xml></xml>"
            })
    void showsTheFaultNoticeForEverythingElse(String body) {
        assertFault(read("CLICK", PushMode.PLAINTEXT, body), "");
    }

    @Test
    void showsTheFaultNoticeForBytesThatAreNotUtf8AndForADeepStructure() {
        byte[] bytes = Replies.text("?").getBytes(UTF_8);
        bytes[Replies.text("?").indexOf('?')] = (byte) 0xFF;

        assertFault(reader.read(push("CLICK"), TestAccounts.in(PushMode.PLAINTEXT), 200, bytes), "not UTF-8");
        assertFault(
                read("CLICK", PushMode.PLAINTEXT, "<xml>" + "<a>".repeat(50) + "</a>".repeat(50) + "</xml>"), "deeper");
    }

    @ParameterizedTest
    @CsvSource({"403,refused", "404,path", "500,500", "302,302", "204,204"})
    void takesNoOtherStatusThan200(int status, String why) {
        Reading reading =
                reader.read(push("CLICK"), TestAccounts.in(PushMode.PLAINTEXT), status, "success".getBytes(UTF_8));

        assertFault(reading, why);
    }

    @Test
    void refusesAReplyThatIsWronglyAddressedOrIncomplete() {
        String reply = Replies.text("hi");

        assertFault(plain(reply.replace(PushFactory.DEFAULT_USER, "oSomebodyElse")), "expected the user");
        assertFault(plain(reply.replace(TestAccounts.ORIGINAL_ID, "gh_other")), "expected the account");
        assertFault(plain(reply.replace("1790000002", "1790000002000")), "CreateTime");
        assertFault(plain(reply.replace("<CreateTime>1790000002</CreateTime>", "")), "no CreateTime");
        assertFault(plain(reply.replace("[text]", "[sticker]")), "'sticker'");
        assertFault(plain(reply.replace("<Content>", "<Content>a</Content><Content>")), "2 times");
        assertFault(plain(Replies.text("")), "Content of the reply is empty");
        assertFault(plain(Replies.text("好".repeat(683))), "2049 bytes");
        assertFault(plain(Replies.of("image", "<Image></Image>")), "no MediaId");
    }

    @Test
    void readsEveryKindOfReply() {
        assertThat(seen(Replies.of("image", "<Image><MediaId>m1</MediaId></Image>")))
                .isEqualTo("[image m1]");
        assertThat(seen(Replies.of("voice", "<Voice><MediaId>m2</MediaId></Voice>")))
                .isEqualTo("[voice m2]");
        assertThat(seen(Replies.of("video", "<Video><MediaId>m3</MediaId><Title>Tour</Title></Video>")))
                .isEqualTo("[video m3] Tour");
        assertThat(seen(Replies.of("music", "<Music><ThumbMediaId>m4</ThumbMediaId></Music>")))
                .isEqualTo("[music m4]");
        assertThat(seen(Replies.news(1, 1))).isEqualTo("[article] T http://u.example");
    }

    @Test
    void showsOneArticleForAMessageAndEightForAnEvent() {
        assertThat(read("text", PushMode.PLAINTEXT, Replies.news(3, 3))
                        .verdict()
                        .text()
                        .lines())
                .hasSize(1);
        assertThat(plain(Replies.news(9, 9)).verdict().text().lines()).hasSize(8);
        assertFault(plain(Replies.news(2, 1)), "ArticleCount");
        assertFault(plain(Replies.news(0, 0)), "ArticleCount");
        assertFault(plain(Replies.news(1, 1).replace("<Description>D</Description>", "")), "without Description");
        assertFault(plain(Replies.news(1, 1).replace("item>", "article>")), "found article");
    }

    @Test
    void showsNothingWhereNoReplyIsTakenOrAnAgentTakesOver() {
        assertThat(read("VIEW", PushMode.PLAINTEXT, Replies.text("x")).verdict())
                .isEqualTo(Verdict.nothing("WeChat shows no reply to VIEW"));
        assertThat(read("text", PushMode.PLAINTEXT, Replies.of("transfer_customer_service", ""))
                        .verdict())
                .isEqualTo(Verdict.nothing("the message goes to an agent"));
        assertThat(plain(Replies.of("transfer_customer_service", "")).verdict().effect())
                .isEqualTo(Effect.NOTHING);
    }

    @Test
    void readsAReplyHoweverItIsLaidOut() {
        String spread =
                Replies.text("a]]]]><![CDATA[>b").replace("><", ">\n  <").replace("]]>\n  <![", "]]><![");

        assertThat(plain(spread).verdict()).isEqualTo(Verdict.shown("a]]>b"));
        assertThat(plain(Replies.of("text", "<Content>1 &lt; 2</Content>")).verdict())
                .isEqualTo(Verdict.shown("1 < 2"));
        assertThat(plain(Replies.of("text", "<Content>\n <![CDATA[ x ]]>\n</Content>"))
                        .verdict())
                .isEqualTo(Verdict.shown(" x "));
    }

    private String seen(String body) {
        Reading reading = plain(body);
        assertThat(reading.verdict().effect()).isEqualTo(Effect.SHOWN);
        return reading.verdict().text();
    }

    private Reading plain(String body) {
        return read("CLICK", PushMode.PLAINTEXT, body);
    }

    private Reading read(String type, PushMode mode, String body) {
        return reader.read(push(type), TestAccounts.in(mode), 200, body.getBytes(UTF_8));
    }

    private SimulatedPush push(String type) {
        return factory.create(PushOrder.of(type), TestAccounts.withoutKey());
    }

    private static void assertFault(Reading reading, String why) {
        assertThat(reading.verdict().effect()).isEqualTo(Effect.FAULT);
        assertThat(reading.verdict().text()).contains(why);
    }
}
