package io.weir.wechat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.Corpora;
import io.weir.wechat.crypto.CryptoException.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Wycheproof's vectors for AES-CBC with PKCS padding, those with keys of 256 bits. They pad to 16 bytes and WeChat pads
 * to 32, so a correct receiver of WeChat's takes the 24 valid vectors and the six whose only fault is a padding of more
 * than one AES block; everything else must be refused for its padding.
 *
 * <p>They have IVs of their own, where WeChat's is fixed: in CBC the block before a ciphertext is its IV, so the vector's
 * IV goes in front of it as a block of ciphertext, behind a head that makes a WeChat message of the whole.
 */
class WycheproofTest {
    private static final int AES_BLOCK = 16;

    /** 16 random bytes and the length of the message. */
    private static final int HEAD_BYTES = AES_BLOCK + 4;

    private static final List<Integer> PADDED_BY_MORE_THAN_ONE_BLOCK = List.of(188, 189, 190, 191, 192, 193);

    private final MessageCrypto crypto = new MessageCrypto(bytes -> {});

    @Test
    void takesTheValidVectorsAndThoseWithPaddingToThirtyTwoBytesOnly() throws Exception {
        Map<Integer, String> outcomes = new TreeMap<>();
        Map<Integer, String> expected = new TreeMap<>();

        for (JsonNode vector : vectors()) {
            int id = vector.required("tcId").asInt();
            boolean taken = vector.required("result").asText().equals("valid");
            outcomes.put(id, outcome(vector));
            expected.put(
                    id,
                    taken || PADDED_BY_MORE_THAN_ONE_BLOCK.contains(id)
                            ? vector.required("msg").asText()
                            : Step.PADDING.name());
        }

        assertThat(outcomes).hasSize(72).isEqualTo(expected);
        assertThat(outcomes.values())
                .filteredOn(outcome -> !outcome.equals(Step.PADDING.name()))
                .hasSize(30);
    }

    /** The message in hex, or the step that refused it. */
    private String outcome(JsonNode vector) {
        byte[] key = hex(vector, "key");
        byte[] iv = hex(vector, "iv");
        byte[] ciphertext = hex(vector, "ct");
        boolean evenBlocks = ciphertext.length % (2 * AES_BLOCK) == 0;
        byte[] head = new byte[(evenBlocks ? 3 : 2) * AES_BLOCK];
        int notOfTheVector = head.length - HEAD_BYTES + iv.length;
        ByteBuffer.wrap(head).putInt(AES_BLOCK, notOfTheVector + hex(vector, "msg").length);
        byte[] whole = ByteBuffer.allocate(head.length + iv.length + ciphertext.length)
                .put(RawAes.encrypt(head, new AesKey(key)))
                .put(iv)
                .put(ciphertext)
                .array();
        try {
            byte[] message = crypto.decrypt(Base64.getEncoder().encodeToString(whole), new AesKey(key), "");
            return HexFormat.of().formatHex(message, notOfTheVector, message.length);
        } catch (CryptoException e) {
            return e.step().name();
        }
    }

    private static List<JsonNode> vectors() throws IOException {
        List<JsonNode> vectors = new ArrayList<>();
        for (JsonNode group : Corpora.json("aes_cbc_pkcs5_test.json").required("testGroups")) {
            if (group.required("keySize").asInt() == 256) {
                group.required("tests").forEach(vectors::add);
            }
        }
        return vectors;
    }

    private static byte[] hex(JsonNode vector, String field) {
        return HexFormat.of().parseHex(vector.required(field).asText());
    }
}
