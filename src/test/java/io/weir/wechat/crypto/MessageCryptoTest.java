package io.weir.wechat.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.wechat.crypto.CryptoException.Step;
import io.weir.wechat.xml.XmlException;
import io.weir.wechat.xml.XmlReader;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs, encrypts and decrypts exactly as the vectors say, and refuses what they say must be refused, where they say so. */
class MessageCryptoTest {
    private static final AesKey KEY = AesKey.parse("zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0");
    private static final String APP_ID = "wx0a1b2c3d4e5f6071";

    private final MessageCrypto crypto = new MessageCrypto(new Random(1)::nextBytes);

    @ParameterizedTest
    @MethodSource("io.weir.wechat.crypto.CryptoVectors#signatures")
    void signs(JsonNode entry) {
        String[] parts = entry.has("encrypt")
                ? new String[] {
                    text(entry, "token"), text(entry, "timestamp"), text(entry, "nonce"), text(entry, "encrypt")
                }
                : new String[] {text(entry, "token"), text(entry, "timestamp"), text(entry, "nonce")};

        assertThat(crypto.sign(parts)).isEqualTo(text(entry, "sha1"));
        assertThat(crypto.verify(text(entry, "sha1"), parts)).isTrue();
    }

    @Test
    void signsTheOfficialSafeModePost() {
        JsonNode entry = CryptoVectors.official().get(0).getPayload();

        assertThat(crypto.sign(text(entry, "token"), text(entry, "timestamp"), text(entry, "nonce")))
                .isEqualTo(text(entry, "signature"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f464",
                "F464B24FC39322E44B38AA78F5EDD27BD1441696",
                "f464b24fc39322e44b38aa78f5edd27bd1441697",
                "f464b24fc39322e44b38aa78f5edd27bd14416960",
                "签名"
            })
    void refusesAnotherSignature(String signature) {
        assertThat(crypto.verify(signature, "AAAAA", "1714036504", "1514711492"))
                .isFalse();
    }

    @Test
    void doesNotChangeTheOrderOfWhatItIsGiven() {
        String[] parts = {"b", "a"};

        crypto.sign(parts);

        assertThat(parts).containsExactly("b", "a");
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.crypto.CryptoVectors#encrypted")
    void encryptsToTheVeryTextOfTheVector(JsonNode entry) {
        byte[] random = HexFormat.of().parseHex(text(entry, "random16_hex"));
        MessageCrypto fixed = new MessageCrypto(bytes -> System.arraycopy(random, 0, bytes, 0, bytes.length));

        String encrypt = fixed.encrypt(plaintext(entry), key(entry), text(entry, "appid"));

        if (entry.has("encrypt")) {
            assertThat(encrypt).isEqualTo(text(entry, "encrypt"));
        } else {
            assertThat(encrypt)
                    .hasSize(entry.required("encrypt_base64_length").asInt())
                    .startsWith(text(entry, "encrypt_base64_first64"))
                    .endsWith(text(entry, "encrypt_base64_last64"));
            assertThat(sha256(encrypt.getBytes(UTF_8))).isEqualTo(text(entry, "encrypt_base64_sha256"));
            assertThat(sha256(Base64.getDecoder().decode(encrypt))).isEqualTo(text(entry, "ciphertext_sha256"));
            assertThat(sha256(plaintext(entry))).isEqualTo(text(entry, "plaintext_sha256"));
        }
        assertThat(fixed.sign(text(entry, "token"), text(entry, "timestamp"), text(entry, "nonce"), encrypt))
                .isEqualTo(text(entry, "msg_signature"));
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.crypto.CryptoVectors#encrypted")
    void decryptsToTheVeryBytesOfTheVector(JsonNode entry) throws CryptoException {
        String encrypt = entry.has("encrypt")
                ? text(entry, "encrypt")
                : crypto.encrypt(plaintext(entry), key(entry), text(entry, "appid"));

        byte[] message = crypto.decrypt(encrypt, key(entry), text(entry, "appid"));

        assertThat(message).isEqualTo(plaintext(entry));
    }

    @Test
    void failsWithTheCurrentKeyWhereThePreviousOneWasUsed() throws CryptoException {
        JsonNode entry = CryptoVectors.vector("rotation-previous-key");
        AesKey current = AesKey.parse(text(entry, "current_encoding_aes_key"));

        assertThatThrownBy(() -> crypto.decrypt(text(entry, "encrypt"), current, APP_ID))
                .isInstanceOf(CryptoException.class);
        assertThat(crypto.decrypt(text(entry, "encrypt"), key(entry), APP_ID)).isEqualTo(plaintext(entry));
    }

    @Test
    void takesAnotherKeyForEachMessage() throws CryptoException {
        AesKey other = AesKey.parse("A".repeat(43));

        for (AesKey each : new AesKey[] {KEY, KEY, other, KEY, other, other}) {
            String encrypt = crypto.encrypt("你好".getBytes(UTF_8), each, APP_ID);

            assertThat(new MessageCrypto(bytes -> {}).decrypt(encrypt, each, APP_ID))
                    .isEqualTo("你好".getBytes(UTF_8));
            assertThat(crypto.decrypt(encrypt, each, APP_ID)).isEqualTo("你好".getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("io.weir.wechat.crypto.CryptoVectors#negative")
    void refusesAtTheStepThatTheVectorNames(JsonNode entry) throws CryptoException {
        String encrypt = text(entry, "encrypt");
        boolean signed = crypto.verify(
                text(entry, "msg_signature"),
                text(entry, "token"),
                text(entry, "timestamp"),
                text(entry, "nonce"),
                encrypt);

        switch (text(entry, "failing_step")) {
            case "signature" -> assertThat(signed).isFalse();
            case "xml" -> {
                byte[] message = crypto.decrypt(encrypt, key(entry), text(entry, "appid"));
                assertThat(signed).isTrue();
                assertThatThrownBy(() -> XmlReader.read(message)).isInstanceOf(XmlException.class);
            }
            default -> {
                assertThat(signed).isTrue();
                assertThat(stepThatRefuses(encrypt, key(entry), text(entry, "appid")))
                        .isIn(steps(entry));
            }
        }
    }

    @Test
    void ignoresWhiteSpaceAroundTheEncryptText() throws CryptoException {
        String encrypt = crypto.encrypt("a".getBytes(UTF_8), KEY, APP_ID);

        assertThat(crypto.decrypt("\n  " + encrypt + "\n", KEY, APP_ID)).isEqualTo("a".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "AAA", "A===", "AAAA\nAAAA", "AAAA AAA", "签名签名", "AA=A", "AAAA====", "****"})
    void refusesWhatIsNotBase64(String encrypt) {
        assertThat(stepThatRefuses(encrypt, KEY, APP_ID)).isEqualTo(Step.BASE64);
    }

    @Test
    void givesBackMessagesOfEveryLength() throws CryptoException {
        Random random = new Random(20_260_105);

        for (int length = 0; length < 200; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            String encrypt = crypto.encrypt(message, KEY, APP_ID);
            assertThat(Base64.getDecoder().decode(encrypt).length % 32).isZero();
            assertThat(crypto.decrypt(encrypt, KEY, APP_ID)).isEqualTo(message);
        }
    }

    @Test
    void encryptsTheSameMessageDifferentlyEachTime() {
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            seen.add(crypto.encrypt("a".getBytes(UTF_8), KEY, APP_ID));
        }

        assertThat(seen).hasSize(100);
    }

    @Test
    void neverTakesAMessageWithAByteChangedForTheMessage() {
        byte[] message = "<xml><a>b</a></xml>".getBytes(UTF_8);
        byte[] genuine = Base64.getDecoder().decode(crypto.encrypt(message, KEY, APP_ID));

        for (int i = 32; i < genuine.length; i++) {
            byte[] forged = genuine.clone();
            forged[i] ^= 1;
            String encrypt = Base64.getEncoder().encodeToString(forged);
            // Without a signature a flipped bit may go through inside the message; beyond it every byte counts.
            try {
                assertThat(crypto.decrypt(encrypt, KEY, APP_ID)).isNotEqualTo(message);
            } catch (CryptoException e) {
                assertThat(e.step()).isNotEqualTo(Step.BASE64);
            }
        }
    }

    @Test
    void answersRandomTextWithAMessageOrARefusal() {
        Random random = new Random(20_260_106);

        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(8) * 16 + (random.nextInt(4) == 0 ? 1 : 0)];
            random.nextBytes(bytes);
            String encrypt = Base64.getEncoder().encodeToString(bytes);
            CryptoException refusal =
                    catchThrowableOfType(CryptoException.class, () -> crypto.decrypt(encrypt, KEY, APP_ID));
            assertThat(refusal).isNotNull().hasNoCause();
            assertThat(refusal.getStackTrace()).isEmpty();
        }
    }

    @Test
    void showsNothingOfTheContentInARefusal() {
        String encrypt = crypto.encrypt("secret".getBytes(UTF_8), KEY, "wxother");

        assertThatThrownBy(() -> crypto.decrypt(encrypt, KEY, APP_ID))
                .hasMessage("encrypted message refused at step APPID");
    }

    private Step stepThatRefuses(String encrypt, AesKey key, String appId) {
        CryptoException refusal =
                catchThrowableOfType(CryptoException.class, () -> crypto.decrypt(encrypt, key, appId));
        assertThat(refusal).isNotNull();
        return refusal.step();
    }

    private static Set<Step> steps(JsonNode entry) {
        Set<Step> steps = new HashSet<>();
        steps.add(step(text(entry, "failing_step")));
        entry.path("any_of_steps").forEach(name -> {
            if (!name.asText().equals("envelope")) {
                steps.add(step(name.asText()));
            }
        });
        return steps;
    }

    private static Step step(String name) {
        return Step.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static byte[] plaintext(JsonNode entry) {
        if (entry.has("plaintext")) {
            return text(entry, "plaintext").getBytes(UTF_8);
        }
        JsonNode rule = entry.required("plaintext_rule");
        String text = text(rule, "prefix")
                + text(rule, "unit").repeat(rule.required("unit_repeats").asInt())
                + text(rule, "filler").repeat(rule.required("filler_repeats").asInt())
                + text(rule, "suffix");
        return text.getBytes(UTF_8);
    }

    private static AesKey key(JsonNode entry) {
        return AesKey.parse(text(entry, "encoding_aes_key"));
    }

    private static String text(JsonNode entry, String name) {
        return entry.required(name).asText();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
