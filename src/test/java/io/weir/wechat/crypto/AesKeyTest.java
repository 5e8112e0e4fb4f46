package io.weir.wechat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which EncodingAESKeys there are, and when two are the same. */
class AesKeyTest {
    private static final String CANONICAL = "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0";
    private static final String WITH_SURPLUS_BITS = "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T3";

    @ParameterizedTest
    @MethodSource("io.weir.wechat.crypto.CryptoVectors#keys")
    void takesAndRefusesTheKeysOfTheVectors(JsonNode entry) throws GeneralSecurityException {
        String key = entry.required("encoding_aes_key").asText();

        if (entry.required("expect").asText().equals("accept")) {
            byte[] bytes = AesKey.parse(key).key().getEncoded();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            assertThat(HexFormat.of().formatHex(digest))
                    .isEqualTo(entry.required("key_sha256").asText());
            assertThat(AesKey.parse(key).iv().getIV()).containsExactly(Arrays.copyOf(bytes, 16));
        } else {
            assertThatThrownBy(() -> AesKey.parse(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T+",
                "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T/",
                "zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt4é3T",
                "zPlhWagvPdI09Fn8F7Z3 xVswlb7QpkgUxl6jGmt43T"
            })
    void refusesAKeyWithoutShowingIt(String key) {
        assertThatThrownBy(() -> AesKey.parse(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an EncodingAESKey has exactly 43 characters of A-Z, a-z and 0-9, without \"=\"");
    }

    @Test
    void ignoresBlanksAroundAKey() {
        assertThat(AesKey.parse(" " + CANONICAL + "\n")).isEqualTo(AesKey.parse(CANONICAL));
    }

    @Test
    void takesKeysForTheSameThatDifferInSurplusBitsOnly() {
        AesKey canonical = AesKey.parse(CANONICAL);
        AesKey surplus = AesKey.parse(WITH_SURPLUS_BITS);

        assertThat(surplus).isEqualTo(canonical).hasSameHashCodeAs(canonical);
        assertThat(canonical).isNotEqualTo(AesKey.parse("A".repeat(43)));
        assertThat(canonical).isNotEqualTo(CANONICAL);
    }

    @Test
    void neverShowsItself() {
        assertThat(AesKey.parse(CANONICAL)).hasToString("***");
    }
}
