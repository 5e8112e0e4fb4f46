package io.weir.simulator.platform;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All accounts, behind one lock: an action takes microseconds, so a lock is simpler than a thread of its own. */
public final class Platform {
    private static final URI USUAL_ADDRESS = URI.create("http://127.0.0.1:8082");

    private final Map<String, Account> byAppId = new LinkedHashMap<>();
    private final Clock clock;

    /** With links to material at the simulator's usual address. */
    public Platform(List<Registration> registrations, Clock clock) {
        this(registrations, clock, () -> USUAL_ADDRESS);
    }

    /**
     * @param clock what WeChat's clock shows
     * @param base where the simulator's server listens, for links to material; asked each time
     */
    public Platform(List<Registration> registrations, Clock clock, Supplier<URI> base) {
        this.clock = clock;
        registrations.forEach(each -> byAppId.put(each.appId(), new Account(each, clock, base)));
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
