package io.weir.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.backend.BackendSchemas;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatConfig;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Problems;
import io.weir.config.Secret;
import io.weir.health.HealthRoutes;
import io.weir.http.OverloadRefusals;
import io.weir.http.RawHttp;
import io.weir.http.api.ApiRoute;
import io.weir.journal.TestJournal;
import io.weir.menu.file.AnswersCheck;
import io.weir.menu.http.MenuRoutes;
import io.weir.menu.publish.MenuChanges;
import io.weir.redis.MemoryFleetCounter;
import io.weir.replies.Replies;
import io.weir.replies.RepliesEditors;
import io.weir.replies.RepliesFile;
import io.weir.rules.ReplyRules;
import io.weir.token.TokenRoutes;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.message.PushType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An admin port with the accounts {@code main} and {@code club}. Each JSON answer is compared with what the OpenAPI document
 * says of it.
 */
public final class TestAdmin {
    public static final Secret TOKEN = Secret.of("adminTokenGreen5");
    public static final List<AccountConfig> ACCOUNTS = List.of(
            account("main", Mode.SAFE, TokenMode.STABLE, false),
            account("club", Mode.PLAINTEXT, TokenMode.CLASSIC, true));

    static final String REPLIES = """
            # The menu.
            CLICK:
              HELP: { text: "how, {openId}?" }   # asked often
              default: { none: true }
            text:
              contains:天气: { text: "晴" }
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    public static final URI NOBODY = URI.create("http://127.0.0.1:1");

    final KeptCredentials credentials;
    public final TestJournal console;
    final Sessions sessions;
    final AuditLog audit;
    private int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> bodies = new ArrayList<>();

    private TestAdmin(KeptCredentials credentials, AdminConfig config, TestJournal console) {
        this.credentials = credentials;
        this.console = console;
        this.sessions = new Sessions(config, new SecureRandom()::nextBytes, console.clock);
        this.audit = new AuditLog(Optional::empty, "alone-1", console.clock);
    }

    /** One that cannot reach WeChat. */
    public static TestAdmin start(Vertx vertx, Optional<Secret> token) throws Exception {
        return start(vertx, new AdminConfig("127.0.0.1", 0, token));
    }

    public static TestAdmin start(Vertx vertx, AdminConfig config) throws Exception {
        Random random = new Random(5);
        return start(
                vertx,
                config,
                new KeptCredentials(() -> "SECRET-" + HexFormat.of().toHexDigits(random.nextLong())),
                NOBODY);
    }

    /** One that a bearer of the token may ask. */
    public static TestAdmin start(Vertx vertx, KeptCredentials credentials, URI wechat) throws Exception {
        return start(vertx, new AdminConfig("127.0.0.1", 0, Optional.of(TOKEN)), credentials, wechat);
    }

    /** One with that journal, for bearers of the token. */
    public static TestAdmin start(Vertx vertx, TestJournal console) throws Exception {
        AdminConfig config = new AdminConfig("127.0.0.1", 0, Optional.of(TOKEN));
        return start(vertx, new TestAdmin(new KeptCredentials(() -> "x"), config, console), config, NOBODY);
    }

    static TestAdmin start(Vertx vertx, AdminConfig config, KeptCredentials credentials, URI wechat) throws Exception {
        return start(vertx, new TestAdmin(credentials, config, new TestJournal()), config, wechat);
    }

    private static TestAdmin start(Vertx vertx, TestAdmin admin, AdminConfig config, URI wechat) throws Exception {
        KeptCredentials credentials = admin.credentials;
        List<ApiRoute> routes = routes(
                vertx,
                credentials,
                wechat,
                Stream.concat(
                                admin
                                        .console
                                        .routes(vertx, admin.sessions, client(vertx, credentials, wechat))
                                        .stream(),
                                admin.audit.routes().stream())
                        .toList());
        AdminVerticle verticle = new AdminVerticle(
                config, admin.sessions, Set.of("main", "club"), routes, OverloadRefusals.uncounted(), admin.audit);
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        admin.port = verticle.port();
        return admin;
    }

    static WeChatClient client(Vertx vertx, KeptCredentials credentials, URI wechat) {
        return WeChatClient.create(
                vertx,
                new WeChatConfig(wechat, wechat.equals(NOBODY) ? Duration.ofMillis(100) : Duration.ofSeconds(1)),
                ACCOUNTS,
                credentials,
                new MemoryFleetCounter(System::nanoTime),
                Clock.systemUTC());
    }

    public static List<ApiRoute> routes(Vertx vertx, KeptCredentials credentials, URI wechat, List<ApiRoute> console) {
        Clock clock = Clock.systemUTC();
        WeChatClient client = client(vertx, credentials, wechat);
        HealthRoutes healthRoutes = new HealthRoutes(
                () -> true,
                () -> JsonNodeFactory.instance.objectNode().put("status", "fine"),
                () -> Future.succeededFuture("weir_pushes_total 1\n"));
        Path backups = Path.of("target", "menu-backups", UUID.randomUUID().toString());
        MenuChanges menus = MenuChanges.create(vertx, client, Optional.empty(), backups, clock);
        // What is not a click has no answer.
        AnswersCheck answers = new AnswersCheck(ReplyRules.NONE, (type, key) -> type == PushType.CLICK);
        return Stream.of(
                        healthRoutes.all(),
                        TokenRoutes.all(credentials),
                        AdminRoutes.all(vertx, () -> ACCOUNTS, client),
                        BackendSchemas.routes(),
                        replies(vertx, clock),
                        MenuRoutes.all(vertx, client, menus, ACCOUNTS, account -> answers),
                        console)
                .flatMap(List::stream)
                .toList();
    }

    /** Of both accounts the same file, which has the same text for every test. */
    private static List<ApiRoute> replies(Vertx vertx, Clock clock) {
        Path folder = Path.of("target", "replies", UUID.randomUUID().toString());
        RepliesFile file = RepliesFile.builtIn(
                folder.resolve("replies.yaml"),
                REPLIES.getBytes(StandardCharsets.UTF_8),
                new Problems(),
                clock.instant());
        Replies replies = new Replies(Map.of("main", file, "club", file));
        return new RepliesEditors(vertx, replies, Optional.empty(), folder.resolve("revisions"), clock).routes();
    }

    /** What came back. */
    public record Reply(int status, HttpResponse<String> http) {
        public String text() {
            return http.body();
        }

        public JsonNode json() {
            return parse(http.body());
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    /** As the bearer of the token. */
    public Reply get(String path) throws Exception {
        return send("GET", path, "", "Authorization", "Bearer " + TOKEN.reveal());
    }

    /** As the bearer of the token, with further headers. */
    public Reply ask(String method, String path, String body, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + TOKEN.reveal()));
        all.addAll(List.of(headers));
        return send(method, path, body, all.toArray(String[]::new));
    }

    /** As the bearer of the token. */
    public Reply post(String path, String body) throws Exception {
        return send("POST", path, body, "Authorization", "Bearer " + TOKEN.reveal());
    }

    public Reply send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        bodies.add(response.body());
        Reply reply = new Reply(response.statusCode(), response);
        OpenApiDocument.SHIPPED.check(method, path, reply);
        return reply;
    }

    /** All that was answered so far, but for requests on bare connections. */
    public List<String> bodies() {
        return List.copyOf(bodies);
    }

    public RawHttp connect() throws IOException {
        return new RawHttp(port);
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    private static AccountConfig account(String name, Mode mode, TokenMode tokenMode, boolean testAccount) {
        return new AccountConfig(
                name,
                "wx0000000000000001",
                Secret.of("secretGreen1"),
                List.of(Secret.of("pushTokenRed2")),
                List.of(AesKey.parse("zPlhWagvPdI09Fn8F7Z3xVswlb7QpkgUxl6jGmt43T0")),
                mode,
                Optional.empty(),
                tokenMode,
                testAccount,
                Optional.empty());
    }
}
