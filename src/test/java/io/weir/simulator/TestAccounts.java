package io.weir.simulator;

import io.weir.wechat.crypto.AesKey;
import java.util.Optional;

/** The account of this package's tests; all values made up. */
final class TestAccounts {
    static final String TOKEN = "lakeToken7";
    static final String AES_KEY = "QmFzZVNpeHR5Rm91clRlc3RLZXlGb3JTaW11bGF0b3I";
    static final String APP_ID = "wxfeed0000feed0001";
    static final String ORIGINAL_ID = "gh_feed00000001";

    private TestAccounts() {}

    static SimulatedAccount in(PushMode mode) {
        return new SimulatedAccount("dev", APP_ID, TOKEN, Optional.of(AesKey.parse(AES_KEY)), ORIGINAL_ID, mode);
    }

    static SimulatedAccount withoutKey() {
        return new SimulatedAccount("dev", APP_ID, TOKEN, Optional.empty(), ORIGINAL_ID, PushMode.PLAINTEXT);
    }
}
