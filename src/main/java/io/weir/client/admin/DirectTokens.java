package io.weir.client.admin;

import io.vertx.core.Future;
import io.weir.client.AccessTokens;
import io.weir.client.CredentialFetcher;
import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.SharedCredentials;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.admin.AdminException.Kind;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The access_token for a command when no gateway runs on its machine. In stable mode WeChat gives everybody the same one.
 * In classic mode a fetch ends the token that others use: this process then becomes one of the instances that share a Redis,
 * or refuses unless the operator insists. Any thread.
 */
public final class DirectTokens implements AccessTokens {
    private final Map<String, AccountConfig> accounts;
    private final CredentialFetcher issuer;
    private final Optional<Supplier<Future<SharedCredentials>>> fleet;
    private final Purpose means;
    private @Nullable Future<SharedCredentials> joined;

    /**
     * What decides in classic mode.
     *
     * @param where the gateway was looked for, for the message
     * @param force whether the operator wants a fetch whatever it ends
     */
    public record Purpose(String where, boolean force) {}

    /** @param fleet makes one of the instances that share a Redis of this process, when that is needed; empty without Redis */
    public DirectTokens(
            List<AccountConfig> accounts,
            CredentialFetcher issuer,
            Optional<Supplier<Future<SharedCredentials>>> fleet,
            Purpose means) {
        this.accounts =
                accounts.stream().collect(Collectors.toUnmodifiableMap(AccountConfig::name, Function.identity()));
        this.issuer = issuer;
        this.fleet = fleet;
        this.means = means;
    }

    @Override
    public Future<Secret> current(String account) {
        return isHarmless(account)
                ? fetch(account)
                : asOneOfTheFleet(keeper -> keeper.current(account, CredentialKind.ACCESS_TOKEN), () -> fetch(account));
    }

    @Override
    public Future<Secret> refused(String account, Secret token) {
        return isHarmless(account)
                ? fetch(account)
                : asOneOfTheFleet(
                        keeper -> keeper.refused(account, CredentialKind.ACCESS_TOKEN, token), () -> fetch(account));
    }

    /** Whether a fetch ends nobody's token. */
    public boolean isHarmless(String account) {
        return Optional.ofNullable(accounts.get(account))
                .filter(config -> config.tokenMode() == TokenMode.STABLE)
                .isPresent();
    }

    /** Asks as one of the instances where they share a Redis that can be reached; else alone. */
    public <T> Future<T> asOneOfTheFleet(Function<SharedCredentials, Future<T>> ask, Supplier<Future<T>> alone) {
        return fleet.map(this::join)
                .orElseGet(() -> Future.failedFuture("no Redis"))
                .transform(keeper -> keeper.succeeded() ? ask.apply(keeper.result()) : alone.get());
    }

    private synchronized Future<SharedCredentials> join(Supplier<Future<SharedCredentials>> joining) {
        Future<SharedCredentials> known = joined == null ? joining.get() : joined;
        joined = known;
        return known;
    }

    /** One fetch from WeChat, where that is allowed. */
    public Future<FetchedCredential> issue(String account, boolean force) {
        return isHarmless(account) || means.force()
                ? issuer.issue(account, CredentialKind.ACCESS_TOKEN, force)
                : Future.failedFuture(harmful(account));
    }

    private Future<Secret> fetch(String account) {
        return issue(account, false).map(FetchedCredential::value);
    }

    private AdminException harmful(String account) {
        String store = fleet.isPresent()
                ? "Redis, where the instances share it, cannot be reached"
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
