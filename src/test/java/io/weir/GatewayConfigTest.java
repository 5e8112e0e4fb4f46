package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.admin.AdminConfig;
import io.weir.client.WeChatConfig;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Environment;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.config.Secret;
import io.weir.config.Section;
import io.weir.dispatch.HandlerConfig;
import io.weir.dispatch.Late;
import io.weir.receiver.PushAccess;
import io.weir.receiver.PushConfig;
import io.weir.redis.RedisAddress;
import io.weir.redis.RedisConfig;
import io.weir.wechat.codec.Mode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
    private static final String EVERY_KEY = """
            push: { host: 10.0.0.1, port: 1, path: /a/b, maxBody: 32KiB, deadline: 3s, timestampWindow: 5m, drain: 50s }
            admin: { host: 10.0.0.2, port: 2, token: adminTokenGreen5 }
            redis: { sentinels: ["10.0.0.3:26379"], master: weir }
            wechat: { baseUri: "http://10.0.0.4/api", timeout: 2s }
            accounts:
              shop:
                appId: wx1
                appSecret: theSecret
                token: [new, old]
                encodingAesKey: zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0
                mode: compatible
                originalId: gh_5f21c0ffee01
                tokenMode: classic
                testAccount: true
                replies: shop.yaml
            replies: common.yaml
            handlers: { CLICK: { late: retry, settings: { greeting: hello } } }
            """;

    private final Problems problems = new Problems();

    @Test
    void takesTheDefaultsWhereTheFileSaysNothing() {
        GatewayConfig config = read("accounts: { main: { appId: wx1, appSecret: s, token: t } }");

        assertThat(problems.all()).isEmpty();
        assertThat(config.push()).isEqualTo(PushConfig.DEFAULT);
        assertThat(config.admin()).isEqualTo(AdminConfig.DEFAULT);
        assertThat(config.wechat()).isEqualTo(WeChatConfig.DEFAULT);
        assertThat(config.redis()).isEmpty();
        assertThat(handler(config, "CLICK").late()).isEmpty();
        assertThat(config.replies()).isEmpty();
        AccountConfig account = config.accounts().get(0);
        assertThat(account.mode()).isEqualTo(Mode.PLAINTEXT);
        assertThat(account.tokenMode()).isEqualTo(TokenMode.STABLE);
        assertThat(account.testAccount()).isFalse();
        assertThat(account.originalId()).isEmpty();
        assertThat(account.replies()).isEmpty();
    }

    @Test
    void readsEveryKey() {
        GatewayConfig config = read(EVERY_KEY);

        assertThat(problems.errors()).isEmpty();
        assertThat(config.push())
                .isEqualTo(new PushConfig(
                        "10.0.0.1",
                        1,
                        "/a/b",
                        32 * 1024,
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(50),
                        PushAccess.OPEN,
                        Optional.empty()));
        assertThat(config.admin())
                .isEqualTo(new AdminConfig("10.0.0.2", 2, Optional.of(Secret.of("adminTokenGreen5"))));
        assertThat(config.redis())
                .contains(RedisConfig.sentinels("weir", List.of(new RedisAddress("10.0.0.3", 26379))));
        assertThat(config.wechat())
                .isEqualTo(new WeChatConfig(URI.create("http://10.0.0.4/api"), Duration.ofSeconds(2)));
        assertThat(config.replies()).contains("common.yaml");
        assertThat(handler(config, "CLICK").late()).contains(Late.RETRY);
        assertThat(handler(config, "CLICK").settings().text("greeting")).contains("hello");
        assertThat(handler(config, "VIEW").late()).isEmpty();
    }

    @Test
    void readsEveryKeyOfAnAccount() {
        AccountConfig account = read(EVERY_KEY).accounts().get(0);

        assertThat(account.name()).isEqualTo("shop");
        assertThat(account.appId()).isEqualTo("wx1");
        assertThat(account.appSecret()).isEqualTo(Secret.of("theSecret"));
        assertThat(account.tokens()).containsExactly(Secret.of("new"), Secret.of("old"));
        assertThat(account.aesKeys()).hasSize(1);
        assertThat(account.mode()).isEqualTo(Mode.COMPATIBLE);
        assertThat(account.originalId()).contains("gh_5f21c0ffee01");
        assertThat(account.tokenMode()).isEqualTo(TokenMode.CLASSIC);
        assertThat(account.testAccount()).isTrue();
        assertThat(account.replies()).contains("shop.yaml");
    }

    @Test
    void refusesATestAccountThatIsNeitherTrueNorFalse() {
        Section root = Section.parse(
                "weir.yaml",
                "accounts: { main: { appId: wx1, appSecret: s, token: t, testAccount: yes } }",
                Environment.of(Map.of()),
                problems);

        assertThat(GatewayConfig.read(root)).isEmpty();
        assertThat(problems.errors())
                .singleElement()
                .extracting(Problem::text)
                .asString()
                .contains("accounts.main.testAccount", "expected true or false");
    }

    @Test
    void showsNoSecretWhenPrinted() {
        assertThat(read(EVERY_KEY).toString())
                .doesNotContain("adminTokenGreen5", "theSecret", "zPlhWag", "[new", "old");
    }

    private static HandlerConfig handler(GatewayConfig config, String type) {
        return Objects.requireNonNull(config.handlers().get(type));
    }

    private GatewayConfig read(String yaml) {
        Section root = Section.parse("weir.yaml", yaml, Environment.of(Map.of()), problems);
        return GatewayConfig.read(root).orElseThrow();
    }
}
