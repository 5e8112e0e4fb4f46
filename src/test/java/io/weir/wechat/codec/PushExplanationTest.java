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
import static io.weir.wechat.codec.Pushes.encrypt;
import static io.weir.wechat.codec.Pushes.envelope;
import static io.weir.wechat.codec.Pushes.plainQuery;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.codec.PushCodec.Now;
import io.weir.wechat.codec.PushExplanation.Check;
import io.weir.wechat.codec.Refusal.Cause;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the codec says of a request when it checks it once more, long after it came. */
class PushExplanationTest {
    private static final byte[] NO_BODY = {};
    private static final Set<Cause> HEAD = EnumSet.of(Cause.QUERY, Cause.TIMESTAMP, Cause.SIGNATURE);

    @Test
    void findsAllChecksOfAnAcceptedPushPassed() {
        PushExplanation explained =
                explain(Mode.PLAINTEXT, query(plainQuery(TOKEN, NOW)), bytes(CLICK), Optional.empty());

        assertThat(with(explained, true))
                .containsExactlyInAnyOrder(
                        Cause.QUERY,
                        Cause.TIMESTAMP,
                        Cause.SIGNATURE,
                        Cause.MODE,
                        Cause.XML,
                        Cause.FORM,
                        Cause.TO_USER_NAME,
                        Cause.REPLAY);
        assertThat(with(explained, false)).isEmpty();
    }

    @Test
    void namesTheAddressWhereThatWasRefused() {
        PushExplanation explained =
                explain(Mode.PLAINTEXT, query(plainQuery(TOKEN, NOW)), NO_BODY, Optional.of(Refusal.address()));

        assertThat(with(explained, false)).containsExactly(Cause.ADDRESS);
    }

    @Test
    void stopsAtTheTimestampThatWasRefusedThen() {
        String query = query(plainQuery(TOKEN, NOW));

        PushExplanation explained = refused(Mode.PLAINTEXT, query, NO_BODY, NOW.plusSeconds(601));

        assertThat(with(explained, true)).containsExactly(Cause.QUERY);
        assertThat(with(explained, false)).containsExactly(Cause.TIMESTAMP);
        assertThat(check(explained, Cause.TIMESTAMP).rule()).isEqualTo("timestamp is 601 s from now");
    }

    @Test
    void explainsAHeadThatWasRefusedBeforeItsBodyWasRead() {
        PushExplanation explained = refused(Mode.SAFE, query(plainQuery(TOKEN, NOW)), NO_BODY, NOW);

        assertThat(with(explained, true)).isEqualTo(HEAD);
        assertThat(with(explained, false)).containsExactly(Cause.MODE);
    }

    @Test
    void explainsAnEncryptedPushOfAnAccountInPlaintextMode() {
        String encrypt = encrypt(CLICK, KEY, APP_ID);

        PushExplanation explained = refused(Mode.PLAINTEXT, query(plainQuery(TOKEN, NOW)), envelope(encrypt), NOW);

        assertThat(with(explained, true)).contains(Cause.XML, Cause.FORM).doesNotContain(Cause.ENCRYPT);
        assertThat(with(explained, false)).containsExactly(Cause.MODE);
        assertThat(explained.decrypted()).isEmpty();
    }

    @Test
    void namesTheStepOfDecryptionThatFailedAndThoseBefore() {
        String encrypt = encrypt(CLICK, OTHER_KEY, APP_ID);

        PushExplanation explained = refused(Mode.SAFE, query(aesQuery(TOKEN, NOW, encrypt)), envelope(encrypt), NOW);

        assertThat(with(explained, true)).contains(Cause.MSG_SIGNATURE, Cause.BASE64, Cause.AES);
        assertThat(with(explained, false)).containsExactly(Cause.PADDING);
    }

    @Test
    void takesARepeatFromTheRecordSinceItDoesNotKnowTheOtherPushes() {
        String encrypt = encrypt(CLICK, KEY, APP_ID);
        String query = query(aesQuery(TOKEN, NOW, encrypt));

        PushExplanation explained = explain(Mode.SAFE, query, envelope(encrypt), Optional.of(Refusal.replay()));

        assertThat(with(explained, false)).containsExactly(Cause.REPLAY);
        assertThat(check(explained, Cause.REPLAY).rule())
                .contains("another request", "forged, or two genuine pushes share them by chance");
        assertThat(with(explained, true)).hasSize(Cause.values().length - 5);
        assertThat(explained.decrypted()).contains(CLICK);
    }

