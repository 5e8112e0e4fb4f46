package io.weir;

import io.weir.admin.AdminConfig;
import io.weir.backend.BackendConfig;
import io.weir.client.WeChatConfig;
import io.weir.config.AccountConfig;
import io.weir.config.Section;
import io.weir.dispatch.HandlerConfig;
import io.weir.dispatch.durable.JournalConfig;
import io.weir.receiver.PushConfig;
import io.weir.redis.RedisConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration, a component for each section of the file; each feature owns the record of its section.
 *
 * @param push the public port
 * @param admin the admin port
 * @param redis where shared state lives; empty: in memory
 * @param wechat WeChat's server API
 * @param accounts the official accounts, at least one
 * @param handlers settings of every push type, by wire name
 * @param backends the systems that answer over HTTP
 * @param journal what is kept beyond an instance
 * @param replies the common replies file, relative to the configuration file
 */
public record GatewayConfig(
        PushConfig push,
        AdminConfig admin,
        Optional<RedisConfig> redis,
        WeChatConfig wechat,
        List<AccountConfig> accounts,
        Map<String, HandlerConfig> handlers,
        List<BackendConfig> backends,
        JournalConfig journal,
        Optional<String> replies) {
    /** Addresses that stand for all of the machine. */
    private static final Set<String> ANY = Set.of("0.0.0.0", "::");

    public GatewayConfig {
        accounts = List.copyOf(accounts);
        handlers = Map.copyOf(handlers);
        backends = List.copyOf(backends);
    }

    /** Reads the file; what is wrong with it goes to the problems of {@code root}, all of it at once. */
    public static Optional<GatewayConfig> read(Section root) {
        Optional<PushConfig> push = PushConfig.read(root);
        Optional<AdminConfig> admin = AdminConfig.read(root);
        Optional<RedisConfig> redis = RedisConfig.read(root);
        WeChatConfig wechat = WeChatConfig.read(root);
        List<AccountConfig> accounts = AccountConfig.readAll(root);
        Map<String, HandlerConfig> handlers = HandlerConfig.readAll(root);
        List<BackendConfig> backends = BackendConfig.readAll(root);
        Optional<JournalConfig> journal = JournalConfig.read(root);
        Optional<String> replies = root.text("replies");
        root.refuseUnknownKeys();
        push.ifPresent(open -> admin.filter(each -> isSamePort(each, open))
                .ifPresent(same ->
                        root.section("admin").problem("port", "expected another port than push.port, " + open.port())));
        return root.build(() -> new GatewayConfig(
                push.orElseThrow(),
                admin.orElseThrow(),
                redis,
                wechat,
                accounts,
                handlers,
                backends,
                journal.orElseThrow(),
                replies));
    }

    /** Port 0 is a free one each time. */
    private static boolean isSamePort(AdminConfig admin, PushConfig push) {
        boolean sameHost = admin.host().equals(push.host()) || ANY.contains(admin.host()) || ANY.contains(push.host());
        return admin.port() == push.port() && admin.port() != 0 && sameHost;
    }

    /** The account of that name, or the only one. */
    public Optional<AccountConfig> account(Optional<String> name) {
        return name.isEmpty()
                ? accounts.size() == 1 ? Optional.of(accounts.get(0)) : Optional.empty()
                : accounts.stream()
                        .filter(account -> account.name().equals(name.get()))
                        .findFirst();
    }

    /** The same on other ports. */
    public GatewayConfig onPorts(String host, int pushPort, int adminPort) {
        PushConfig onPort = push.on(host, pushPort);
        AdminConfig adminOnPort = admin.on(adminPort);
        return new GatewayConfig(onPort, adminOnPort, redis, wechat, accounts, handlers, backends, journal, replies);
    }

    /** The same with WeChat's server API elsewhere. */
    public GatewayConfig callingWeChatAt(URI baseUri) {
        return new GatewayConfig(
                push,
                admin,
                redis,
                new WeChatConfig(baseUri, wechat.timeout()),
                accounts,
                handlers,
                backends,
                journal,
                replies);
    }

    /** The same with another time for a stop to wait for handlers. */
    public GatewayConfig withDrain(Duration drain) {
        return new GatewayConfig(
                push.withDrain(drain), admin, redis, wechat, accounts, handlers, backends, journal, replies);
    }

    /** The same with another time for an answer. */
    public GatewayConfig withDeadline(Duration deadline) {
        return new GatewayConfig(
                push.withDeadline(deadline), admin, redis, wechat, accounts, handlers, backends, journal, replies);
    }
}
