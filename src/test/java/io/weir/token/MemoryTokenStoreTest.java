package io.weir.token;

import io.weir.client.ManualClock;
import java.time.Duration;

class MemoryTokenStoreTest extends TokenStoreContract {
    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final TokenStore store = new MemoryTokenStore(clock::nanos);

    @Override
    TokenStore store() {
        return store;
    }

    @Override
    void pass(Duration time) {
        clock.pass(time);
    }
}
