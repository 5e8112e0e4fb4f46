package io.weir.client;

import io.vertx.core.Vertx;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.redis.MemoryFleetCounter;
import io.weir.wechat.codec.Mode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A client with everything that its tests look at. */
public final class TestClient {
    public static final String APP_ID = "wx0a1b2c3d4e5f6071";
    public static final String APP_SECRET = "4f0c3b2a5d6e7f8091a2b3c4d5e6f708";
    public static final AccountConfig MAIN = account("main", TokenMode.STABLE, false);
    public static final AccountConfig CLASSIC = account("classic", TokenMode.CLASSIC, false);
    public static final AccountConfig TESTING = account("testing", TokenMode.CLASSIC, true);
    public static final List<AccountConfig> ACCOUNTS = List.of(MAIN, CLASSIC, TESTING);

    public final CountedTokens tokens = new CountedTokens();
    public final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    public final MemoryFleetCounter counts = new MemoryFleetCounter(clock::nanos);
    public final WeChatClient client;

    public TestClient(Vertx vertx, URI baseUri) {
        this(vertx, baseUri, Duration.ofSeconds(5));
    }

    public TestClient(Vertx vertx, URI baseUri, Duration timeout) {
        client = WeChatClient.create(vertx, new WeChatConfig(baseUri, timeout), ACCOUNTS, tokens, counts, clock);
    }

    private static AccountConfig account(String name, TokenMode tokenMode, boolean testAccount) {
        return new AccountConfig(
                name,
                APP_ID,
                Secret.of(APP_SECRET),
                List.of(Secret.of("pushToken")),
                List.of(),
                Mode.PLAINTEXT,
                Optional.empty(),
                tokenMode,
                testAccount,
                Optional.empty());
    }
}
