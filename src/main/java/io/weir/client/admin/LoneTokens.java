package io.weir.client.admin;

import io.vertx.core.Future;
import io.weir.client.AccessTokens;
import io.weir.client.CredentialKind;
import io.weir.client.Issued;
import io.weir.client.Issuer;
import io.weir.client.SharedCredentials;
import io.weir.client.admin.AdminException.Kind;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The access_token for a command when no gateway runs on its machine. In stable mode WeChat gives everybody the same one.
 * In classic mode a fetch ends the token that others use: it goes through what the fleet shares, or is refused unless the
 * operator insists. Any thread.
 */
public final class LoneTokens implements AccessTokens {
    private final Map<String, AccountConfig> accounts;
    private final Issuer issuer;
    private final Optional<SharedCredentials> shared;
    private final Means means;

    /**
     * What decides in classic mode.
     *
     * @param where the gateway was looked for, for the message
     * @param redis whether the instances share a Redis
     * @param force whether the operator wants a fetch whatever it ends
     */
    public record Means(String where, boolean redis, boolean force) {}

    /** @param shared the keeper of what the fleet shares; empty where there is none */
    public LoneTokens(List<AccountConfig> accounts, Issuer issuer, Optional<SharedCredentials> shared, Means means) {
        this.accounts =
                accounts.stream().collect(Collectors.toUnmodifiableMap(AccountConfig::name, Function.identity()));
        this.issuer = issuer;
        this.shared = shared;
        this.means = means;
    }

    @Override
    public Future<Secret> current(String account) {
        return shared(account)
                .map(keeper -> keeper.current(account, CredentialKind.ACCESS_TOKEN))
                .orElseGet(() -> fetch(account));
    }

    @Override
    public Future<Secret> refused(String account, Secret token) {
        return shared(account)
                .map(keeper -> keeper.refused(account, CredentialKind.ACCESS_TOKEN, token))
                .orElseGet(() -> fetch(account));
    }

    /** The keeper to ask; in stable mode none is needed. */
    public Optional<SharedCredentials> shared(String account) {
        return shared.filter(keeper -> !isHarmless(account));
    }

    /** Whether a fetch ends nobody's token. */
    public boolean isHarmless(String account) {
        return Optional.ofNullable(accounts.get(account))
                .filter(config -> config.tokenMode() == TokenMode.STABLE)
                .isPresent();
    }

    /** One fetch from WeChat, where that is allowed. */
    public Future<Issued> issue(String account, boolean force) {
        return isHarmless(account) || means.force()
                ? issuer.issue(account, CredentialKind.ACCESS_TOKEN, force)
                : Future.failedFuture(harmful(account));
    }

    private Future<Secret> fetch(String account) {
        return issue(account, false).map(Issued::value);
    }

    private AdminException harmful(String account) {
        String store = means.redis()
                ? "what the instances share in Redis cannot be used from here"
                : "without Redis there is nothing that the instances share";
        return new AdminException(
                Kind.HARMFUL,
                "no gateway answers at " + means.where() + ", and account " + account
                        + " has tokenMode: classic: a fetch"
                        + " from here would end the token that a gateway elsewhere uses, and " + store
                        + ".\nStart the gateway, run this where it runs, set tokenMode: stable, or add --force to fetch all"
                        + " the same");
    }
}
