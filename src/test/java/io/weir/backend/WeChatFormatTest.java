package io.weir.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.weir.backend.BackendConfig.WeChat;
import io.weir.backend.BackendException.Kind;
import io.weir.backend.BackendFormat.Answer;
import io.weir.backend.BackendFormat.Request;
import io.weir.config.Secret;
import io.weir.dispatch.Delivery;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.codec.PushQuery;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.codec.ReplyEncryption;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import io.weir.wechat.message.Samples;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WeChatFormatTest {
    private static final AesKey KEY = AesKey.parse("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
    private static final AesKey OTHER_KEY = AesKey.parse("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg");
    private static final String TOKEN = "legacyToken";
    private static final String APP_ID = "wx0000000000000001";
    private static final Instant NOW = Instant.ofEpochSecond(1_732_000_200);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String PUSH = Samples.event("CLICK", "\n <EventKey><![CDATA[V1 & co]]></EventKey>\n");

    private final MessageCrypto crypto = new MessageCrypto(new SecureRandom()::nextBytes);
    private final PushCodec codec = new PushCodec(crypto, Duration.ofMinutes(10));
    private final Delivery<?> delivery = Deliveries.of(PUSH);

    /** The backend's side is the codec's, which takes what WeChat itself sends. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void asksAsWeChatDoes(Mode mode) throws Refusal {
        Request request = format(mode).request(delivery, LIMIT);

        PushQuery query = PushQuery.parse(request.query());
        OpenedPush opened = codec.read(
                codec.check(credentials(mode), query, PushCodec.Now.of(NOW)),
                request.body().getBytes());
        assertThat(opened.push()).isEqualTo(delivery.push());
        assertThat(query.openid()).contains("oUser");
        assertThat(query.encryptType()).isEqualTo(mode == Mode.PLAINTEXT ? Optional.empty() : Optional.of("aes"));
    }

    @Test
    void leavesEveryByteOfAPlaintextPush() {
        assertThat(format(Mode.PLAINTEXT).request(delivery, LIMIT).body().toString())
                .isEqualTo(PUSH);
    }

    @Test
    void hasThePlainElementsInCompatibleMode() {
        assertThat(format(Mode.COMPATIBLE).request(delivery, LIMIT).body().toString())
                .contains("<EventKey><![CDATA[V1 & co]]></EventKey>", "<Encrypt><![CDATA[");
        assertThat(format(Mode.SAFE).request(delivery, LIMIT).body().toString())
                .startsWith("<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[")
                .doesNotContain("EventKey");
    }

    @ParameterizedTest
    @CsvSource({"''", "success", "' success\n'"})
    void takesNothingForNoReply(String body) {
        assertThat(read(Mode.SAFE, body)).isEqualTo(Reply.NONE);
    }

    @Test
    void readsWhatWeirItselfWouldWrite() {
        Reply reply = new Reply.News(List.of(new Reply.Article("t", "d", "p", "u")));
        String plain = ReplyWriter.write(reply, delivery.push(), NOW);

        assertThat(read(Mode.PLAINTEXT, plain)).isEqualTo(reply);
        assertThat(read(Mode.COMPATIBLE, plain)).isEqualTo(reply);
        assertThat(read(Mode.SAFE, closed(plain, TOKEN, KEY))).isEqualTo(reply);
        assertThat(read(Mode.COMPATIBLE, closed(plain, TOKEN, KEY))).isEqualTo(reply);
    }

    @Test
    void refusesTheWrongProtection() {
        String plain = ReplyWriter.write(Reply.text("a"), delivery.push(), NOW);

        assertUnreadable(Mode.SAFE, plain, "not encrypted");
        assertUnreadable(Mode.PLAINTEXT, closed(plain, TOKEN, KEY), "encrypted");
        assertUnreadable(Mode.SAFE, closed(plain, "otherToken", KEY), "MsgSignature");
        assertUnreadable(Mode.SAFE, closed(plain, TOKEN, OTHER_KEY), "cannot be decrypted");
        assertUnreadable(Mode.SAFE, "<xml><Encrypt>a</Encrypt></xml>", "MsgSignature");
    }

    @Test
    void tellsAPageFromAnAnswer() {
        Buffer page = Buffer.buffer("<!DOCTYPE html><html><body>Log in");

        assertThatThrownBy(() -> format(Mode.PLAINTEXT).read(new Answer("text/html", page), delivery))
                .satisfies(failure ->
                        assertThat(((BackendException) failure).kind()).isEqualTo(Kind.TYPE));
        assertThatThrownBy(() -> format(Mode.PLAINTEXT).read(new Answer("", page), delivery))
                .satisfies(failure ->
                        assertThat(((BackendException) failure).kind()).isEqualTo(Kind.UNREADABLE));
    }

    @Test
    void callsJsonJson() {
        assertUnreadable(Mode.PLAINTEXT, "{\"text\": \"hello\"}", "JSON, and the backend's format is wechat");
    }

    /** A PHP page that says nothing of its type writes XML as text/html. */
    @Test
    void asksNotForTheTypeOfWhatIsAReply() {
        String plain = ReplyWriter.write(Reply.text("a"), delivery.push(), NOW);

        Answer answer = new Answer("text/html", Buffer.buffer(plain));

        assertThat(format(Mode.PLAINTEXT).read(answer, delivery)).isEqualTo(Reply.text("a"));
    }

    private void assertUnreadable(Mode mode, String body, String rule) {
        assertThatThrownBy(() -> read(mode, body))
                .hasMessageContaining(rule)
                .satisfies(failure ->
                        assertThat(((BackendException) failure).kind()).isEqualTo(Kind.UNREADABLE));
    }

    private Reply read(Mode mode, String body) {
        return format(mode).read(new Answer("text/xml", Buffer.buffer(body)), delivery);
    }

    private String closed(String plain, String token, AesKey key) {
        return codec.close(plain, credentials(Mode.SAFE), Optional.of(new ReplyEncryption(token, key)), NOW);
    }

    private WeChatFormat format(Mode mode) {
        Optional<AesKey> key = mode == Mode.PLAINTEXT ? Optional.empty() : Optional.of(KEY);
        return new WeChatFormat(
                new WeChat(Secret.of(TOKEN), key, mode),
                Map.of(Samples.ACCOUNT, APP_ID),
                crypto,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Credentials credentials(Mode mode) {
        List<AesKey> keys = mode == Mode.PLAINTEXT ? List.of() : List.of(KEY);
        return new Credentials(Samples.ACCOUNT, APP_ID, List.of(TOKEN), keys, mode, Optional.empty());
    }
}
