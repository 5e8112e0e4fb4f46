package io.weir.simulator.platform;

import java.util.Set;

/**
 * How an account is registered with WeChat. Never shows its secret.
 *
 * @param name under which the gateway's configuration knows it
 * @param originalId {@code gh_…}
 * @param verified whether it is a verified account: most calls are refused to others (48001)
 * @param testAccount whether it is a test account, whose quotas are a tenth
 * @param whitelist addresses that may call; empty: all may
 */
public record Registration(
        String name,
        String appId,
        String appSecret,
        String originalId,
        boolean verified,
        boolean testAccount,
        Set<String> whitelist) {
    public Registration {
        whitelist = Set.copyOf(whitelist);
    }

    /** A verified account that may be used from everywhere. */
    public static Registration of(String name, String appId, String appSecret, String originalId) {
        return new Registration(name, appId, appSecret, originalId, true, false, Set.of());
    }

    /** The same with other credentials. */
    public Registration credentials(String newAppId, String newAppSecret, String newOriginalId) {
        return new Registration(name, newAppId, newAppSecret, newOriginalId, verified, testAccount, whitelist);
    }

    /** The same, verified or not. */
    public Registration verified(boolean is) {
        return new Registration(name, appId, appSecret, originalId, is, testAccount, whitelist);
    }

    /** The same as a test account, or not. */
    public Registration testAccount(boolean is) {
        return new Registration(name, appId, appSecret, originalId, verified, is, whitelist);
    }

    /** The same, callable from these addresses only; from everywhere when there are none. */
    public Registration whitelist(Set<String> addresses) {
        return new Registration(name, appId, appSecret, originalId, verified, testAccount, addresses);
    }

    @Override
    public String toString() {
        return "Registration[" + name + ", " + appId + ", " + originalId + "]";
    }
}
