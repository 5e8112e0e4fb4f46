package io.weir.wechat.codec;

import static io.weir.wechat.codec.Pushes.APP_ID;
import static io.weir.wechat.codec.Pushes.KEY;
import static io.weir.wechat.codec.Pushes.NOW;
import static io.weir.wechat.codec.Pushes.TOKEN;
import static io.weir.wechat.codec.Pushes.account;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.codec.Refusal.Cause;
import io.weir.wechat.crypto.CryptoException;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import io.weir.wechat.message.Unknown;
import io.weir.wechat.xml.XmlElement;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import io.weir.wechat.xml.XmlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What must hold of the codec whatever it is given, for generators to try: a push comes of it that is no larger than
 * what it was made of, or a refusal without a trace; and what is written reads back.
 *
 * <p>Everything is signed as WeChat would sign it, so that no attempt ends at the signature.
 */
final class CodecOracle {
    /** The most elements that a document may have (see {@link XmlReader}). */
    private static final int MOST_ELEMENTS = 600;

    /** Characters that a record's text form may have for each byte of the body: {@code <a/>} becomes forty. */
    private static final int CHARS_PER_BYTE = 12;

    /** Names of a record and its fields, and values that are not in the body. */
    private static final int CHARS_OF_A_RECORD = 1_500;

    private final MessageCrypto crypto = new MessageCrypto(new Random(1)::nextBytes);
    private final PushCodec codec = new PushCodec(crypto, Duration.ofMinutes(10));
    private final Set<PushType<?>> kindsRead = new HashSet<>();

    /** Kinds of the pushes that were read so far. */
    Set<PushType<?>> kindsRead() {
        return kindsRead;
    }

    /** Reads any bytes as an unencrypted push; the cause where they are refused. */
    Optional<Cause> readPlain(Mode mode, byte[] body) {
        return read(mode, Pushes.plainQuery(TOKEN, NOW), body, body.length);
    }

    /** Reads any bytes as the decrypted message of a push. */
    Optional<Cause> readEncrypted(Mode mode, byte[] message) {
        String encrypt = crypto.encrypt(message, KEY, APP_ID);
        return read(mode, Pushes.aesQuery(TOKEN, NOW, encrypt), Pushes.envelope(encrypt), message.length);
    }

    /** The body round an encrypted message, the same one in every run. */
    byte[] envelope(String message) {
        return Pushes.envelope(crypto.encrypt(message.getBytes(UTF_8), KEY, APP_ID));
    }

    /** Reads any text as that of the Encrypt element; characters that need it are escaped. */
    Optional<Cause> readEncrypt(Mode mode, String encrypt) {
        String escaped = XmlText.clean(encrypt)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        byte[] body = ("<xml><Encrypt>" + escaped + "</Encrypt></xml>").getBytes(UTF_8);
        return readEnvelope(mode, body);
    }

    /** Reads any bytes as the body round an encrypted message; whatever stands in its Encrypt is signed. */
    Optional<Cause> readEnvelope(Mode mode, byte[] body) {
        return read(mode, Pushes.aesQuery(TOKEN, NOW, encryptIn(body)), body, body.length);
    }

    private Optional<Cause> read(Mode mode, PushQuery query, byte[] body, int bytes) {
        byte[] before = body.clone();
        Optional<Cause> cause = Optional.empty();
        try {
            OpenedPush received = codec.read(codec.check(account(mode), query, PushCodec.Now.of(NOW)), body);
            check(received.push(), bytes);
            kindsRead.add(received.push().type());
            assertThat(received.seal().isPresent())
                    .isEqualTo(query.encryptType().isPresent());
            assertThat(received.droppedCharacters()).isBetween(0, bytes);
        } catch (Refusal e) {
            assertThat(e.getStackTrace()).isEmpty();
            assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(100);
            cause = Optional.of(e.refusalCause());
        }
        assertThat(Arrays.equals(body, before)).as("body untouched").isTrue();
        return cause;
    }

    private static void check(Push push, int bytes) {
        PushType<?> type = push.type();
        assertThat(type.record()).isEqualTo(push.getClass());
        assertThat(push.toString().length()).isLessThanOrEqualTo(CHARS_OF_A_RECORD + CHARS_PER_BYTE * bytes);
        if (push instanceof Unknown unknown) {
            List<XmlElement> elements = elements(unknown.body()).toList();
            assertThat(elements.size()).isLessThanOrEqualTo(MOST_ELEMENTS);
            assertThat(elements.stream().mapToInt(each -> each.text().length()).sum())
                    .isLessThanOrEqualTo(bytes);
        }
    }

    /** Writes a reply, as it goes out in clear and encrypted; its texts in document order, empty where it is no XML. */
    List<String> write(Reply reply, Push push) throws XmlException, Refusal, CryptoException {
        String plaintext = ReplyWriter.write(reply, push, NOW);
        assertThat(codec.close(plaintext, account(Mode.PLAINTEXT), Optional.empty(), NOW))
                .isEqualTo(plaintext);
        String closed = codec.close(plaintext, account(Mode.SAFE), Optional.of(new ReplyEncryption(TOKEN, KEY)), NOW);
        if (plaintext.equals(ReplyWriter.SUCCESS)) {
            assertThat(closed).isEqualTo(plaintext);
            return List.of();
        }
        assertThat(new String(opened(closed), UTF_8)).isEqualTo(plaintext);
        return texts(XmlReader.read(plaintext.getBytes(UTF_8)).root());
    }

    /** What the platform reads: the envelope's signature checked, its message decrypted. */
    private byte[] opened(String envelope) throws XmlException, CryptoException {
        XmlElement root = XmlReader.read(envelope.getBytes(UTF_8)).root();
        String encrypt = text(root, "Encrypt");
        assertThat(crypto.verify(
                        text(root, "MsgSignature"), TOKEN, text(root, "TimeStamp"), text(root, "Nonce"), encrypt))
                .isTrue();
        return crypto.decrypt(encrypt, KEY, APP_ID);
    }

    private static String encryptIn(byte[] body) {
        try {
            return XmlReader.read(body)
                    .root()
                    .child("Encrypt")
                    .map(XmlElement::text)
                    .orElse("")
                    .strip();
        } catch (XmlException e) {
            return "";
        }
    }

    private static List<String> texts(XmlElement root) {
        List<String> texts = new ArrayList<>();
        elements(root).filter(each -> each.children().isEmpty()).forEach(each -> texts.add(each.text()));
        return texts;
    }

    private static Stream<XmlElement> elements(XmlElement root) {
        return Stream.concat(Stream.of(root), root.children().stream().flatMap(CodecOracle::elements));
    }

    private static String text(XmlElement parent, String name) {
        return parent.child(name).orElseThrow().text();
    }
}
