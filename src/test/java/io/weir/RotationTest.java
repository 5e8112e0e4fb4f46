package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.client.LogCapture;
import io.weir.command.ConfigFiles;
import io.weir.config.Environment;
import io.weir.http.Runtimes;
import io.weir.redis.Await;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.wechat.crypto.AesKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway whose configuration file is written again and again while it runs. */
class RotationTest {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final int REWRITES = 40;
    private static final long EACH_TURN = 15;
    private static final String NEW = Secrets.TOKEN;
    private static final String OLD = Secrets.OLD_TOKEN;
    private static final String OLD_KEY = Secrets.AES_KEY;
    private static final String NEW_KEY = "QPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0";
    private static final Pattern COUNTED = Pattern.compile("weir_push_credentials_total\\{(.*)} ([0-9.]+)");

    private static final String CONFIGURATION = """
            push: { host: 127.0.0.1, port: 0 }
            admin: { port: 0 }
            accounts:
              shop:
                appId: wx0a1b2c3d4e5f6071
                appSecret: "${WEIR_APP_SECRET}"
                token: TOKENS
                encodingAesKey: KEYS
                mode: SHOP
              vault:
                appId: wx0a1b2c3d4e5f6072
                appSecret: "${WEIR_APP_SECRET}"
                token: TOKENS
                encodingAesKey: KEYS
                mode: VAULT
              open:
                appId: wx0a1b2c3d4e5f6073
                appSecret: "${WEIR_APP_SECRET}"
                token: TOKENS
                encodingAesKey: KEYS
                mode: OPEN
            """;

