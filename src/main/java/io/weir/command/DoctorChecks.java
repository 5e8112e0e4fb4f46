package io.weir.command;

import io.vertx.core.Future;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.weir.GatewayConfig;
import io.weir.client.AccessTokens;
import io.weir.client.calls.NetworkCalls;
import io.weir.config.AccountConfig;
import io.weir.config.Secret;
import io.weir.doctor.CallbackProbe;
import io.weir.doctor.ClockProbe;
import io.weir.doctor.CredentialProbe;
import io.weir.doctor.CredentialProbe.RememberedTokens;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.GatewayProbe;
import io.weir.doctor.NameProbe;
import io.weir.doctor.PushUrlProbe;
import io.weir.doctor.RedisProbe;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the doctor looks at: a line for each check, in the order of the report. */
final class DoctorChecks {
    private final GatewayConfig config;
    private final WeChatSession session;
    private final AccessTokens tokens;
    private final NetworkCalls network;
    private final WebClient http;
    private final Clock clock = Clock.systemUTC();

    DoctorChecks(GatewayConfig config, WeChatSession session) {
        this.config = config;
        this.session = session;
        this.tokens = new RememberedTokens(new Harmless());
        this.network = new NetworkCalls(session.clientWith(tokens));
        this.http = WebClient.create(
                session.vertx(),
                new WebClientOptions().setFollowRedirects(false).setUserAgent("weir"));
    }

    List<Check> all(Check configuration, Optional<String> only) {
        List<AccountConfig> accounts = config.accounts().stream()
                .filter(account -> only.isEmpty() || account.name().equals(only.get()))
                .toList();
        List<Check> all = new ArrayList<>(List.of(configuration));
        all.addAll(machine(accounts));
        accounts.forEach(account -> all.addAll(of(account)));
        return all;
    }

    private List<Check> machine(List<AccountConfig> accounts) {
        String host = config.wechat().baseUri().getHost();
        List<String> names = accounts.stream().map(AccountConfig::name).toList();
        List<Check> checks = new ArrayList<>(List.of(
                Check.of("dns", new NameProbe(config.wechat().baseUri())),
                Check.of(
                        "wechat and clock",
                        new ClockProbe(
                                network, names.get(0), host, config.push().timestampWindow(), clock))));
        config.redis().ifPresent(redis -> checks.add(Check.of("redis", new RedisProbe(session.vertx(), redis, clock))));
        checks.add(Check.of("gateway", new GatewayProbe(session.gateway(), names)));
        return checks;
    }

    private List<Check> of(AccountConfig account) {
        Optional<String> name = Optional.of(account.name());
        CallbackProbe callback = new CallbackProbe(account.name(), tokens, network);
        return List.of(
                new Check("credentials", name, new CredentialProbe(account, tokens)),
                new Check("callback ips", name, callback::addresses),
                new Check("callback check", name, callback::reachable),
                new Check(
                        "push url",
                        name,
                        new PushUrlProbe(
                                http,
                                ConfiguredAccounts.target(config.push(), account.name()),
                                account.tokens().get(0),
                                clock)));
    }

    /** Where it harms nobody WeChat itself is asked, so that the configuration's own secrets are tried. */
    private final class Harmless implements AccessTokens {
        @Override
        public Future<Secret> current(String account) {
            return of(account).current(account);
        }

        @Override
        public Future<Secret> refused(String account, Secret token) {
            return of(account).refused(account, token);
        }

        private AccessTokens of(String account) {
            return session.alone().isHarmless(account) ? session.alone() : session.tokens();
        }
    }
}
