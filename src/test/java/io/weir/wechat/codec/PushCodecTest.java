package io.weir.wechat.codec;

import static io.weir.wechat.codec.Pushes.APP_ID;
import static io.weir.wechat.codec.Pushes.CLICK;
import static io.weir.wechat.codec.Pushes.KEY;
import static io.weir.wechat.codec.Pushes.NOW;
import static io.weir.wechat.codec.Pushes.OTHER_KEY;
import static io.weir.wechat.codec.Pushes.TOKEN;
import static io.weir.wechat.codec.Pushes.account;
import static io.weir.wechat.codec.Pushes.aesQuery;
import static io.weir.wechat.codec.Pushes.bytes;
import static io.weir.wechat.codec.Pushes.codec;
import static io.weir.wechat.codec.Pushes.encrypt;
import static io.weir.wechat.codec.Pushes.envelope;
import static io.weir.wechat.codec.Pushes.plainQuery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.wechat.codec.Protection.Form;
import io.weir.wechat.codec.PushCodec.Now;
import io.weir.wechat.codec.Refusal.Cause;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushCodecTest {
    private final PushCodec codec = codec();

    @Test
    void readsPlainPush() throws Refusal {
        OpenedPush received = read(account(Mode.PLAINTEXT), plainQuery(TOKEN, NOW), bytes(CLICK), NOW);

        assertThat(received.push()).isInstanceOf(Click.class);
        assertThat(received.push().account()).isEqualTo("main");
        assertThat(received.seal()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPATIBLE", "SAFE"})
    void readsEncryptedPush(Mode mode) throws Refusal {
        String encrypt = encrypt(CLICK, KEY, APP_ID);

        OpenedPush received = read(account(mode), aesQuery(TOKEN, NOW, encrypt), envelope(encrypt), NOW);

        assertThat(received.push()).isInstanceOf(Click.class);
        assertThat(received.seal()).contains(new ReplyEncryption(TOKEN, KEY));
    }

    @Test
    void readsOnlyTheEncryptedCopyInCompatibleMode() throws Refusal {
        String encrypt = encrypt(CLICK, KEY, APP_ID);
        byte[] body = bytes(CLICK.replace("[K]", "[FORGED]")
                .replace("</xml>", "<Encrypt><![CDATA[" + encrypt + "]]></Encrypt></xml>"));

        OpenedPush received = read(account(Mode.COMPATIBLE), aesQuery(TOKEN, NOW, encrypt), body, NOW);

        assertThat(((Click) received.push()).eventKey()).isEqualTo("K");
    }

    @Test
    void readsEncryptWithoutEncryptTypeInCompatibleModeOnlyWithItsSignature() throws Refusal {
        String encrypt = encrypt(CLICK, KEY, APP_ID);
        PushQuery aes = aesQuery(TOKEN, NOW, encrypt);
        PushQuery untyped = new PushQuery(
                aes.signature(),
                aes.timestamp(),
                aes.nonce(),
                Optional.empty(),
                Optional.empty(),
                aes.msgSignature(),
                Optional.empty());

        assertThat(read(account(Mode.COMPATIBLE), untyped, envelope(encrypt), NOW)
                        .seal())
                .isPresent();
        assertThat(cause(() -> read(account(Mode.COMPATIBLE), plainQuery(TOKEN, NOW), envelope(encrypt), NOW)))
                .isEqualTo(Cause.MSG_SIGNATURE);
    }

    @Test
    void refusesWrongSignature() {
        assertThat(cause(() -> read(account(Mode.PLAINTEXT), plainQuery("other", NOW), bytes(CLICK), NOW)))
                .isEqualTo(Cause.SIGNATURE);
    }

    @Test
    void checksTheSignatureBeforeTheBody() {
        assertThat(cause(() -> read(account(Mode.PLAINTEXT), plainQuery("other", NOW), bytes("<"), NOW)))
                .isEqualTo(Cause.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(longs = {-600, -1, 0, 1, 600})
    void acceptsTimestampInsideTheWindow(long seconds) throws Refusal {
        PushQuery query = plainQuery(TOKEN, NOW.plusSeconds(seconds));

        assertThat(read(account(Mode.PLAINTEXT), query, bytes(CLICK), NOW)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_200, 1_200})
    void acceptsTimestampThatOneOfTheTwoClocksAccepts(long ahead) throws Refusal {
        PushQuery query = plainQuery(TOKEN, NOW);
        Instant wrong = NOW.plusSeconds(ahead);

        assertThat(codec.check(account(Mode.PLAINTEXT), query, new Now(NOW, wrong)))
                .isNotNull();
        assertThat(codec.check(account(Mode.PLAINTEXT), query, new Now(wrong, NOW)))
                .isNotNull();
        assertThat(cause(() -> codec.check(account(Mode.PLAINTEXT), query, Now.of(wrong))))
                .isEqualTo(Cause.TIMESTAMP);
    }

    @ParameterizedTest
    @ValueSource(longs = {-601, 601, 1_000_000_000L})
    void refusesTimestampOutsideTheWindow(long seconds) {
        PushQuery query = plainQuery(TOKEN, NOW.plusSeconds(seconds));

        assertThat(cause(() -> read(account(Mode.PLAINTEXT), query, bytes(CLICK), NOW)))
                .isEqualTo(Cause.TIMESTAMP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "-1",
                "+1732000000",
                "01732000000",
                "001732000000",
                "1732000000 ",
                "1732000000.0",
                "99999999999999999999",
                "١٧٣٢٠٠٠٠٠٠",
                " 1732000000"
            })
    void refusesTimestampThatIsNoNumberOfSeconds(String timestamp) {
        PushQuery query = new PushQuery(
                "a", timestamp, "1", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(cause(() -> read(account(Mode.PLAINTEXT), query, bytes(CLICK), NOW)))
                .isEqualTo(Cause.TIMESTAMP);
    }

    @Test
    void refusesPlainPushInSafeMode() {
        assertThat(cause(() -> read(account(Mode.SAFE), plainQuery(TOKEN, NOW), bytes(CLICK), NOW)))
                .isEqualTo(Cause.MODE);
    }

    @Test
    void refusesPlainBodyUnderAnEncryptedQuery() {
        assertThat(cause(() -> read(account(Mode.SAFE), aesQuery(TOKEN, NOW, ""), bytes(CLICK), NOW)))
                .isEqualTo(Cause.ENCRYPT);
        assertThat(cause(() -> read(account(Mode.COMPATIBLE), aesQuery(TOKEN, NOW, ""), bytes(CLICK), NOW)))
                .isEqualTo(Cause.ENCRYPT);
    }

    @Test
    void refusesEncryptedPushInPlaintextMode() {
        String encrypt = encrypt(CLICK, KEY, APP_ID);

        assertThat(cause(() -> read(account(Mode.PLAINTEXT), aesQuery(TOKEN, NOW, encrypt), envelope(encrypt), NOW)))
                .isEqualTo(Cause.MODE);
        assertThat(cause(() -> read(account(Mode.PLAINTEXT), plainQuery(TOKEN, NOW), envelope(encrypt), NOW)))
                .isEqualTo(Cause.MODE);
    }

    @Test
    void refusesUnknownEncryptType() {
        PushQuery plain = plainQuery(TOKEN, NOW);
        PushQuery query = new PushQuery(
                plain.signature(),
                plain.timestamp(),
                plain.nonce(),
                Optional.empty(),
                Optional.of("AES"),
                Optional.empty(),
                Optional.empty());

        assertThat(cause(() -> read(account(Mode.COMPATIBLE), query, bytes(CLICK), NOW)))
                .isEqualTo(Cause.MODE);
    }

    /** What other products have as well does not make a push theirs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<AgentID>1</AgentID>",
                "<InfoType>authorized</InfoType>",
                "<AppId>wx1</AppId><AppId>wx2</AppId>",
                "<AppId>wx1</AppId><InfoType>a</InfoType><InfoType>b</InfoType><AgentID/>",
                "<Note>{\"AgentID\":1}</Note>"
            })
    void readsPushOfAnOfficialAccountWithElementsOfOtherProducts(String elements) throws Refusal {
        String push = CLICK.replace("</xml>", elements + "</xml>");
        String encrypt = encrypt(push, KEY, APP_ID);
        byte[] both = bytes(push.replace("</xml>", "<Encrypt>" + encrypt + "</Encrypt></xml>"));

        assertThat(read(account(Mode.PLAINTEXT), plainQuery(TOKEN, NOW), bytes(push), NOW)
                        .push())
                .isInstanceOf(Click.class);
        assertThat(read(account(Mode.COMPATIBLE), aesQuery(TOKEN, NOW, encrypt), both, NOW)
                        .push())
                .isInstanceOf(Click.class);
    }

    @Test
    void readsEnvelopeWithoutToUserName() throws Refusal {
        String encrypt = encrypt(CLICK, KEY, APP_ID);
        byte[] body = bytes("<xml><Encrypt>" + encrypt + "</Encrypt></xml>");

        assertThat(read(account(Mode.SAFE), aesQuery(TOKEN, NOW, encrypt), body, NOW)
                        .push())
                .isInstanceOf(Click.class);
    }

    @Test
    void refusesTwoEncryptElements() {
        String encrypt = encrypt(CLICK, KEY, APP_ID);
        byte[] body = bytes("<xml><Encrypt>" + encrypt + "</Encrypt><Encrypt>" + encrypt + "</Encrypt></xml>");

        assertThat(cause(() -> read(account(Mode.SAFE), aesQuery(TOKEN, NOW, encrypt), body, NOW)))
                .isEqualTo(Cause.FORM);
    }

    @Test
    void refusesTwoSenders() {
        byte[] body = bytes(CLICK.replace("</xml>", "<FromUserName>oB</FromUserName></xml>"));

        assertThat(cause(() -> read(account(Mode.PLAINTEXT), plainQuery(TOKEN, NOW), body, NOW)))
                .isEqualTo(Cause.FORM);
    }

    @Test
    void refusesAnotherRoot() {
        byte[] body = bytes(CLICK.replace("<xml>", "<html>").replace("</xml>", "</html>"));

        assertThat(cause(() -> read(account(Mode.PLAINTEXT), plainQuery(TOKEN, NOW), body, NOW)))
                .isEqualTo(Cause.FORM);
    }

    @Test
    void readsDocumentWithoutAnyFieldAsUnknown() throws Refusal {
        OpenedPush received = read(account(Mode.PLAINTEXT), plainQuery(TOKEN, NOW), bytes("<xml/>"), NOW);

        assertThat(received.push()).isInstanceOf(Unknown.class);
    }

    @Test
    void refusesAnotherOriginalIdWhereOneIsSet() throws Refusal {
        Credentials other = withOriginalId("gh_other");
        Credentials same = withOriginalId("gh_5f21c0ffee01");

        assertThat(read(same, plainQuery(TOKEN, NOW), bytes(CLICK), NOW)).isNotNull();
        assertThat(cause(() -> read(other, plainQuery(TOKEN, NOW), bytes(CLICK), NOW)))
                .isEqualTo(Cause.TO_USER_NAME);
        assertThat(cause(() -> read(other, plainQuery(TOKEN, NOW), bytes("<xml/>"), NOW)))
                .isEqualTo(Cause.TO_USER_NAME);
    }

    @Test
    void acceptsEachOfSeveralTokensAndKeysAndAnswersWithTheOneThatCame() throws Refusal {
        Credentials rotating = new Credentials(
                "main", APP_ID, List.of("newToken", TOKEN), List.of(OTHER_KEY, KEY), Mode.SAFE, Optional.empty());
        String old = encrypt(CLICK, KEY, APP_ID);
        String fresh = encrypt(CLICK, OTHER_KEY, APP_ID);

        assertThat(read(rotating, aesQuery(TOKEN, NOW, old), envelope(old), NOW).seal())
                .contains(new ReplyEncryption(TOKEN, KEY));
        assertThat(read(rotating, aesQuery("newToken", NOW, fresh), envelope(fresh), NOW)
                        .seal())
                .contains(new ReplyEncryption("newToken", OTHER_KEY));
    }

    @Test
    void tellsWhichTokenAndKeyOpenedAPushAndInWhatForm() throws Refusal {
        Credentials rotating = new Credentials(
                "main", APP_ID, List.of("newToken", TOKEN), List.of(OTHER_KEY, KEY), Mode.COMPATIBLE, Optional.empty());
        String old = encrypt(CLICK, KEY, APP_ID);
        String fresh = encrypt(CLICK, OTHER_KEY, APP_ID);
        byte[] both = bytes(CLICK.replace("</xml>", "<Encrypt>" + fresh + "</Encrypt></xml>"));

        assertThat(read(rotating, plainQuery("newToken", NOW), bytes(CLICK), NOW)
                        .protection())
                .isEqualTo(new Protection(1, 0, Form.PLAINTEXT));
        assertThat(read(rotating, plainQuery(TOKEN, NOW), bytes(CLICK), NOW).protection())
                .isEqualTo(new Protection(2, 0, Form.PLAINTEXT));
        assertThat(read(rotating, aesQuery(TOKEN, NOW, old), envelope(old), NOW).protection())
                .isEqualTo(new Protection(2, 2, Form.ENCRYPTED));
        assertThat(read(rotating, aesQuery(TOKEN, NOW, fresh), both, NOW).protection())
                .isEqualTo(new Protection(2, 1, Form.BOTH));
    }

    @Test
    void countsDroppedCharacters() throws Refusal {
        byte[] body = bytes(CLICK.replace("[K]", "[K\u0001\u000B]"));

        OpenedPush received = read(account(Mode.PLAINTEXT), plainQuery(TOKEN, NOW), body, NOW);

        assertThat(received.droppedCharacters()).isEqualTo(2);
        assertThat(((Click) received.push()).eventKey()).isEqualTo("K");
    }

    @Test
    void echoesOnlyGenuineVerification() throws Refusal {
        PushQuery plain = plainQuery(TOKEN, NOW);
        PushQuery query = new PushQuery(
                plain.signature(),
                plain.timestamp(),
                plain.nonce(),
                Optional.of("<b>4375120948345356249</b>"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(codec.verifyUrl(account(Mode.SAFE), query, Now.of(NOW)).echo())
                .isEqualTo("<b>4375120948345356249</b>");
        assertThat(cause(() -> codec.verifyUrl(account(Mode.SAFE), plain, Now.of(NOW))))
                .isEqualTo(Cause.QUERY);
        assertThat(cause(() -> codec.verifyUrl(account(Mode.SAFE), query, Now.of(NOW.plusSeconds(601)))))
                .isEqualTo(Cause.TIMESTAMP);
    }

    @Test
    void verifiesTheWorkedExampleOfTheOfficialGuide() throws Refusal {
        Credentials account = new Credentials(
                "main", "wxba5fad812f8e6fb9", List.of("AAAAA"), List.of(), Mode.PLAINTEXT, Optional.empty());
        PushQuery query =
                PushQuery.parse("signature=f464b24fc39322e44b38aa78f5edd27bd1441696&echostr=4375120948345356249"
                        + "&timestamp=1714036504&nonce=1514711492");

        String echo = codec.verifyUrl(account, query, Now.of(Instant.ofEpochSecond(1_714_036_600L)))
                .echo();

        assertThat(echo).isEqualTo("4375120948345356249");
    }

    @Test
    void encryptsTheReplyExactlyWhenThePushWas() {
        Credentials account = account(Mode.COMPATIBLE);
        Optional<ReplyEncryption> seal = Optional.of(new ReplyEncryption(TOKEN, KEY));

        assertThat(codec.close("<xml>a</xml>", account, Optional.empty(), NOW)).isEqualTo("<xml>a</xml>");
        assertThat(codec.close("<xml>a</xml>", account, seal, NOW)).startsWith("<xml><Encrypt><![CDATA[");
        assertThat(codec.close("success", account, seal, NOW)).isEqualTo("success");
    }

    @Test
    void refusesCredentialsThatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credentials("a", "x", List.of(), List.of(), Mode.PLAINTEXT, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Credentials("a", "x", List.of("t"), List.of(), Mode.SAFE, Optional.empty()));
    }

    @Test
    void showsNoSecret() {
        assertThat(account(Mode.SAFE).toString() + new ReplyEncryption(TOKEN, KEY))
                .doesNotContain(TOKEN, "zPlh");
    }

    private OpenedPush read(Credentials account, PushQuery query, byte[] body, Instant now) throws Refusal {
        return codec.read(codec.check(account, query, Now.of(now)), body);
    }

    private static Credentials withOriginalId(String id) {
        return new Credentials("main", APP_ID, List.of(TOKEN), List.of(), Mode.PLAINTEXT, Optional.of(id));
    }

    private static Cause cause(ThrowingCallable action) {
        return catchThrowableOfType(Refusal.class, action).refusalCause();
    }
}
