package io.weir.simulator.push;

import io.weir.wechat.crypto.AesKey;
import java.util.Optional;

/**
 * The account that WeChat pushes for: what both sides know of it. Never shows its token or key.
 *
 * @param name the name under which the gateway's configuration knows it
 * @param token the first one, when the gateway accepts several
 * @param aesKey the first one likewise; empty only for an account in plaintext mode
 * @param originalId becomes ToUserName; {@code gh_…}
 */
public record SimulatedAccount(
        String name, String appId, String token, Optional<AesKey> aesKey, String originalId, PushMode mode) {
    /** @throws IllegalArgumentException when {@code mode} encrypts and there is no key */
    public SimulatedAccount {
        if (mode.encrypts() && aesKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "account " + name + " has no encodingAesKey, which " + mode + " mode needs");
        }
    }

    /**
     * The same account set to another mode in WeChat's console.
     *
     * @throws IllegalArgumentException as the constructor does
     */
    public SimulatedAccount in(PushMode other) {
        return new SimulatedAccount(name, appId, token, aesKey, originalId, other);
    }

    AesKey key() {
        return aesKey.orElseThrow(() -> new IllegalStateException("asked for the key of an account without one"));
    }

    @Override
    public String toString() {
        return "SimulatedAccount[" + name + ", " + appId + ", " + originalId + ", " + mode + "]";
    }
}
