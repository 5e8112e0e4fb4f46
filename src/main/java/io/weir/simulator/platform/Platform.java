package io.weir.simulator.platform;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All accounts, behind one lock: an action takes microseconds, so a lock is simpler than a thread of its own. */
public final class Platform {
    private final Map<String, Account> byAppId = new LinkedHashMap<>();
    private final Clock clock;

    /** @param clock what WeChat's clock shows */
    public Platform(List<Registration> registrations, Clock clock) {
        this.clock = clock;
        registrations.forEach(each -> byAppId.put(each.appId(), new Account(each)));
    }

    /** Runs an action while nothing else touches an account; any thread. Nothing in it may wait. */
    public synchronized <T> T exclusively(Supplier<T> action) {
        return action.get();
    }

    public Clock clock() {
        return clock;
    }

    /** In the order of registration. */
    public List<Account> accounts() {
        return List.copyOf(byAppId.values());
    }

    public Optional<Account> byAppId(String appId) {
        return Optional.ofNullable(byAppId.get(appId));
    }

    /** By the name that the gateway's configuration gives it. */
    public Optional<Account> byName(String name) {
        return byAppId.values().stream()
                .filter(account -> account.registration().name().equals(name))
                .findFirst();
    }
}
