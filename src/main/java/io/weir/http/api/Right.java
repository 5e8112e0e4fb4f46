package io.weir.http.api;

import java.util.Locale;

/**
 * What a token of {@code admin.tokens} may be allowed to do; {@code admin.token} and whoever has logged in with it may do all
 * of it.
 */
public enum Right {
    /** Sees all that the admin port shows, but for secrets and personal data. */
    READ,
    /** Gets the values of credentials. */
    REVEAL,
    /** Changes what pushes are answered. */
    ANSWERS,
    /** Changes menus. */
    MENU,
    /** Does what an operator does: renews a token, lets WeChat check the way, handles a push again. */
    OPERATE,
    /** Calls WeChat's API with the credential of one account: {@code wechat:ACCOUNT}. */
    WECHAT;

    /** As the configuration writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
