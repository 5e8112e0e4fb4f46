package io.weir.simulator;

import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.wechat.crypto.AesKey;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is set anew of an account's credentials; what is empty stays as it is. Never shown.
 *
 * @param token 3 to 32 letters and digits, as WeChat's console demands
 * @param mode how it is pushed to
 */
public record AccountCredentials(
        Optional<String> appId,
        Optional<String> appSecret,
        Optional<String> token,
        Optional<AesKey> aesKey,
        Optional<String> originalId,
        Optional<PushMode> mode) {
    /** Everything stays. */
    public static final AccountCredentials UNCHANGED = new AccountCredentials(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{3,32}");

    /** @throws IllegalArgumentException for a Token that WeChat's console would not take */
    public AccountCredentials {
        if (token.filter(text -> !TOKEN.matcher(text).matches()).isPresent()) {
            throw new IllegalArgumentException("the Token has to be 3 to 32 letters and digits");
        }
    }

    /** The same with another AppID, which is fixed once the simulator has started. */
    public AccountCredentials withAppId(String other) {
        return new AccountCredentials(Optional.of(other), appSecret, token, aesKey, originalId, mode);
    }

    /** The same with another AppSecret; access_tokens that were given out stay valid, WeChat does not state it. */
    public AccountCredentials withAppSecret(String other) {
        return new AccountCredentials(appId, Optional.of(other), token, aesKey, originalId, mode);
    }

    /** The same with another Token. */
    public AccountCredentials withToken(String other) {
        return new AccountCredentials(appId, appSecret, Optional.of(other), aesKey, originalId, mode);
    }

    /**
     * The same with another EncodingAESKey.
     *
     * @throws IllegalArgumentException when it is not 43 letters and digits
     */
    public AccountCredentials withAesKey(String other) {
        return new AccountCredentials(appId, appSecret, token, Optional.of(AesKey.parse(other)), originalId, mode);
    }

    /** The same with another original ID, {@code gh_…}. */
    public AccountCredentials withOriginalId(String other) {
        return new AccountCredentials(appId, appSecret, token, aesKey, Optional.of(other), mode);
    }

    /** The same in another mode. */
    public AccountCredentials withMode(PushMode other) {
        return new AccountCredentials(appId, appSecret, token, aesKey, originalId, Optional.of(other));
    }

    /**
     * The account with these.
     *
     * @throws IllegalArgumentException when its mode encrypts and there is no key
     */
    public OfficialAccount of(OfficialAccount account) {
        return new OfficialAccount(of(account.registration()), of(account.pushes()), account.url());
    }

    /** What the server API knows, with these. */
    Registration of(Registration is) {
        return is.credentials(
                appId.orElse(is.appId()), appSecret.orElse(is.appSecret()), originalId.orElse(is.originalId()));
    }

    /** What pushes are made with, with these. */
    public SimulatedAccount of(SimulatedAccount is) {
        return new SimulatedAccount(
                is.name(),
                appId.orElse(is.appId()),
                token.orElse(is.token()),
                aesKey.or(is::aesKey),
                originalId.orElse(is.originalId()),
                mode.orElse(is.mode()));
    }

    @Override
    public String toString() {
        return "AccountCredentials[***]";
    }
}
