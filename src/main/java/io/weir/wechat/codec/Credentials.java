package io.weir.wechat.codec;

import io.weir.wechat.crypto.AesKey;
import java.util.List;
import java.util.Optional;

/**
 * What an account's pushes are checked against.
 *
 * @param account name of the account in the configuration
 * @param appId what must stand behind each encrypted message
 * @param tokens the Tokens that are valid at once, the current one first; at least one
 * @param aesKeys the keys that are valid at once, the current one first; at least one unless the mode is plaintext
 * @param mode what is accepted
 * @param originalId the only ToUserName that is accepted; empty accepts any
 */
public record Credentials(
        String account,
        String appId,
        List<String> tokens,
        List<AesKey> aesKeys,
        Mode mode,
        Optional<String> originalId) {

    public Credentials {
        tokens = List.copyOf(tokens);
        aesKeys = List.copyOf(aesKeys);
        if (tokens.isEmpty() || tokens.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("an account needs a token");
        }
        if (mode != Mode.PLAINTEXT && aesKeys.isEmpty()) {
            throw new IllegalArgumentException("compatible and safe mode need an EncodingAESKey");
        }
    }

    /** Names the account; shows no secret. */
    @Override
    public String toString() {
        return "Credentials[" + account + ", " + mode + "]";
    }
}
