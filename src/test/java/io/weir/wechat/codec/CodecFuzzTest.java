package io.weir.wechat.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.codec.Refusal.Cause;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.MessageId;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import io.weir.wechat.xml.XmlText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The codec as a whole, with anything in and anything out; 24,500 cases, the same ones each time. */
class CodecFuzzTest {
    private final CodecOracle oracle = new CodecOracle();
    private final Map<Cause, Integer> causes = new EnumMap<>(Cause.class);
    private int read;

    @ParameterizedTest
    @EnumSource(names = {"PLAINTEXT", "COMPATIBLE"})
    void readsOrRefusesAnyBody(Mode mode) {
        AnyBytes bodies = new AnyBytes(20_261_101);

        count(3_000, () -> oracle.readPlain(mode, bodies.next()));

        assertThat(read).isGreaterThan(500);
        assertThat(causes.get(Cause.XML)).isGreaterThan(500);
        assertThat(causes).containsKey(Cause.FORM);
        assertThat(oracle.kindsRead()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPATIBLE", "SAFE"})
    void readsOrRefusesAnyEncryptedMessage(Mode mode) {
        AnyBytes messages = new AnyBytes(20_261_102);

        count(3_000, () -> oracle.readEncrypted(mode, messages.next()));

        assertThat(read).isGreaterThan(500);
        assertThat(causes.keySet()).containsExactly(Cause.JSON, Cause.XML, Cause.FORM);
        assertThat(oracle.kindsRead()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPATIBLE", "SAFE"})
    void readsOrRefusesAnyBodyRoundAnEncryptedMessage(Mode mode) {
        AnyBytes bodies = new AnyBytes(20_261_103);
        byte[] genuine = oracle.envelope(Pushes.CLICK);

        count(1_500, () -> oracle.readEnvelope(mode, bodies.mutated(genuine)));

        assertThat(read).isGreaterThan(50);
        assertThat(causes).containsKeys(Cause.XML, Cause.BASE64, Cause.AES, Cause.PADDING, Cause.LENGTH, Cause.APPID);
    }

    @Test
    void refusesAnyEncryptText() {
        AnyText texts = new AnyText(20_261_104);

        count(1_500, () -> oracle.readEncrypt(Mode.SAFE, texts.next()));

        assertThat(read).isZero();
        assertThat(causes.keySet()).containsExactly(Cause.ENCRYPT, Cause.BASE64);
    }

    @Test
    void readsOrRefusesBodiesThatAreMadeToBeCostly() {
        AnyBytes bodies = new AnyBytes(20_261_105);

        count(500, () -> oracle.readPlain(Mode.PLAINTEXT, bodies.large()));
        count(500, () -> oracle.readEncrypted(Mode.SAFE, bodies.large()));

        assertThat(read).isGreaterThan(100);
        assertThat(causes.get(Cause.XML)).isGreaterThan(500);
    }

    @Test
    void readsOrRefusesAnyQuery() {
        AnyText texts = new AnyText(20_261_106);
        String genuine = "signature=a&timestamp=1&nonce=2&encrypt_type=aes&msg_signature=b&openid=o&echostr=e";

        for (int i = 0; i < 3_000; i++) {
            int at = texts.below(genuine.length());
            parse(genuine.substring(0, at) + texts.next() + genuine.substring(at + texts.below(genuine.length() - at)));
        }

        assertThat(read).isGreaterThan(500);
        assertThat(causes.keySet()).containsExactly(Cause.QUERY, Cause.WECOM);
    }

    @Test
    void writesAnyReplySoThatItReadsBackEqual() throws Exception {
        AnyText texts = new AnyText(20_261_107);
        int written = 0;

        for (int i = 0; i < 4_000; i++) {
            List<String> said = new ArrayList<>();
            Push push = push(texts.next(), texts.next());
            Reply reply = reply(texts.below(7), () -> said(texts.next(), said));
            List<String> back = oracle.write(reply, push);
            if (!back.isEmpty()) {
                written++;
                assertThat(back.subList(0, 2))
                        .containsExactly(XmlText.clean(push.fromUserName()), XmlText.clean(push.toUserName()));
                assertThat(back.subList(reply instanceof Reply.News ? 5 : 4, back.size()))
                        .containsExactlyInAnyOrderElementsOf(said);
            }
        }

        assertThat(written).isGreaterThan(3_500);
    }

    private void count(int times, Supplier<Optional<Cause>> attempt) {
        for (int i = 0; i < times; i++) {
            attempt.get().ifPresentOrElse(cause -> causes.merge(cause, 1, Integer::sum), () -> read++);
        }
    }

    private void parse(String query) {
        try {
            assertThat(PushQuery.parse(query).signature()).isNotEmpty();
            read++;
        } catch (Refusal e) {
            causes.merge(e.refusalCause(), 1, Integer::sum);
        }
    }

    /** A text for a reply, which is remembered as it must read back. */
    private static String said(String text, List<String> said) {
        String notBlank = text.isBlank() ? "x" : text;
        said.add(XmlText.clean(notBlank));
        return notBlank;
    }

    private static Push push(String from, String to) {
        Head head = new Head("main", to, from, Instant.EPOCH);
        MessageId id = new MessageId("1", Optional.empty(), OptionalInt.empty());
        return new Message.Text(head, id, "hi", Optional.empty());
    }

    private static Reply reply(int kind, Supplier<String> text) {
        return switch (kind) {
            case 0 -> Reply.text(text.get());
            case 1 -> new Reply.Image(text.get());
            case 2 -> new Reply.Voice(text.get());
            case 3 -> new Reply.Video(text.get(), Optional.of(text.get()), Optional.of(text.get()));
            case 4 -> new Reply.Music(text.get(), optional(text), optional(text), optional(text), optional(text));
            case 5 -> new Reply.News(List.of(article(text), article(text)));
            default -> new Reply.TransferToService(optional(text));
        };
    }

    private static Optional<String> optional(Supplier<String> text) {
        return Optional.of(text.get());
    }

    private static Reply.Article article(Supplier<String> text) {
        return new Reply.Article(text.get(), text.get(), text.get(), text.get());
    }
}
