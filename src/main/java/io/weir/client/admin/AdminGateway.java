package io.weir.client.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.weir.client.Json;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.WeChatException;
import io.weir.client.admin.AdminException.Kind;
import io.weir.config.Secret;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The gateway that runs on this machine, asked through its admin port. Any thread. Futures fail with an {@link
 * AdminException}, or with the {@link WeChatException} that the gateway got.
 */
public final class AdminGateway {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final int SUCCESS = 2;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final AdminAddress address;
    private final Duration limit;
    private final WebClient http;

    /** @param limit for one answer; the gateway itself may have to ask WeChat */
    public AdminGateway(Vertx vertx, AdminAddress address, Duration limit) {
        this.address = address;
        this.limit = limit;
        this.http = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setFollowRedirects(false)
                        .setUserAgent("weir")
                        .setConnectTimeout(CONNECT_MILLIS));
    }

    /** Where it is. */
    public AdminAddress address() {
        return address;
    }

    /** The value of the account's access_token. */
    public Future<Secret> accessToken(String account) {
        return ask(HttpMethod.GET, account, "access-token", Optional.empty())
                .map(json -> AdminJson.accessToken(json).orElseThrow(this::notAGateway));
    }

    /** How the account's credentials are. */
    public Future<List<CredentialState>> states(String account) {
        return ask(HttpMethod.GET, account, "token", Optional.empty())
                .map(json -> AdminJson.states(json).orElseThrow(this::notAGateway));
    }

    /** Lets the gateway fetch another token, for all instances. */
    public Future<Void> refresh(String account, boolean force) {
        return ask(HttpMethod.POST, account, "token/refresh", Optional.of(AdminJson.refresh(force)))
                .mapEmpty();
    }

    /** WeChat has refused this one: the gateway drops it if it is still the current one. */
    public Future<Void> refused(String account, Secret token) {
        return ask(HttpMethod.POST, account, "access-token/refused", Optional.of(AdminJson.refused(token)))
                .mapEmpty();
    }

    /** Whether it takes pushes. */
    public Future<Boolean> ready() {
        return send(request(HttpMethod.GET, "/ready"), Optional.empty())
                .compose(answer -> switch (answer.statusCode()) {
                    case 200 -> Future.succeededFuture(true);
                    case 503 -> Future.succeededFuture(false);
                    default -> Future.failedFuture(notAGateway());
                });
    }

    /** What {@code /health} says is wrong with Redis, with the clock and with who may send. */
    public Future<HealthReport> health() {
        return send(request(HttpMethod.GET, "/health"), Optional.empty())
                .compose(this::read)
                .map(health -> new HealthReport(
                        Optional.of(health.path("configuration").path("file").asText(""))
                                .filter(file -> !file.isEmpty()),
                        Stream.of(
                                        problem(health.path("redis"), "error"),
                                        problem(health.path("clock"), "problem"),
                                        problem(health.path("push"), "problem"))
                                .flatMap(Optional::stream)
                                .toList()));
    }

    /** The instances that it shares a Redis with, as {@code /api/v1/fleet} tells them. */
    public Future<JsonNode> fleet() {
        return send(request(HttpMethod.GET, "/api/v1/fleet"), Optional.empty())
                .compose(this::read)
                .map(fleet -> {
                    if (!fleet.path("instances").isArray()) {
                        throw notAGateway();
                    }
                    return fleet;
                });
    }

    /**
     * Asks for what stands below {@code /api/v1/journal}.
     *
     * @param path with its query, or nothing
     */
    public Future<JsonNode> journal(HttpMethod method, String path, Optional<ObjectNode> body) {
        return send(request(method, "/api/v1/journal" + path), body).compose(this::read);
    }

    /** What it tells Prometheus. */
    public Future<Metrics> metrics() {
        return send(request(HttpMethod.GET, "/metrics"), Optional.empty())
                .compose(answer -> answer.statusCode() == 200 && answer.body() != null
                        ? Future.succeededFuture(new Metrics(answer.bodyAsString()))
                        : Future.failedFuture(notAGateway()));
    }

    private static Optional<Problem> problem(JsonNode part, String words) {
        String fault = part.path("fault").asText("");
        return fault.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        fault,
                        part.path(words).asText(fault),
                        part.path("hint").asText("look at the log of the gateway")));
    }

    private Future<JsonNode> ask(HttpMethod method, String account, String what, Optional<ObjectNode> body) {
        return send(request(method, "/api/v1/accounts/" + account + "/" + what), body)
                .compose(this::read);
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        HttpRequest<Buffer> request = http.request(method, address.port(), address.host(), path);
        address.token().ifPresent(token -> request.bearerTokenAuthentication(token.reveal()));
        return request;
    }

    private Future<HttpResponse<Buffer>> send(HttpRequest<Buffer> request, Optional<ObjectNode> body) {
        if (address.port() == 0) {
            return Future.failedFuture(
                    new AdminException(Kind.ABSENT, "admin.port is 0, so only the gateway itself knows its port"));
        }
        return body.map(json -> request.putHeader("Content-Type", "application/json")
                        .sendBuffer(Buffer.buffer(json.toString())))
                .orElseGet(request::send)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(unanswered(failure)));
    }

    private AdminException unanswered(Throwable failure) {
        boolean refused = failure instanceof ConnectException && !(failure instanceof ConnectTimeoutException);
        return refused
                ? new AdminException(Kind.ABSENT, "no gateway answers at " + address.authority())
                : new AdminException(
                        Kind.SILENT,
                        "something listens at " + address.authority() + " and gives no answer within "
                                + limit.toSeconds() + " s; look whether it is the gateway, and at its log");
    }

    private Future<JsonNode> read(HttpResponse<Buffer> answer) {
        Buffer body = Optional.ofNullable(answer.body()).orElseGet(Buffer::buffer);
        Optional<JsonNode> json =
                body.length() > MAX_ANSWER_BYTES ? Optional.empty() : Json.read(body.toString("UTF-8"));
        if (answer.statusCode() / 100 == SUCCESS) {
            return json.or(() -> body.length() == 0 ? Optional.of(Json.object()) : Optional.empty())
                    .map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture(notAGateway()));
        }
        return Future.failedFuture(failure(answer.statusCode(), json.orElseGet(Json::object)));
    }

    private RuntimeException failure(int status, JsonNode json) {
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return unauthorized();
        }
        Optional<RuntimeException> fromWeChat = AdminJson.failure(json).map(RuntimeException.class::cast);
        return fromWeChat.orElseGet(() -> AdminJson.words(json)
                .map(words -> new AdminException(
                        Kind.PROBLEM, "the gateway at " + address.authority() + " answers " + status + ": " + words))
                .orElseGet(this::notAGateway));
    }

    private AdminException unauthorized() {
        return address.token().isPresent()
                ? new AdminException(
                        Kind.TOKEN_WRONG,
                        "the gateway at " + address.authority()
                                + " does not take admin.token: it runs with another one; give this command the gateway's"
                                + " file and environment, or restart the gateway")
                : new AdminException(
                        Kind.TOKEN_MISSING,
                        "the gateway at " + address.authority()
                                + " gives the token's value only to who shows admin.token, and the configuration has none;"
                                + " set admin: { token: \"${WEIR_ADMIN_TOKEN}\" } and restart the gateway");
    }

    private AdminException notAGateway() {
        return new AdminException(
                Kind.NOT_A_GATEWAY,
                "what answers at " + address.authority()
                        + " is no gateway of this version; set admin.port to the port of the gateway");
    }

    /**
     * What {@code /health} says.
     *
     * @param file the configuration file, as whoever started it has named it; empty where it has none
     */
    public record HealthReport(Optional<String> file, List<Problem> problems) {}

    /** Prometheus's text, of which only lines without labels are read. */
    public record Metrics(String text) {
        /** The value of a metric; empty where it is not there. */
        public OptionalDouble value(String name) {
            return text.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .filter(value -> value.matches("[0-9.]+(E[0-9]+)?"))
                    .mapToDouble(Double::parseDouble)
                    .findFirst();
        }
    }

    /**
     * Something that is wrong with what the gateway depends on.
     *
     * @param fault its name
     * @param words what is wrong
     * @param hint what to do
     */
    public record Problem(String fault, String words, String hint) {}

    /**
     * Where the admin port of a gateway is, seen from its own machine.
     *
     * @param host as it is listened on; that of all addresses becomes this machine's
     * @param port 0 where only the running gateway knows
     * @param token what {@code Authorization: Bearer} holds
     */
    public record AdminAddress(String host, int port, Optional<Secret> token) {
        public AdminAddress {
            host = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        }

        /** {@code host:port}. */
        public String authority() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
