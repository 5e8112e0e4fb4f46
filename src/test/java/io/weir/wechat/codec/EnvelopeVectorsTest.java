package io.weir.wechat.codec;

import static io.weir.wechat.codec.Pushes.bytes;
import static io.weir.wechat.codec.Pushes.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.MessageCrypto;
import io.weir.wechat.message.MenuEvent.ViewMiniprogram;
import io.weir.wechat.message.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code crypto-vectors.json} at the level of the envelope: the negative vectors through the whole codec, the replies. */
class EnvelopeVectorsTest {
    private static final JsonNode VECTORS = read();

    static Stream<JsonNode> negatives() {
        return StreamSupport.stream(VECTORS.get("negative").spliterator(), false);
    }

    static Stream<JsonNode> replies() {
        return StreamSupport.stream(VECTORS.get("replies").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void refusesNegativeVectorAtItsStep(JsonNode vector) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(vector, account(vector)));

        assertThat(steps(vector)).contains(step(refusal));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void makesTheEnvelopeOfTheReplyVector(JsonNode vector) {
        byte[] prefix = bytes(text(vector, "random16"));
        MessageCrypto crypto = new MessageCrypto(bytes -> fill(bytes, prefix, text(vector, "nonce")));
        PushCodec codec = new PushCodec(crypto, Duration.ofMinutes(10));
        Credentials account = account(vector);

        String envelope = codec.close(
                text(vector, "plaintext"),
                account,
                Optional.of(new ReplyEncryption(
                        text(vector, "token"), account.aesKeys().get(0))),
                Instant.ofEpochSecond(vector.get("timestamp").asLong()));

        assertThat(envelope).isEqualTo(text(vector, "envelope_xml"));
    }

    @Test
    void readsTheEventVectorThroughTheWholeDoor() throws Refusal {
        JsonNode vector = vector("event-view-miniprogram");

        assertThat(read(vector, account(vector)).push()).isInstanceOf(ViewMiniprogram.class);
    }

    @Test
    void readsThePreviousKeysVectorAndAnswersWithThatKey() throws Refusal {
        JsonNode vector = vector("rotation-previous-key");
        AesKey previous = AesKey.parse(text(vector, "encoding_aes_key"));
        AesKey current = AesKey.parse(text(vector, "current_encoding_aes_key"));
        Credentials both = new Credentials(
                "main",
                text(vector, "appid"),
                List.of(text(vector, "token")),
                List.of(current, previous),
                Mode.SAFE,
                Optional.empty());

        OpenedPush received = read(vector, both);

        assertThat(received.push()).isInstanceOf(Message.Text.class);
        assertThat(received.seal()).contains(new ReplyEncryption(text(vector, "token"), previous));
    }

    private static OpenedPush read(JsonNode vector, Credentials account) throws Refusal {
        String timestamp = text(vector, "timestamp");
        String nonce = text(vector, "nonce");
        MessageCrypto crypto = new MessageCrypto(new SecureRandom()::nextBytes);
        PushQuery query = new PushQuery(
                crypto.sign(text(vector, "token"), timestamp, nonce),
                timestamp,
                nonce,
                Optional.empty(),
                Optional.of("aes"),
                Optional.of(text(vector, "msg_signature")),
                Optional.empty());
        PushCodec codec = new PushCodec(crypto, Duration.ofMinutes(10));
        PushCodec.Now now = PushCodec.Now.of(Instant.ofEpochSecond(Long.parseLong(timestamp)));
        return codec.read(codec.check(account, query, now), envelope(text(vector, "encrypt")));
    }

    private static Credentials account(JsonNode vector) {
        AesKey key = AesKey.parse(text(vector, "encoding_aes_key"));
        return new Credentials(
                "main",
                text(vector, "appid"),
                List.of(text(vector, "token")),
                List.of(key),
                Mode.SAFE,
                Optional.empty());
    }

    private static List<String> steps(JsonNode vector) {
        List<String> steps = new ArrayList<>();
        steps.add(text(vector, "failing_step"));
        if (vector.has("any_of_steps")) {
            vector.get("any_of_steps").forEach(step -> steps.add(step.asText()));
        }
        return steps;
    }

    private static String step(Refusal refusal) {
        return switch (refusal.refusalCause()) {
            case MSG_SIGNATURE -> "signature";
            case ENCRYPT -> "envelope";
            default -> refusal.refusalCause().name().toLowerCase(Locale.ROOT);
        };
    }

    /** The codec asks for 16 bytes before the message, then for four that make the nonce. */
    private static void fill(byte[] bytes, byte[] prefix, String nonce) {
        if (bytes.length == prefix.length) {
            System.arraycopy(prefix, 0, bytes, 0, prefix.length);
            return;
        }
        int value = Integer.parseUnsignedInt(nonce);
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) (value >>> (24 - 8 * i));
        }
    }

    private static JsonNode vector(String id) {
        return StreamSupport.stream(VECTORS.get("vectors").spliterator(), false)
                .filter(vector -> text(vector, "id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String text(JsonNode vector, String field) {
        return vector.get(field).asText();
    }

    private static JsonNode read() {
        try (InputStream in = EnvelopeVectorsTest.class.getResourceAsStream("/crypto-vectors.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
