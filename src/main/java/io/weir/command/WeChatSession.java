package io.weir.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.GatewayConfig;
import io.weir.cli.CommandException;
import io.weir.cli.ExitCode;
import io.weir.client.AccessTokens;
import io.weir.client.BusAccessTokens;
import io.weir.client.CredentialFetcher;
import io.weir.client.SharedCredentials;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatCredentialFetcher;
import io.weir.client.admin.AdminGateway;
import io.weir.client.admin.AdminGateway.AdminAddress;
import io.weir.client.admin.AdminTokens;
import io.weir.client.admin.DirectTokens;
import io.weir.dispatch.IdentityCodec;
import io.weir.http.Runtimes;
import io.weir.redis.MemoryFleetCounter;
import io.weir.redis.RedisConfig;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.token.RedisTokenStore;
import io.weir.token.TokenVerticle;
import io.weir.token.TokenVerticle.TokenLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a command that asks WeChat works with: the gateway that runs on this machine, and WeChat itself, with a token that
 * comes from the gateway where there is one. Closing it ends its threads; until then
 * logs are quiet. For the thread that runs the command.
 */
final class WeChatSession implements AutoCloseable {
    /** The gateway may be at WeChat's for a fetch, with a repeat. */
    private static final Duration ADMIN_LIMIT = Duration.ofSeconds(12);

    /** Whatever is waited for has shorter limits of its own. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final QuietLogs logs = new QuietLogs();
    private final Vertx vertx = Runtimes.vertx();
    private final GatewayConfig config;
    private final AdminGateway gateway;
    private final DirectTokens alone;
    private final AccessTokens tokens;
    private final WeChatClient client;

    /**
     * @param force whether to fetch a token even where that ends the one that others use
     * @param talk for the person at the terminal
     */
    WeChatSession(GatewayConfig config, boolean force, Consumer<String> talk) {
        this.config = config;
        AdminAddress address = new AdminAddress(
                config.admin().host(), config.admin().port(), config.admin().token());
        this.gateway = new AdminGateway(vertx, address, ADMIN_LIMIT);
        // What fetches a token needs none, so nobody listens on this bus.
        WeChatCredentialFetcher issuer =
                new WeChatCredentialFetcher(client(new BusAccessTokens(vertx, CLOSE)), config.accounts());
        Optional<Supplier<Future<SharedCredentials>>> fleet =
                config.redis().map(redis -> () -> new FleetMember(vertx, config, redis).join(issuer));
        this.alone = new DirectTokens(
                config.accounts(), issuer, fleet, new DirectTokens.Purpose(address.authority(), force));
        this.tokens = new AdminTokens(gateway, alone, talk);
        this.client = client(tokens);
    }

    private WeChatClient client(AccessTokens withTokens) {
        Clock clock = Clock.systemUTC();
        return WeChatClient.create(
                vertx, config.wechat(), config.accounts(), withTokens, new MemoryFleetCounter(System::nanoTime), clock);
    }

    Vertx vertx() {
        return vertx;
    }

    GatewayConfig config() {
        return config;
    }

    AdminGateway gateway() {
        return gateway;
    }

    DirectTokens alone() {
        return alone;
    }

    AccessTokens tokens() {
        return tokens;
    }

    WeChatClient client() {
        return client;
    }

    /** A client that takes its tokens from elsewhere. */
    WeChatClient clientWith(AccessTokens others) {
        return client(others);
    }

    /** Waits for it; throws what it fails with. */
    static <T> T await(Future<T> future) {
        return await(future, LIMIT);
    }

    static <T> T await(Future<T> future, Duration limit) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof TimeoutException) {
                throw new CommandException(ExitCode.UNAVAILABLE, "no result within " + limit.toSeconds() + " s");
            }
            throw failure.getCause() instanceof RuntimeException expected ? expected : failure;
        }
    }

    /** Lets a keeper finish first; what does not end in time ends with the process. */
    @Override
    public void close() {
        try {
            await(
                    Future.join(
                            vertx.deploymentIDs().stream().map(vertx::undeploy).toList()),
                    CLOSE);
            await(vertx.close(), CLOSE);
        } catch (CommandException hanging) {
            // The command has told what it had to.
        } finally {
            logs.close();
        }
    }

    /**
     * Makes a command's process one of the instances that share a Redis: it then fetches under their lease, and what it fetches
     * is theirs.
     */
    record FleetMember(Vertx vertx, GatewayConfig config, RedisConfig redis) {
        private static final Duration ANSWER = Duration.ofSeconds(12);

        /** Fails where Redis cannot be reached: a keeper without it would fetch alone. */
        Future<SharedCredentials> join(CredentialFetcher issuer) {
            RedisLink link = RedisLink.open(vertx, redis, RedisLimits.DEFAULT);
            return link.attempted().compose(tried -> link.state().up() ? keep(link, issuer) : away(link));
        }

        private Future<SharedCredentials> keep(RedisLink link, CredentialFetcher issuer) {
            IdentityCodec.install(vertx);
            TokenVerticle keeper = new TokenVerticle(
                    config.accounts(),
                    new RedisTokenStore(link),
                    issuer,
                    TokenLimits.of(config.wechat().timeout()));
            return vertx.deployVerticle(keeper).map(deployed -> new BusAccessTokens(vertx, ANSWER));
        }

        private static Future<SharedCredentials> away(RedisLink link) {
            link.close();
            return Future.failedFuture("Redis is away");
        }
    }

    /**
     * A command that tells itself what is wrong leaves out the log lines of a server that say the same: until it is closed only
     * errors are logged, unless {@code WEIR_LOG} is set.
     */
    static final class QuietLogs implements AutoCloseable {
        private final Optional<Logger> log;
        private final @Nullable Level before;

        QuietLogs() {
            log = System.getenv("WEIR_LOG") == null && LoggerFactory.getLogger("io.weir") instanceof Logger found
                    ? Optional.of(found)
                    : Optional.empty();
            before = log.map(Logger::getLevel).orElse(null);
            log.ifPresent(each -> each.setLevel(Level.ERROR));
        }

        @Override
        public void close() {
            log.ifPresent(each -> each.setLevel(before));
        }
    }
}
