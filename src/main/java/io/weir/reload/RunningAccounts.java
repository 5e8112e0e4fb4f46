package io.weir.reload;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.AccountConfig;
import io.weir.receiver.Accounts;
import io.weir.wechat.codec.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The accounts of a running gateway. A newer configuration changes their tokens, keys, modes and original ids; which accounts
 * there are, and all else of them, stays as it was at the start. Read on any thread.
 */
public final class RunningAccounts {
    private final Accounts pushAccounts;
    private volatile List<AccountConfig> current;

    /** @param pushAccounts has their credentials already */
    public RunningAccounts(List<AccountConfig> atStart, Accounts pushAccounts) {
        this.current = List.copyOf(atStart);
        this.pushAccounts = pushAccounts;
    }

    /** Those that the configuration has at the start. */
    public static RunningAccounts of(List<AccountConfig> atStart, MeterRegistry metrics) {
        return new RunningAccounts(
                atStart,
                new Accounts(atStart.stream().map(AccountConfig::credentials).toList(), metrics));
    }

    /**
     * What was changed of an account.
     *
     * @param what in words, without values of secrets: {@code token, mode plaintext → compatible}
     */
    record Changed(AccountConfig account, String what) {}

    public List<AccountConfig> current() {
        return current;
    }

    public Accounts pushAccounts() {
        return pushAccounts;
    }

    /** Takes in what may change, for all accounts at once; tells of each that did. */
    synchronized List<Changed> take(List<AccountConfig> configured) {
        Map<String, AccountConfig> byName =
                configured.stream().collect(Collectors.toMap(AccountConfig::name, Function.identity()));
        List<AccountConfig> next = new ArrayList<>();
        List<Changed> changes = new ArrayList<>();
        for (AccountConfig running : current) {
            AccountConfig changed = changed(running, Optional.ofNullable(byName.get(running.name())));
            next.add(changed);
            words(running, changed).ifPresent(what -> changes.add(new Changed(changed, what)));
        }
        if (!changes.isEmpty()) {
            pushAccounts.replace(next.stream().map(AccountConfig::credentials).toList());
            current = List.copyOf(next);
        }
        return changes;
    }

    private static AccountConfig changed(AccountConfig running, Optional<AccountConfig> configured) {
        return configured
                .map(other -> new AccountConfig(
                        running.name(),
                        running.appId(),
                        running.appSecret(),
                        other.tokens(),
                        other.aesKeys(),
                        other.mode(),
                        other.originalId(),
                        running.tokenMode(),
                        running.testAccount(),
                        running.replies()))
                .orElse(running);
    }

    private static Optional<String> words(AccountConfig before, AccountConfig after) {
        List<String> words = new ArrayList<>();
        if (!before.tokens().equals(after.tokens())) {
            words.add("token");
        }
        if (!before.aesKeys().equals(after.aesKeys())) {
            words.add("encodingAesKey");
        }
        if (before.mode() != after.mode()) {
            words.add("mode " + word(before.mode()) + " → " + word(after.mode()));
        }
        if (!before.originalId().equals(after.originalId())) {
            words.add("originalId");
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words));
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