    @Test
    void explainsTheVerificationOfAUrl() {
        String query = query(plainQuery(TOKEN, NOW));

        assertThat(with(explain(Mode.SAFE, query + "&echostr=1", NO_BODY, Optional.empty()), true))
                .isEqualTo(HEAD);
    }

    @Test
    void explainsAVerificationThatAsksForNoEcho() {
        String query = query(plainQuery(TOKEN, NOW));
        Refusal missing = new Refusal(Cause.QUERY, "parameter echostr is missing");

        PushExplanation explained = explain(Mode.SAFE, query, NO_BODY, Optional.of(missing));

        assertThat(with(explained, false)).containsExactly(Cause.QUERY);
        assertThat(check(explained, Cause.QUERY).rule()).isEqualTo("parameter echostr is missing");
    }

    @Test
    void namesAnotherProductOnlyWhereThePushIsItsOwn() {
        String query = query(plainQuery(TOKEN, NOW));

        PushExplanation json = refused(Mode.PLAINTEXT, query, bytes("{}"), NOW);
        PushExplanation weCom = explain(
                Mode.SAFE, "msg_signature=a&timestamp=1&nonce=2", NO_BODY, Optional.of(new Refusal(Cause.WECOM, "w")));

        assertThat(with(json, false)).containsExactly(Cause.JSON);
        assertThat(json.checks()).extracting(Check::cause).doesNotContain(Cause.COMPONENT, Cause.WECOM);
        assertThat(with(weCom, false)).containsExactly(Cause.WECOM);
        assertThat(with(weCom, true)).isEmpty();
    }

    @Test
    void explainsAPushWithoutABody() {
        PushExplanation explained = refused(Mode.PLAINTEXT, query(plainQuery(TOKEN, NOW)), NO_BODY, NOW);

        assertThat(with(explained, true))
                .isEqualTo(EnumSet.of(Cause.QUERY, Cause.TIMESTAMP, Cause.SIGNATURE, Cause.MODE));
        assertThat(with(explained, false)).containsExactly(Cause.XML);
    }

    @Test
    void readsABodyThatNoCheckCameTo() {
        PushExplanation explained = refused(Mode.PLAINTEXT, query(plainQuery("other", NOW)), bytes(CLICK), NOW);

        assertThat(with(explained, false)).containsExactly(Cause.SIGNATURE);
        assertThat(explained.outer()).isPresent();
        assertThat(check(explained, Cause.XML).ok()).isEmpty();
    }

    /** A request that the codec refuses at that time, explained. */
    private static PushExplanation refused(Mode mode, String query, byte[] body, Instant now) {
        try {
            PushCodec codec = Pushes.codec();
            codec.read(codec.check(account(mode), PushQuery.parse(query), Now.of(now)), body);
        } catch (Refusal refusal) {
            return explain(mode, query, body, Optional.of(refusal));
        }
        throw new AssertionError("not refused");
    }

    private static PushExplanation explain(Mode mode, String query, byte[] body, Optional<Refusal> refusal) {
        return PushExplanation.of(account(mode), query, body, refusal);
    }

    private static Set<Cause> with(PushExplanation explained, boolean result) {
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        explained.checks().stream()
                .filter(check -> check.ok().filter(ok -> ok == result).isPresent())
                .forEach(check -> causes.add(check.cause()));
        return causes;
    }

    private static Check check(PushExplanation explained, Cause cause) {
        return explained.checks().stream()
                .filter(check -> check.cause() == cause)
                .findFirst()
                .orElseThrow();
    }

    private static String query(PushQuery query) {
        return "signature=" + query.signature() + "&timestamp=" + query.timestamp() + "&nonce=" + query.nonce()
                + query.encryptType().map(type -> "&encrypt_type=" + type).orElse("")
                + query.msgSignature()
                        .map(signature -> "&msg_signature=" + signature)
                        .orElse("");
    }
}
