package io.weir;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.client.WeChatClient;
import io.weir.command.ConfigFiles;
import io.weir.config.Environment;
import io.weir.dispatch.Observers;
import io.weir.file.ProcessEnvironment;
import io.weir.wechat.message.PushType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as a part of an application, on the application's own Vert.x:
 *
 * <pre>{@code
 * vertx.eventBus().<Delivery<Click>>localConsumer("push.event.click", message ->
 *         message.reply(Reply.text("you tapped " + message.body().push().eventKey())));
 * vertx.deployVerticle(new GatewayVerticle(Path.of("conf/weir.yaml")).answeredOnTheBus(PushType.CLICK));
 * }</pre>
 *
 * <p>The kinds that are answered on the bus come as a {@link io.weir.dispatch.Delivery} to the address of the kind, {@link
 * PushType#address()}; whoever consumes it replies with a {@link io.weir.wechat.message.Reply} before the delivery's deadline, with
 * {@code Reply.configured()} to leave the push to {@code replies.yaml}. All others are answered as by {@code weir serve}, by jars and
 * {@code replies.yaml}. Once {@link #observers()} has somebody for a kind, its pushes are also published on its address with {@code
 * .observed}.
 *
 * <p>The deployment fails where the configuration has errors, with a {@link io.weir.config.ConfigException} that tells all of them, or
 * where a port is taken. To undeploy it ends what the gateway has begun and closes its ports. One gateway for each Vert.x.
 */
public final class GatewayVerticle extends VerticleBase {
    private final Path file;
    private Set<PushType<?>> consumed = Set.of();
    private Map<String, String> variables = Map.of();
    private @Nullable Gateway gateway;

    /** @param file the configuration, as of {@code weir serve} */
    public GatewayVerticle(Path file) {
        this.file = file;
    }

    /** Leaves those kinds to the consumers of their addresses; before it is deployed. */
    public GatewayVerticle answeredOnTheBus(PushType<?>... types) {
        consumed = Set.of(types);
        return this;
    }

    /** Values for <code>${NAME}</code> in the configuration, before those of the environment; before it is deployed. */
    public GatewayVerticle variables(Map<String, String> values) {
        variables = Map.copyOf(values);
        return this;
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(this::made).compose(made -> {
            gateway = made;
            return made.start();
        });
    }

    private Gateway made() {
        ConfigFiles.Loaded loaded = new ConfigFiles(environment(), Clock.systemUTC()).load(Optional.of(file));
        GatewayConfig config = loaded.require();
        Gateway.RuntimeOptions options =
                Gateway.RuntimeOptions.of(loaded.file()).spooling();
        return new Gateway(vertx, config, loaded.replies(), loaded.own().consumedOnTheBus(consumed), options);
    }

    private Environment environment() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(variables);
        return new ProcessEnvironment(all);
    }

    @Override
    public Future<?> stop() {
        return gateway == null ? Future.succeededFuture() : gateway.stop(Duration.ZERO);
    }

    /** The public port that it listens on; once it is deployed. */
    public int pushPort() {
        return running().pushPort();
    }

    /** The admin port that it listens on; once it is deployed. */
    public int adminPort() {
        return running().adminPort();
    }

    /** For seeing pushes of any kind without answering them; once it is deployed. */
    public Observers observers() {
        return running().observers();
    }

    /** WeChat's server API, with the accounts' tokens: typed calls are made from it, as in {@code new UserCalls(gateway.wechat())}. */
    public WeChatClient wechat() {
        return running().wechat();
    }

    private Gateway running() {
        if (gateway == null) {
            throw new IllegalStateException("not deployed");
        }
        return gateway;
    }
}
