package io.weir.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.simulator.push.DeliveryAttempt.AnswerReading;
import io.weir.simulator.push.PushSigner.SignedPush;
import io.weir.simulator.push.PushTemplate.PushKind;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.MessageCrypto;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the simulator signs, encrypts and reads, against the vectors of the reference. */
class CryptoVectorsTest {
    private static final URI TARGET = URI.create("http://127.0.0.1/wx");

    @ParameterizedTest
    @MethodSource("vectors")
    void encryptsAndSignsAPushAsTheVectorHasIt(JsonNode vector) {
        PushSigner signer = signer(vector);

        String encrypt = signer.encrypt(text(vector, "plaintext"), account(vector));

        assertThat(encrypt).isEqualTo(text(vector, "encrypt"));
        assertThat(new MessageCrypto(bytes -> {})
                        .sign(text(vector, "token"), text(vector, "timestamp"), text(vector, "nonce"), encrypt))
                .isEqualTo(text(vector, "msg_signature"));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void signsTheQueryAsTheVectorHasIt(JsonNode vector) {
        SimulatedAccount account =
                new SimulatedAccount("dev", "wx1", text(vector, "token"), Optional.empty(), "gh_1", PushMode.PLAINTEXT);
        SimulatedPush push = new SimulatedPush("text", PushKind.MESSAGE, List.of(Element.text("FromUserName", "o1")));

        SignedPush signed = signer(vector).sign(push, account, TARGET);

        assertThat(signed.uri().getQuery()).contains("signature=" + text(vector, "sha1") + "&");
    }

    @ParameterizedTest
    @MethodSource("replies")
    void readsAnEncryptedReply(JsonNode vector) throws Exception {
        List<Element> clear = AnswerXml.parse(text(vector, "plaintext"));
        SimulatedPush push = new SimulatedPush(
                "CLICK",
                PushKind.ANSWERED_EVENT,
                List.of(
                        Element.text(
                                "FromUserName",
                                Element.value(clear, "ToUserName").orElseThrow()),
                        Element.text(
                                "ToUserName",
                                Element.value(clear, "FromUserName").orElseThrow())));

        AnswerReading reading = new AnswerReader(new MessageCrypto(bytes -> {}))
                .read(push, account(vector), 200, text(vector, "envelope_xml").getBytes(StandardCharsets.UTF_8));

        assertThat(reading.clear()).isEqualTo(text(vector, "plaintext"));
        assertThat(reading.verdict().effect()).isNotEqualTo(DeliveryVerdict.Effect.FAULT);
    }

    private static PushSigner signer(JsonNode vector) {
        byte[] random = HexFormat.of().parseHex(vector.path("random16_hex").asText("00".repeat(16)));
        return new PushSigner(
                new MessageCrypto(bytes -> System.arraycopy(random, 0, bytes, 0, bytes.length)),
                Clock.fixed(Instant.ofEpochSecond(Long.parseLong(text(vector, "timestamp"))), ZoneOffset.UTC),
                () -> text(vector, "nonce"));
    }

    private static SimulatedAccount account(JsonNode vector) {
        return new SimulatedAccount(
                "dev",
                text(vector, "appid"),
                text(vector, "token"),
                Optional.of(AesKey.parse(text(vector, "encoding_aes_key"))),
                "gh_1",
                PushMode.SAFE);
    }

    private static String text(JsonNode vector, String name) {
        return vector.path(name).asText();
    }

    /** The longest one is told by a rule in place of its text; the codec's own test makes it. */
    static Stream<JsonNode> vectors() throws IOException {
        return all("vectors").filter(vector -> vector.has("plaintext"));
    }

    static Stream<JsonNode> replies() throws IOException {
        return all("replies");
    }

    /** Those of the query alone, over parts that a push can have. */
    static Stream<JsonNode> signatures() throws IOException {
        return all("signatures")
                .filter(vector ->
                        !vector.has("encrypt") && !text(vector, "nonce").isEmpty());
    }

    private static Stream<JsonNode> all(String list) throws IOException {
        try (InputStream file = CryptoVectorsTest.class.getResourceAsStream("/crypto-vectors.json")) {
            return new ObjectMapper()
                    .readTree(Objects.requireNonNull(file))
                    .path(list)
                    .valueStream();
        }
    }
}
