package io.weir.plugin.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.weir.client.Call;
import io.weir.client.Json;
import io.weir.client.WeChatClient;
import io.weir.client.calls.CustomerServiceCalls;
import io.weir.config.AccountConfig;
import io.weir.config.Problems;
import io.weir.config.Section;
import io.weir.dispatch.HandlerConfig;
import io.weir.dispatch.Observers;
import io.weir.dispatch.late.MessageForm;
import io.weir.plugin.Services;
import io.weir.plugin.Settings;
import io.weir.plugin.WeChatApi;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one handler gets. */
public final class HandlerServices implements Services {
    private final GatewayParts parts;
    private final Map<String, HandlerConfig> config;
    private final List<String> names;
    private final List<MessageConsumer<?>> observing = new CopyOnWriteArrayList<>();

    /**
     * The services of one handler.
     *
     * @param config all entries, by name
     * @param names of the entries that may hold its settings, the first one going before the others
     */
    HandlerServices(GatewayParts parts, Map<String, HandlerConfig> config, List<String> names) {
        this.parts = parts;
        this.config = config;
        this.names = names;
    }

    /**
     * What is the same for all.
     *
     * @param configured what the rules answer without asking a backend
     */
    public record GatewayParts(
            Vertx vertx,
            List<AccountConfig> accounts,
            Function<Push, Reply> configured,
            WeChatClient wechat,
            Observers observers,
            MeterRegistry metrics) {
        public GatewayParts {
            accounts = List.copyOf(accounts);
        }

        /** How often an observer has missed a push; {@code none} where there is no observer, so that the metric is there. */
        Counter leftOut(String observer) {
            return Counter.builder("weir.observer.left.out")
                    .description("Pushes that an observer has not seen, since too many waited for it")
                    .tag("observer", observer)
                    .register(metrics);
        }
    }

    @Override
    public Vertx vertx() {
        return parts.vertx;
    }

    @Override
    public List<Account> accounts() {
        return parts.accounts.stream()
                .map(each -> new Account(each.name(), each.appId(), each.originalId()))
                .toList();
    }

    @Override
    public Settings settings() {
        return new SectionSettings(first(names.stream()).orElseGet(HandlerServices::nothing));
    }

    @Override
    public Settings settings(String account) {
        return first(names.stream().map(name -> HandlerConfig.name(account, name)))
                .<Settings>map(SectionSettings::new)
                .orElseGet(this::settings);
    }

    private Optional<Section> first(Stream<String> entries) {
        return entries.flatMap(name -> Stream.ofNullable(config.get(name)))
                .map(HandlerConfig::settings)
                .filter(settings -> !settings.keys().isEmpty())
                .findFirst();
    }

    private static Section nothing() {
        return Section.parse("", "", new Problems());
    }

    @Override
    public Reply configured(Push push) {
        return parts.configured.apply(push);
    }

    @Override
    public WeChatApi wechat() {
        return new Api(parts.wechat);
    }

    @Override
    public <P extends Push> void observe(PushType<P> type, Consumer<P> observer) {
        observing.add(parts.observers.observe(type, observer));
    }

    /** Ends what the handler has registered. */
    void end() {
        observing.forEach(MessageConsumer::unregister);
        observing.clear();
    }

    /** WeChat's API, in the JSON of Vert.x. */
    private record Api(WeChatClient client) implements WeChatApi {
        @Override
        public Future<JsonObject> call(String account, HttpMethod method, String path, JsonObject body) {
            Optional<JsonNode> json = Json.read(body.encode());
            return client.call(account, method, path, json.orElseGet(Json::object))
                    .map(Api::read);
        }

        @Override
        public Future<JsonObject> get(String account, String path, Map<String, String> query) {
            Call call = Call.get(path);
            for (Map.Entry<String, String> each : query.entrySet()) {
                call = call.with(each.getKey(), each.getValue());
            }
            return client.call(account, call).map(Api::read);
        }

        @Override
        public Future<Void> send(String account, String openId, Reply reply) {
            return MessageForm.of(reply)
                    .map(message -> new CustomerServiceCalls(client).send(account, openId, message))
                    .orElseGet(() -> Future.failedFuture(new IllegalArgumentException(
                            reply.getClass().getSimpleName() + " cannot be sent as a customer-service message")));
        }

        private static JsonObject read(JsonNode json) {
            return new JsonObject(json.toString());
        }
    }
}
