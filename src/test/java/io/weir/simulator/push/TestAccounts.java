package io.weir.simulator.push;

import io.weir.wechat.crypto.AesKey;
import java.util.Optional;

/** The account of this package's tests; all values made up. */
public final class TestAccounts {
    public static final String TOKEN = "lakeToken7";
    public static final String AES_KEY = "QmFzZVNpeHR5Rm91clRlc3RLZXlGb3JTaW11bGF0b3I";
    public static final String APP_ID = "wxfeed0000feed0001";
    public static final String ORIGINAL_ID = "gh_feed00000001";

    private TestAccounts() {}

    public static SimulatedAccount in(PushMode mode) {
        return new SimulatedAccount("dev", APP_ID, TOKEN, Optional.of(AesKey.parse(AES_KEY)), ORIGINAL_ID, mode);
    }

    public static SimulatedAccount withoutKey() {
        return new SimulatedAccount("dev", APP_ID, TOKEN, Optional.empty(), ORIGINAL_ID, PushMode.PLAINTEXT);
    }
}
