package io.weir.token;

import java.time.Duration;

class MemoryTokenStoreTest extends TokenStoreContract {
    private final ManualNanos nanos = new ManualNanos();
    private final TokenStore store = new MemoryTokenStore(nanos);

    @Override
    TokenStore store() {
        return store;
    }

    @Override
    void pass(Duration time) {
        nanos.advance(time);
    }
}
