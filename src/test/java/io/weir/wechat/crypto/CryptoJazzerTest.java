package io.weir.wechat.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.JazzerSeeds;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Targets of the fuzzer Jazzer for signing, encryption and decryption; how to
 * search with them is told at {@code CodecJazzerTest}.
 */
class CryptoJazzerTest {
    private static final AesKey KEY = AesKey.parse("zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0");
    private static final String APP_ID = "wx0a1b2c3d4e5f6071";

    private final MessageCrypto crypto = new MessageCrypto(bytes -> Arrays.fill(bytes, (byte) 'r'));

    @TestFactory
    Stream<DynamicTest> seeds() {
        return JazzerSeeds.of(this);
    }

    @FuzzTest(maxDuration = "1m")
    void decryptsOrRefusesAnyText(byte[] text) {
        decryptsOrRefuses(new String(text, UTF_8));
    }

    @FuzzTest(maxDuration = "1m")
    void decryptsOrRefusesAnyCiphertext(byte[] ciphertext) {
        decryptsOrRefuses(Base64.getEncoder().encodeToString(ciphertext));
    }

    /** The plaintext under the encryption is the fuzzer's, so that padding, length and AppId are reached. */
    @FuzzTest(maxDuration = "1m")
    void decryptsOrRefusesAnyPlaintext(byte[] plaintext) {
        byte[] blocks = Arrays.copyOf(plaintext, plaintext.length / 16 * 16);

        decryptsOrRefuses(Base64.getEncoder().encodeToString(RawAes.encrypt(blocks, KEY)));
    }

    @FuzzTest(maxDuration = "1m")
    void givesBackAnyMessage(byte[] message) throws CryptoException {
        String encrypt = crypto.encrypt(message, KEY, APP_ID);

        assertThat(crypto.decrypt(encrypt, KEY, APP_ID)).isEqualTo(message);
        assertThat(crypto.verify(crypto.sign("t", "1", "2", encrypt), "1", encrypt, "2", "t"))
                .isTrue();
    }

    private void decryptsOrRefuses(String encrypt) {
        try {
            byte[] message = crypto.decrypt(encrypt, KEY, APP_ID);
            assertThat(message.length).isLessThan(encrypt.length());
        } catch (CryptoException e) {
            assertThat(e.getStackTrace()).isEmpty();
        }
    }
}
