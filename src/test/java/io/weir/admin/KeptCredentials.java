package io.weir.admin;

import io.vertx.core.Future;
import io.weir.client.AccessTokens;
import io.weir.client.SharedCredentials;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.WeChatException;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A keeper of credentials in memory, of one account for all, that can be told to fail. */
final class KeptCredentials implements SharedCredentials, AccessTokens {
    static final Duration LIFE = Duration.ofSeconds(7_139);

    /** What was asked of it, without values. */
    final List<String> asked = new ArrayList<>();

    private final Map<CredentialKind, Secret> held = new EnumMap<>(CredentialKind.class);
    private final List<String> issued = new ArrayList<>();
    private final Supplier<String> fetch;
    private Optional<WeChatException> failure = Optional.empty();
    private Optional<WeChatException> lastError = Optional.empty();

    /**
     * An empty one.
     *
     * @param fetch gives a new value each time
     */
    KeptCredentials(Supplier<String> fetch) {
        this.fetch = fetch;
    }

    /** From now on everything fails, but for the question how it is. */
    synchronized void fail(WeChatException with) {
        failure = Optional.of(with);
        lastError = failure;
    }

    /** Every value that there ever was. */
    synchronized List<String> issued() {
        return List.copyOf(issued);
    }

    synchronized String value(CredentialKind kind) {
        return held.computeIfAbsent(kind, this::next).reveal();
    }

    @Override
    public synchronized Future<Secret> current(String account, CredentialKind kind) {
        asked.add("current " + account + " " + kind);
        return failure.<Future<Secret>>map(Future::failedFuture)
                .orElseGet(() -> Future.succeededFuture(Secret.of(value(kind))));
    }

    @Override
    public synchronized Future<Secret> refused(String account, CredentialKind kind, Secret value) {
        asked.add("refused " + account + " " + kind);
        held.remove(kind, value);
        return current(account, kind);
    }

    @Override
    public synchronized Future<Secret> renew(String account, CredentialKind kind, boolean force) {
        asked.add("renew " + account + " " + kind + (force ? " by force" : ""));
        held.remove(kind);
        return current(account, kind);
    }

    @Override
    public synchronized Future<List<CredentialState>> states(String account) {
        Stream<CredentialKind> kinds =
                lastError.isPresent() ? Arrays.stream(CredentialKind.values()) : held.keySet().stream();
        return Future.succeededFuture(kinds.map(this::state).toList());
    }

    @Override
    public Future<Secret> current(String account) {
        return current(account, CredentialKind.ACCESS_TOKEN);
    }

    @Override
    public Future<Secret> refused(String account, Secret token) {
        return refused(account, CredentialKind.ACCESS_TOKEN, token);
    }

    private CredentialState state(CredentialKind kind) {
        boolean has = held.containsKey(kind);
        return new CredentialState(
                kind,
                has ? Optional.of(CredentialState.Source.FETCHED_HERE) : Optional.empty(),
                has ? Optional.of(Duration.ofSeconds(61)) : Optional.empty(),
                has ? Optional.of(LIFE) : Optional.empty(),
                has ? Optional.of(Duration.ofMillis(6_839_999)) : Optional.empty(),
                issued.size(),
                lastError,
                lastError.map(error -> Duration.ofMinutes(5)),
                lastError.isPresent(),
                false);
    }

    private Secret next(CredentialKind kind) {
        String value = fetch.get();
        issued.add(value);
        return Secret.of(value);
    }
}
