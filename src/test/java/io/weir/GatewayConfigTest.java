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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static final String ACCOUNT = "accounts: { main: { appId: wx1, appSecret: s, token: t0ken } }";

    private final Problems problems = new Problems();

    @Test
    void takesTheDefaultsWhereTheFileSaysNothing() {
        GatewayConfig config = read("accounts: { main: { appId: wx1, appSecret: s, token: tok3n } }");

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
                "accounts: { main: { appId: wx1, appSecret: s, token: tok3n, testAccount: yes } }",
                Environment.of(Map.of()),
                problems);

        assertThat(GatewayConfig.read(root)).isEmpty();
        assertThat(problems.errors())
                .singleElement()
                .extracting(Problem::text)
                .asString()
                .contains("accounts.main.testAccount", "expected true or false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            token: "t0ken "                | token: found a secret value; expected a Token, which has no blanks
            token: [abc, "a b"]            | token: found a list: a secret value, a secret value; expected a Token, which has no
            token: ab                      | token: found a secret value; expected a Token of 3 to 32 letters and digits
            token: abc-def                 | token: found a secret value; expected a Token of 3 to 32 letters and digits
            appSecret: "s3cret x"          | appSecret: found a secret value; expected an AppSecret, which has no blanks
            appId: gh_5f21c0ffee01         | appId: found "gh_5f21c0ffee01"; expected an AppID, as wx0a1b2c3d4e5f6071
            appId: "wx1 "                  | appId: found "wx1 "; expected an AppID, which has no blanks
            originalId: wx0a1b2c3d4e5f6071 | originalId: found "wx0a1b2c3d4e5f6071"; expected the account's original id
            """)
    void warnsOfWhatWeChatNeverGives(String line, String warning) {
        Map<String, String> account = new LinkedHashMap<>(Map.of("appId", "wx1", "appSecret", "s", "token", "t0ken"));
        account.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1));
        String text = account.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", ", "accounts: { main: { ", " } }"));

        read(text);

        assertThat(problems.warnings())
                .singleElement()
                .extracting(Problem::text)
                .asString()
                .contains("weir.yaml:1: warning: accounts.main." + warning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            abc                                           | this one has 3
            zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0=  | leave out the "=" at its end
            zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T-   | this one has 43, not all of those
            zPlhWagvPdI09Fn8F7Z3 xVswlb7QpkgUxl6jGmt43T0  | this one has 44, with blanks among them
            """)
    void tellsTheLengthOfAKeyAndNoneOfItsCharacters(String key, String hint) {
        Section root = Section.parse(
                "weir.yaml",
                "accounts: { main: { appId: wx1, appSecret: s, token: t0ken, encodingAesKey: \"" + key + "\" } }",
                Environment.of(Map.of()),
                problems);

        assertThat(GatewayConfig.read(root)).isEmpty();
        assertThat(problems.errors())
                .singleElement()
                .extracting(Problem::text)
                .asString()
                .endsWith("without \"=\"; " + hint)
                .doesNotContain("abc", "zPlh");
    }

    @Test
    void warnsOfAnAppIdThatTwoAccountsHave() {
        read(
                "accounts: { a: { appId: wx1, appSecret: s, token: t0ken }, b: { appId: wx1, appSecret: s, token: t0ken } }");

        assertThat(problems.warnings())
                .singleElement()
                .extracting(Problem::text)
                .asString()
                .contains("accounts.b.appId: found \"wx1\"; expected another AppID than that of account a");
    }

    @ParameterizedTest
    @CsvSource({
        "'host: 127.0.0.1, port: 8081', '', true",
        "port: 8081, '', true",
        "'host: 10.0.0.1, port: 8081', '', false",
        "port: 8082, port: 8082, true",
        "port: 0, port: 0, false"
    })
    void refusesOnePortForBothListeners(String push, String admin, boolean refused) {
        Section root = Section.parse(
                "weir.yaml",
                "push: { " + push + " }\nadmin: { " + admin + " }\n" + ACCOUNT,
                Environment.of(Map.of()),
                problems);

        GatewayConfig.read(root);

        assertThat(problems.errors().stream().map(Problem::text))
                .allMatch(
                        text -> text.contains("admin.port: ") && text.contains("expected another port than push.port"))
                .hasSize(refused ? 1 : 0);
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
