package io.weir.token;

import io.vertx.core.Future;
import io.weir.client.CredentialKind;
import io.weir.client.CredentialState;
import io.weir.client.SharedCredentials;
import io.weir.client.WeChatException;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All credentials of an instance; each is kept from the first time on that somebody asks for it. One event loop. */
final class TokenKeepers implements SharedCredentials {
    private final Map<String, Keeper.Account> accounts = new HashMap<>();
    private final Map<String, Map<CredentialKind, Keeper>> keepers = new HashMap<>();
    private final Keeper.KeeperDependencies tools;

    TokenKeepers(List<AccountConfig> accounts, Keeper.KeeperDependencies tools) {
        this.tools = tools;
        for (AccountConfig each : accounts) {
            this.accounts.put(
                    each.name(), new Keeper.Account(each.name(), each.appId(), each.tokenMode() == TokenMode.STABLE));
        }
    }

    @Override
    public Future<Secret> current(String account, CredentialKind kind) {
        return keeper(account, kind).current();
    }

    @Override
    public Future<Secret> refused(String account, CredentialKind kind, Secret value) {
        return keeper(account, kind).refused(value);
    }

    @Override
    public Future<Secret> renew(String account, CredentialKind kind, boolean force) {
        return keeper(account, kind).renew(force);
    }

    @Override
    public Future<List<CredentialState>> states(String account) {
        List<CredentialState> states = new ArrayList<>();
        keepers.getOrDefault(account, Map.of()).values().forEach(keeper -> states.add(keeper.state()));
        return Future.succeededFuture(states);
    }

    /** Does what is due. */
    void tick() {
        keepers.values().forEach(kinds -> kinds.values().forEach(Keeper::tick));
    }

    /** Completes when nothing is under way. */
    Future<?> atRest() {
        return Future.join(keepers.values().stream()
                .flatMap(kinds -> kinds.values().stream())
                .map(Keeper::atRest)
                .toList());
    }

    private Keeper keeper(String account, CredentialKind kind) {
        Keeper.@Nullable Account known = accounts.get(account);
        if (known == null) {
            throw WeChatException.of(WeChatException.Kind.STOPPED, "no account " + account + " in the configuration");
        }
        return keepers.computeIfAbsent(account, each -> new EnumMap<>(CredentialKind.class))
                .computeIfAbsent(kind, each -> new Keeper(known, each, tools));
    }
}