    private final LogCapture log = LogCapture.atItsLevel("io.weir.reload.ConfigurationVerticle");
    private final Vertx vertx = Runtimes.vertx();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path file;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(
                folder.resolve("weir.yaml"), text(List.of(OLD), List.of(OLD_KEY), "compatible", "safe", "plaintext"));
        Files.writeString(folder.resolve("replies.yaml"), "CLICK: { default: { text: tapped } }\n");
        ConfigFiles.Loaded loaded =
                new ConfigFiles(Environment.of(Secrets.ENVIRONMENT), Clock.systemUTC()).load(Optional.of(file));
        Gateway.RuntimeOptions options = new Gateway.RuntimeOptions(loaded.file(), OFTEN, Clock.systemUTC());
        gateway = WeChat.await(new Gateway(vertx, loaded.require(), loaded.replies(), loaded.own(), options).start());
    }

    @AfterEach
    void stop() {
        log.close();
        WeChat.await(vertx.close());
        assertThat(log.lines()).noneMatch(line -> List.of(Secrets.ALL).stream().anyMatch(line::contains));
        assertThat(log.lines()).noneMatch(line -> line.contains(NEW_KEY));
    }

    @Test
    void acceptsEveryPushThatItMustWhileTheFileIsWrittenAgainAndAgain() throws Exception {
        write(0);
        Await.until("both credentials are in", () -> log.lines().size() == 3);

        try (PushStream pushes = new PushStream(mustBeAccepted(), base())) {
            for (int turn = 1; turn <= REWRITES; turn++) {
                int lines = log.lines().size();
                long accepted = pushes.accepted();
                write(turn);
                Await.until("turn is taken in", () -> log.lines().size() > lines);
                Await.until("pushes go on", () -> pushes.accepted() >= accepted + EACH_TURN);
            }
            assertThat(pushes.stop()).isEmpty();
            assertThat(pushes.accepted()).isGreaterThanOrEqualTo(REWRITES * EACH_TURN);
            assertThat(counted("")).isEqualTo(pushes.accepted());
            for (String kind : List.of(
                    "account=\"shop\",form=\"plaintext\",key=\"none\",token=\"1\"",
                    "account=\"shop\",form=\"plaintext\",key=\"none\",token=\"2\"",
                    "account=\"shop\",form=\"both\",key=\"1\",token=\"2\"",
                    "account=\"vault\",form=\"encrypted\",key=\"2\",token=\"1\"",
                    "account=\"open\",form=\"plaintext\",key=\"none\",token=\"2\"")) {
                assertThat(counted(kind)).as(kind).isPositive();
            }
        }
    }

    @Test
    void aTokenIsChangedInThreeSteps() throws Exception {
        assertThat(isAccepted(OLD)).isTrue();
        assertThat(isAccepted(NEW)).isFalse();

        tokens(List.of(NEW, OLD));
        Await.until("both are in", () -> hasLogged("account=\"shop\", changed=\"token\", tokens=\"2\", keys=\"1\""));
        assertThat(lastPush().getJsonArray("token").getValue(0)).isNull();
        assertThat(lastPush().getJsonArray("token").getString(1)).isNotNull();
        assertThat(isAccepted(OLD)).isTrue();
        assertThat(isAccepted(NEW)).isTrue();
        assertThat(lastPush().getJsonArray("token").getString(0)).isNotNull();

        tokens(List.of(NEW));
        Await.until("the old one is out", () -> hasLogged("account=\"shop\", changed=\"token\", tokens=\"1\""));
        assertThat(isAccepted(OLD)).isFalse();
        assertThat(isAccepted(NEW)).isTrue();
    }

    @Test
    void aModeIsChangedByWayOfCompatible() throws Exception {
        write(text(List.of(OLD), List.of(OLD_KEY), "plaintext", "safe", "plaintext"));
        Await.until("plaintext", () -> hasLogged("changed=\"mode compatible → plaintext\""));
        assertThat(isAccepted(shop(OLD, OLD_KEY, PushMode.SAFE))).isFalse();
        assertThat(mode()).isEqualTo("plaintext");

        write(text(List.of(OLD), List.of(OLD_KEY), "compatible", "safe", "plaintext"));
        Await.until("compatible", () -> hasLogged("changed=\"mode plaintext → compatible\""));
        assertThat(isAccepted(shop(OLD, OLD_KEY, PushMode.PLAINTEXT))).isTrue();
        assertThat(isAccepted(shop(OLD, OLD_KEY, PushMode.SAFE))).isTrue();

        write(text(List.of(OLD), List.of(OLD_KEY), "safe", "safe", "plaintext"));
        Await.until("safe", () -> hasLogged("changed=\"mode compatible → safe\""));
        assertThat(isAccepted(shop(OLD, OLD_KEY, PushMode.PLAINTEXT))).isFalse();
        assertThat(isAccepted(shop(OLD, OLD_KEY, PushMode.SAFE))).isTrue();
        assertThat(mode()).isEqualTo("safe");
    }

    @Test
    void aFileWithErrorsChangesNothingUntilItIsMended() throws Exception {
        String broken = text(List.of(NEW), List.of("tooShort"), "compatibel", "safe", "plaintext");

        write(broken);
        Await.until("refused", () -> hasLogged("configuration file has errors, the previous configuration stays"));
        assertThat(log.lines()).singleElement().asString().contains("errors=\"4\"", "did you mean \"compatible\"?");
        assertThat(isAccepted(OLD)).isTrue();
        assertThat(health().getString("status")).isEqualTo("degraded");
        assertThat(configuration().getString("problem"))
                .contains("weir.yaml:8: ", "accounts.shop.encodingAesKey: ", "a secret value");

        tokens(List.of(OLD));
        Await.until("mended", () -> hasLogged("configuration file is right again"));
        assertThat(health().getString("status")).isEqualTo("ready");
        assertThat(configuration().containsKey("problem")).isFalse();
    }

    @Test
    void aFileThatIsGoneChangesNothingUntilItIsBack() throws Exception {
        String text = Files.readString(file);

        Files.delete(file);
        Await.until("missed", () -> hasLogged("configuration file cannot be read, the previous configuration stays"));
        assertThat(isAccepted(OLD)).isTrue();
        assertThat(health().getString("status")).isEqualTo("degraded");

        Files.writeString(file, text);
        Await.until("back", () -> hasLogged("configuration file is right again"));
        assertThat(log.lines()).hasSize(2);
        assertThat(health().getString("status")).isEqualTo("ready");
    }

    @Test
    void namesWhatTakesEffectAtTheNextStartAndTakesInTheRest() throws Exception {
        String club = "  club: { appId: wx1, appSecret: s, token: tok3n }\nhandlers: { CLICK: { late: retry } }\n";
        String text = text(List.of(NEW, OLD), List.of(OLD_KEY), "compatible", "safe", "plaintext")
                .replace("port: 0 }\nadmin", "port: 1 }\nadmin")
                .replace("appId: wx0a1b2c3d4e5f6072", "appId: wx2");

        write(text + club);
        Await.until("told", () -> hasLogged("takes effect at the next start"));

        assertThat(log.lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN ")
                        .contains("keys=\"push.port, accounts.vault.appId, accounts.club, handlers.CLICK\""));
        assertThat(configuration().getJsonArray("atNextStart"))
                .isEqualTo(
                        new JsonArray(List.of("push.port", "accounts.vault.appId", "accounts.club", "handlers.CLICK")));
        assertThat(health().getString("status")).isEqualTo("ready");
        assertThat(isAccepted(NEW)).isTrue();
        assertThat(isAccepted(account("vault", "wx0a1b2c3d4e5f6072", NEW, OLD_KEY, PushMode.SAFE)))
                .isTrue();

        write(text.replace("[" + NEW + ", " + OLD + "]", "[" + NEW + "]"));
        Await.until("taken in", () -> hasLogged("account=\"shop\", changed=\"token\", tokens=\"1\""));
        Await.until("told again, since it has changed", () -> hasLogged("keys=\"push.port, accounts.vault.appId\""));
    }

    private static List<SimulatedAccount> mustBeAccepted() {
        return List.of(
                shop(NEW, NEW_KEY, PushMode.PLAINTEXT),
                shop(OLD, NEW_KEY, PushMode.PLAINTEXT),
                shop(NEW, NEW_KEY, PushMode.COMPATIBLE),
                shop(NEW, OLD_KEY, PushMode.COMPATIBLE),
                shop(OLD, NEW_KEY, PushMode.COMPATIBLE),
                shop(OLD, OLD_KEY, PushMode.COMPATIBLE),
                shop(NEW, NEW_KEY, PushMode.SAFE),
                shop(NEW, OLD_KEY, PushMode.SAFE),
                shop(OLD, NEW_KEY, PushMode.SAFE),
                shop(OLD, OLD_KEY, PushMode.SAFE),
                account("vault", "wx0a1b2c3d4e5f6072", NEW, OLD_KEY, PushMode.SAFE),
                account("vault", "wx0a1b2c3d4e5f6072", OLD, NEW_KEY, PushMode.COMPATIBLE),
                account("open", "wx0a1b2c3d4e5f6073", NEW, OLD_KEY, PushMode.PLAINTEXT),
                account("open", "wx0a1b2c3d4e5f6073", OLD, OLD_KEY, PushMode.PLAINTEXT));
    }

    /** Always both tokens and both keys, in changing order; modes that take what is pushed; some texts are cut. */
    private void write(int turn) throws IOException {
        boolean even = turn % 2 == 0;
        String text = text(
                even ? List.of(NEW, OLD) : List.of(OLD, NEW),
                turn % 3 == 0 ? List.of(NEW_KEY, OLD_KEY) : List.of(OLD_KEY, NEW_KEY),
                "compatible",
                even ? "compatible" : "safe",
                even ? "compatible" : "plaintext");
        write(turn % 5 == 4 ? text.substring(0, text.length() / 2) + turn : text);
    }

    private void write(String text) throws IOException {
        Path fresh = Files.writeString(folder.resolve("fresh.yaml"), text);
        if (text.length() % 2 == 0) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.writeString(file, text);
        }
    }

    private void tokens(List<String> tokens) throws IOException {
        write(text(tokens, List.of(OLD_KEY), "compatible", "safe", "plaintext"));
    }

    private static String text(List<String> tokens, List<String> keys, String shop, String vault, String open) {
        return CONFIGURATION
                .replace("TOKENS", tokens.toString())
                .replace("KEYS", keys.toString())
                .replace("SHOP", shop)
                .replace("VAULT", vault)
                .replace("OPEN", open);
    }

    private static SimulatedAccount shop(String token, String key, PushMode mode) {
        return account("shop", "wx0a1b2c3d4e5f6071", token, key, mode);
    }

    private static SimulatedAccount account(String name, String appId, String token, String key, PushMode mode) {
        return new SimulatedAccount(name, appId, token, Optional.of(AesKey.parse(key)), "gh_000000000000", mode);
    }

    private boolean isAccepted(String token) {
        return isAccepted(shop(token, OLD_KEY, PushMode.PLAINTEXT));
    }

    private boolean isAccepted(SimulatedAccount account) {
        try (WeChat wechat = new WeChat(account, base().resolve(account.name()))) {
            return WeChat.await(wechat.push(PushOrder.of("CLICK"))).accepted();
        }
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + gateway.pushPort() + "/wx/");
    }

    private boolean hasLogged(String text) {
        return log.lines().stream().anyMatch(line -> line.contains(text));
    }

    private long counted(String tags) throws IOException, InterruptedException {
        return COUNTED.matcher(admin("/metrics"))
                .results()
                .filter(line -> line.group(1).contains(tags))
                .mapToLong(line -> (long) Double.parseDouble(line.group(2)))
                .sum();
    }

    private JsonObject health() throws IOException, InterruptedException {
        return new JsonObject(admin("/health"));
    }

    private JsonObject configuration() throws IOException, InterruptedException {
        return health().getJsonObject("configuration");
    }

    private JsonObject lastPush() throws IOException, InterruptedException {
        return health().getJsonArray("accounts").getJsonObject(0).getJsonObject("lastPush");
    }

    private String mode() throws IOException, InterruptedException {
        return health().getJsonArray("accounts").getJsonObject(0).getString("mode");
    }

    private String admin(String path) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + gateway.adminPort() + path);
        return ServeIT.get(url, Optional.empty()).body();
    }
}
