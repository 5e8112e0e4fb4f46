package io.weir.simulator.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulator.push.DeliveryAttempt.AnswerReading;
import io.weir.simulator.push.DeliveryVerdict.Effect;
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
            assertThat(read("CLICK", mode, body).verdict()).isEqualTo(DeliveryVerdict.nothing(""));
        }
    }

    @Test
    void showsAPlainReplyInPlaintextAndCompatibleMode() {
        for (PushMode mode : new PushMode[] {PushMode.PLAINTEXT, PushMode.COMPATIBLE}) {
            AnswerReading reading = read("CLICK", mode, AnswerSamples.text("sunck is a good man"));

            assertThat(reading.verdict()).isEqualTo(DeliveryVerdict.shown("sunck is a good man"));
            assertThat(reading.encrypted()).isFalse();
            assertThat(reading.kind()).isEqualTo("text");
        }
        assertFault(read("CLICK", PushMode.SAFE, AnswerSamples.text("x")), "not encrypted");
    }

    @Test
    void showsAnEncryptedReplyInCompatibleAndSafeMode() {
        String body = AnswerSamples.sealed(AnswerSamples.text("密 👋"));
        for (PushMode mode : new PushMode[] {PushMode.COMPATIBLE, PushMode.SAFE}) {
            AnswerReading reading = read("CLICK", mode, body);

            assertThat(reading.verdict()).isEqualTo(DeliveryVerdict.shown("密 👋"));
            assertThat(reading.encrypted()).isTrue();
            assertThat(reading.clear()).isEqualTo(AnswerSamples.text("密 👋"));
        }
        assertFault(read("CLICK", PushMode.PLAINTEXT, body), "plaintext mode");
    }

    @Test
    void refusesAnEnvelopeThatIsNotTheAccounts() {
        String reply = AnswerSamples.text("x");
        String otherToken = IndependentCrypto.envelope(reply, "other", TestAccounts.AES_KEY, TestAccounts.APP_ID);
        String otherKey = IndependentCrypto.envelope(reply, TestAccounts.TOKEN, "B".repeat(43), TestAccounts.APP_ID);
        String otherApp = IndependentCrypto.envelope(reply, TestAccounts.TOKEN, TestAccounts.AES_KEY, "wxother");

        assertFault(read("CLICK", PushMode.SAFE, otherToken), "MsgSignature");
        assertFault(read("CLICK", PushMode.SAFE, otherKey), "cannot be decrypted");
        assertFault(read("CLICK", PushMode.SAFE, otherApp), "cannot be decrypted (APPID)");
        assertFault(
                read(
                        "CLICK",
                        PushMode.SAFE,
                        AnswerSamples.sealed(reply).replace("<TimeStamp>1790000009</TimeStamp>", "")),
                "no TimeStamp");
        assertFault(read("CLICK", PushMode.SAFE, AnswerSamples.sealed("success")), "not readable as XML");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `SUCCESS`                        | small letters
                    `ok`                             | not readable as XML
                    `"success"`                      | without quotes
                    `success\n`                      | line break
                    `\uFEFFsuccess`                  | byte order mark
                    `{"errcode":0}`                  | JSON
                    `<html><body>502</body></html>`  | root element
                    `<!DOCTYPE html><p>502`          | an HTML page
                    `<xml>`                          | not readable as XML
                    `<xml></xml>`                    | no ToUserName
                    """)
    void showsTheFaultNoticeForEverythingElse(String body, String why) {
        assertFault(read("CLICK", PushMode.PLAINTEXT, body), why);
        assertFault(
                read("CLICK", PushMode.PLAINTEXT, "<!DOCTYPE xml [<!ENTITY e \"x\">]><xml>&e;</xml>"), "not readable");
    }

    @Test
    void showsTheFaultNoticeForBytesThatAreNotUtf8AndForADeepStructure() {
        byte[] bytes = AnswerSamples.text("?").getBytes(UTF_8);
        bytes[AnswerSamples.text("?").indexOf('?')] = (byte) 0xFF;

        assertFault(reader.read(push("CLICK"), TestAccounts.in(PushMode.PLAINTEXT), 200, bytes), "not UTF-8");
        assertFault(
                read("CLICK", PushMode.PLAINTEXT, "<xml>" + "<a>".repeat(50) + "</a>".repeat(50) + "</xml>"), "deeper");
    }

    @ParameterizedTest
    @CsvSource({"403,refused", "404,path", "500,500", "302,302", "204,204"})
    void takesNoOtherStatusThan200(int status, String why) {
        AnswerReading reading =
                reader.read(push("CLICK"), TestAccounts.in(PushMode.PLAINTEXT), status, "success".getBytes(UTF_8));

        assertFault(reading, why);
    }

    @Test
    void refusesAReplyThatIsWronglyAddressedOrIncomplete() {
        String reply = AnswerSamples.text("hi");

        assertFault(plain(reply.replace(PushFactory.DEFAULT_USER, "oSomebodyElse")), "expected the user");
        assertFault(plain(reply.replace(TestAccounts.ORIGINAL_ID, "gh_other")), "expected the account");
        assertFault(plain(reply.replace("1790000002", "17900000020")), "CreateTime");
        assertFault(plain(reply.replace("<CreateTime>1790000002</CreateTime>", "")), "no CreateTime");
        assertFault(plain(reply.replace("[text]", "[sticker]")), "'sticker'");
        assertFault(plain(reply.replace("<Content>", "<Content>a</Content><Content>")), "2 times");
        assertFault(plain(AnswerSamples.text("")), "Content of the reply is empty");
        assertFault(plain(AnswerSamples.text("好".repeat(683))), "2049 bytes");
        assertFault(plain(AnswerSamples.of("image", "<Image></Image>")), "no MediaId");
    }

    @Test
    void takesACreateTimeInMillisecondsWithARemark() {
        String reply = AnswerSamples.text("hi");

        DeliveryVerdict inMillis =
                plain(reply.replace("1790000002", "1790000002000")).verdict();

        assertThat(inMillis.effect()).isEqualTo(Effect.SHOWN);
        assertThat(inMillis.remark())
                .hasValueSatisfying(said -> assertThat(said).contains("milliseconds", "seconds"));
        assertThat(plain(reply).verdict().remark()).isEmpty();
    }

    @Test
    void readsEveryKindOfReply() {
        assertThat(seen(AnswerSamples.of("image", "<Image><MediaId>m1</MediaId></Image>")))
                .isEqualTo("[image m1]");
        assertThat(seen(AnswerSamples.of("voice", "<Voice><MediaId>m2</MediaId></Voice>")))
                .isEqualTo("[voice m2]");
        assertThat(seen(AnswerSamples.of("video", "<Video><MediaId>m3</MediaId><Title>Tour</Title></Video>")))
                .isEqualTo("[video m3] Tour");
        assertThat(seen(AnswerSamples.of("music", "<Music><ThumbMediaId>m4</ThumbMediaId></Music>")))
                .isEqualTo("[music m4]");
        assertThat(seen(AnswerSamples.news(1, 1))).isEqualTo("[article] T http://u.example");
    }

    @Test
    void showsOneArticleForAMessageAndEightForAnEvent() {
        assertThat(read("text", PushMode.PLAINTEXT, AnswerSamples.news(3, 3))
                        .verdict()
                        .text()
                        .lines())
                .hasSize(1);
        assertThat(plain(AnswerSamples.news(9, 9)).verdict().text().lines()).hasSize(8);
        assertFault(plain(AnswerSamples.news(2, 1)), "ArticleCount");
        assertFault(plain(AnswerSamples.news(0, 0)), "ArticleCount");
        assertFault(plain(AnswerSamples.news(1, 1).replace("<Description>D</Description>", "")), "without Description");
        assertFault(plain(AnswerSamples.news(1, 1).replace("item>", "article>")), "found article");
    }

    @Test
    void showsNothingWhereNoReplyIsTakenOrAnAgentTakesOver() {
        assertThat(read("VIEW", PushMode.PLAINTEXT, AnswerSamples.text("x")).verdict())
                .isEqualTo(DeliveryVerdict.nothing("WeChat shows no reply to VIEW"));
        assertThat(read("text", PushMode.PLAINTEXT, AnswerSamples.of("transfer_customer_service", ""))
                        .verdict())
                .isEqualTo(DeliveryVerdict.nothing("the message goes to an agent"));
        assertThat(plain(AnswerSamples.of("transfer_customer_service", ""))
                        .verdict()
                        .effect())
                .isEqualTo(Effect.NOTHING);
    }

    @Test
    void readsAReplyHoweverItIsLaidOut() {
        String spread =
                AnswerSamples.text("a]]]]><![CDATA[>b").replace("><", ">\n  <").replace("]]>\n  <![", "]]><![");

        assertThat(plain(spread).verdict()).isEqualTo(DeliveryVerdict.shown("a]]>b"));
        assertThat(plain(AnswerSamples.of("text", "<Content>1 &lt; 2</Content>"))
                        .verdict())
                .isEqualTo(DeliveryVerdict.shown("1 < 2"));
        assertThat(plain(AnswerSamples.of("text", "<Content>\n <![CDATA[ x ]]>\n</Content>"))
                        .verdict())
                .isEqualTo(DeliveryVerdict.shown(" x "));
    }

    private String seen(String body) {
        AnswerReading reading = plain(body);
        assertThat(reading.verdict().effect()).isEqualTo(Effect.SHOWN);
        return reading.verdict().text();
    }

    private AnswerReading plain(String body) {
        return read("CLICK", PushMode.PLAINTEXT, body);
    }

    private AnswerReading read(String type, PushMode mode, String body) {
        return reader.read(push(type), TestAccounts.in(mode), 200, body.getBytes(UTF_8));
    }

    private SimulatedPush push(String type) {
        return factory.create(PushOrder.of(type), TestAccounts.withoutKey());
    }

    private static void assertFault(AnswerReading reading, String why) {
        assertThat(reading.verdict().effect()).isEqualTo(Effect.FAULT);
        assertThat(reading.verdict().text()).contains(why);
    }
}
