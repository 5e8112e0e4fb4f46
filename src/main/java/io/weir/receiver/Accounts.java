package io.weir.receiver;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.wechat.codec.Credentials;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The accounts whose pushes this gateway takes, as they are at this moment: one unchangeable map that is swapped whole, so that no
 * request sees half a change. A request keeps what it found when it began. Any thread.
 */
public final class Accounts {
    private final MeterRegistry metrics;
    private volatile Map<String, Account> accounts = Map.of();

    public Accounts(Collection<Credentials> credentials, MeterRegistry metrics) {
        this.metrics = metrics;
        replace(credentials);
    }

    /** Puts others in their place. When a token or a key was last seen is kept as long as its account lists it. */
    public synchronized void replace(Collection<Credentials> credentials) {
        Map<String, Account> before = accounts;
        accounts = credentials.stream()
                .map(each -> new Account(each, sightings(each, before)))
                .collect(Collectors.toUnmodifiableMap(Account::name, Function.identity()));
    }

    /** What has come of an account's pushes, by its credentials; empty where there is no such account. */
    public Optional<LastPushes> lastPushes(String account) {
        return find(account).map(found -> found.sightings().lastPushes());
    }

    Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    private CredentialUsage sightings(Credentials credentials, Map<String, Account> before) {
        Account same = before.get(credentials.account());
        return same == null
                ? CredentialUsage.none(credentials, metrics)
                : same.sightings().carriedOver(credentials);
    }

    /**
     * An account as the push port sees it.
     *
     * @param credentials what its pushes are checked against
     * @param sightings which of them really arrive
     */
    record Account(Credentials credentials, CredentialUsage sightings) {
        /** As in the URL. */
        String name() {
            return credentials.account();
        }
    }
}
