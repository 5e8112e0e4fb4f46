package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.GatewayConfig;
import io.weir.Secrets;
import io.weir.cli.CommandException;
import io.weir.client.WeChatConfig;
import io.weir.config.Environment;
import io.weir.config.Problem;
import io.weir.receiver.PushConfig;
import io.weir.wechat.codec.Mode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
    private static final String ACCOUNT = """
            accounts:
              main: { appId: wx1, appSecret: s, token: tok3n }
            """;

    private static final String BACKEND_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String MANY_MISTAKES = """
            push: { port: 99999, path: wx, deadline: 6s, maxbody: 1MiB }
            admin: { host: 0.0.0.0 }
            wechat: { baseUri: ftp://example.com }
            accounts:
              a/b: { appId: wx1, appSecret: topSecret1, token: topSecret2 }
              shop:
                appId: ""
                appSecret: topSecret3
                token: "${WEIR_TOKNE}"
                encodingAesKey: topSecret4
                mode: save
            handlers: { CLIK: { late: never } }
            replies: nowhere.yaml
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void loadsTheShippedConfiguration() {
        Map<String, String> environment = new HashMap<>(Secrets.ENVIRONMENT);
        environment.put("WEIR_APP_ID", "wx0a1b2c3d4e5f6071");

        ConfigFiles.Loaded loaded = load(Path.of("conf", "weir.yaml"), environment);

        assertThat(loaded.problems().all()).isEmpty();
        GatewayConfig config = loaded.require();
        assertThat(config.push()).isEqualTo(PushConfig.DEFAULT);
        assertThat(config.wechat()).isEqualTo(WeChatConfig.DEFAULT);
        assertThat(config.accounts())
                .singleElement()
                .satisfies(account -> assertThat(account.mode()).isEqualTo(Mode.SAFE));
        assertThat(loaded.replies().of("main").rules()).isNotEmpty();
    }

    @Test
    void tellsEachVariableThatTheShippedConfigurationMisses() {
        List<String> problems = texts(load(Path.of("conf", "weir.yaml"), Map.of()));

        assertThat(problems).hasSize(4).allMatch(problem -> problem.contains("which is not set"));
    }

    @Test
    void findsTheFileThatIsNamedElseTheOneOfTheEnvironmentElseAUsualOne() {
        Path named = folder.resolve("named.yaml");
        Path mine = folder.resolve("mine.yaml");

        assertThat(files(Map.of("WEIR_CONF", mine.toString())).find(Optional.of(named)))
                .isEqualTo(named);
        assertThat(files(Map.of("WEIR_CONF", mine.toString())).find(Optional.empty()))
                .isEqualTo(mine);
        assertThat(files(Map.of("WEIR_CONF", "")).find(Optional.empty())).isEqualTo(Path.of("conf", "weir.yaml"));
        assertThat(files(Map.of()).find(Optional.empty())).isEqualTo(Path.of("conf", "weir.yaml"));
    }

    @Test
    void tellsThatThereIsNoFileWhereTheEnvironmentNamesOne() {
        ConfigFiles files =
                files(Map.of("WEIR_CONF", folder.resolve("mine.yaml").toString()));

        assertThatThrownBy(() -> files.load(Optional.of(files.find(Optional.empty()))))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no configuration file at " + folder.resolve("mine.yaml"));
    }

    @Test
    void takesTheMadeUpAccountWithoutAFile() {
        ConfigFiles.Loaded loaded = files(Map.of()).load(Optional.empty());

        assertThat(loaded.problems().all()).isEmpty();
        assertThat(loaded.require().push().host()).isEqualTo("127.0.0.1");
        assertThat(loaded.replies().of("dev").rules()).isNotEmpty();
    }

    @Test
    void tellsAllMistakesAtOnceAndNoSecret() throws IOException {
        List<String> problems = texts(load(write("weir.yaml", MANY_MISTAKES), Map.of()));

        String here = folder + File.separator;
        assertThat(problems.stream()
                        .map(problem -> problem.replace(here, "").replaceAll("expected text, .* or unknown", "…")))
                .containsExactly(
                        "weir.yaml:1: push.port: found \"99999\"; expected a whole number from 0 to 65535",
                        "weir.yaml:1: push.path: found \"wx\"; expected segments of letters, digits and . _ ~ -, "
                                + "each with a / before it, as in /wx",
                        "weir.yaml:1: push.deadline: found \"6s\"; expected a duration from 100ms to 4900ms",
                        "weir.yaml:1: push.maxbody: found an unknown key; expected host, port, path, maxBody, "
                                + "deadline, timestampWindow, drain, allowFrom, proxies, perSender, tls or publicUrl; did you mean \"maxBody\"?",
                        "weir.yaml:2: admin.token: found nothing; expected a token, since others can reach 0.0.0.0; "
                                + "or set host: 127.0.0.1",
                        "weir.yaml:3: wechat.baseUri: found \"ftp://example.com\"; expected a URI with a host that "
                                + "begins with https:// or http://",
                        "weir.yaml:5: accounts.a/b: found a map; expected a name of at most 64 letters, digits, - "
                                + "and _, since it is part of the URL",
                        "weir.yaml:7: accounts.shop.appId: found an empty text; expected a value, which is required",
                        "weir.yaml:9: accounts.shop.token: found ${WEIR_TOKNE}, which is not set; expected the "
                                + "environment variable WEIR_TOKNE; set it or give a default: ${WEIR_TOKNE:default}",
                        "weir.yaml:10: accounts.shop.encodingAesKey: found a secret value; an EncodingAESKey has "
                                + "exactly 43 characters of A-Z, a-z and 0-9, without \"=\"; this one has 10",
                        "weir.yaml:11: accounts.shop.mode: found \"save\"; expected plaintext, compatible or safe; "
                                + "did you mean \"safe\"?",
                        "weir.yaml:12: handlers.CLIK: found an unknown key; …; did you mean \"CLICK\"?",
                        "weir.yaml:13: replies: found \"nowhere.yaml\"; expected the path of a replies file; there "
                                + "is none at nowhere.yaml");
        assertThat(String.join("\n", problems)).doesNotContain("topSecret");
    }

    @Test
    void warnsWhenThereAreNoRepliesAndNoneAreNamed() throws IOException {
        ConfigFiles.Loaded loaded = load(write("weir.yaml", ACCOUNT), Map.of());

        assertThat(loaded.config()).isPresent();
        assertThat(texts(loaded))
                .singleElement()
                .asString()
                .contains(": warning: replies: ", "without a replies file at");
    }

    @Test
    void refusesALargeFileByItsNameItsSizeAndTheLimit() throws IOException {
        String tooLarge = "it has 16777300 bytes; Weir reads at most 16 MiB (16777216 bytes)";
        Path replies = Files.write(folder.resolve("replies.yaml"), new byte[16_777_300]);

        assertThat(texts(load(write("weir.yaml", ACCOUNT), Map.of())))
                .singleElement()
                .asString()
                .endsWith("expected a readable replies file; " + replies + " cannot be read: " + tooLarge);
        assertThatThrownBy(() -> load(replies, Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessage("the configuration file " + replies + " cannot be read: " + tooLarge);
    }

    @Test
    void refusesANamedRepliesFileThatIsMissing() throws IOException {
        ConfigFiles.Loaded loaded = load(write("weir.yaml", ACCOUNT + "replies: mine.yaml\n"), Map.of());

        assertThat(texts(loaded)).singleElement().asString().contains("weir.yaml:3: replies: ", "there is none at");
        assertThatThrownBy(loaded::require).hasMessageContaining("there is none at");
    }

    @Test
    void tellsTheMistakesOfTheRepliesTogetherWithItsOwn() throws IOException {
        write("replies.yaml", "CLICK: { default: { txt: hello } }\nVIEW: { default: { text: hello } }\n");

        List<String> problems =
                texts(load(write("weir.yaml", ACCOUNT + "radish: { uri: redis://localhost }\n"), Map.of()));

        assertThat(problems)
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("replies.yaml:1: CLICK.default"))
                .anySatisfy(problem -> assertThat(problem).contains("replies.yaml:2: warning: VIEW"))
                .anySatisfy(problem -> assertThat(problem).contains("weir.yaml:3: radish"));
    }

    @Test
    void knowsTheBackendsThatRepliesAsk() throws IOException {
        write("replies.yaml", "CLICK: { A: { backend: shop }, B: { backend: shopp } }\n");
        String shop = "shop: { url: \"http://a\", secret: " + BACKEND_SECRET + " }";
        String idle = "idle: { url: \"http://a\", secret: " + BACKEND_SECRET + " }";

        ConfigFiles.Loaded loaded =
                load(write("weir.yaml", ACCOUNT + "backends:\n  " + shop + "\n  " + idle + "\n"), Map.of());

        assertThat(texts(loaded))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("replies.yaml:1: CLICK.B.backend: found \"shopp\""))
                .anySatisfy(problem -> assertThat(problem).contains("weir.yaml:5: warning: backends.idle: "));
        assertThat(loaded.config().orElseThrow().backends()).hasSize(2);
        assertThat(loaded.replies().of("main").backends()).containsExactlyInAnyOrder("shop", "shopp");
    }

    @Test
    void givesEachAccountItsReplies() throws IOException {
        write("own.yaml", "CLICK: { own: { text: hello } }\n");
        write("replies.yaml", "CLICK: { one: { text: hello }, two: { text: hello } }\n");
        String accounts = ACCOUNT + "  other: { appId: wx2, appSecret: s, token: tok3n, replies: own.yaml }\n";

        ConfigFiles.Loaded loaded = load(write("weir.yaml", accounts), Map.of());

        assertThat(loaded.problems().all()).isEmpty();
        assertThat(loaded.replies().of("main").rules()).hasSize(2);
        assertThat(loaded.replies().of("other").rules()).hasSize(1);
    }

    @Test
    void namesAFileThatIsMissingOrAFolder() {
        assertThatThrownBy(() -> load(folder.resolve("nowhere.yaml"), Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no configuration file at");
        assertThatThrownBy(() -> load(folder, Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("it is a folder");
    }

    @Test
    void aTestAccountIsOneForTheSimulatedWeChatToo() throws IOException {
        Path file = write("weir.yaml", """
                accounts:
                  main: { appId: wx1, appSecret: s, token: tok3n }
                  test: { appId: wx2, appSecret: s, token: tok3n, testAccount: true }
                """);

        assertThat(new ConfiguredAccounts(files(Map.of())).all(Optional.of(file)))
                .extracting(account -> account.registration().testAccount())
                .containsExactly(false, true);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static ConfigFiles.Loaded load(Path conf, Map<String, String> environment) {
        return files(environment).load(Optional.of(conf));
    }

    private static ConfigFiles files(Map<String, String> environment) {
        return new ConfigFiles(Environment.of(environment), Clock.systemUTC());
    }

    private static List<String> texts(ConfigFiles.Loaded loaded) {
        return loaded.problems().all().stream().map(Problem::text).toList();
    }
}
