package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** All accounts, behind one lock: an action takes microseconds, so a lock is simpler than a thread of its own. */
public final class Platform {
    private static final URI USUAL_ADDRESS = URI.create("http://127.0.0.1:8082");

    private final Map<String, PlatformAccount> byAppId = new LinkedHashMap<>();
    private final Clock clock;
    private long actions;

    /** With links to material at the simulator's usual address. */
    public Platform(List<Registration> registrations, Clock clock) {
        this(registrations, clock, new SecureRandom(), () -> USUAL_ADDRESS);
    }

    /** @param base where the simulator's server listens, for links to material; asked each time */
    public Platform(List<Registration> registrations, Clock clock, Supplier<URI> base) {
        this(registrations, clock, new SecureRandom(), base);
    }

    /** @param random where tokens and tickets come from; a test may want the same ones each time */
    public Platform(List<Registration> registrations, Clock clock, RandomGenerator random) {
        this(registrations, clock, random, () -> USUAL_ADDRESS);
    }

    private Platform(List<Registration> registrations, Clock clock, RandomGenerator random, Supplier<URI> base) {
        this.clock = clock;
        registrations.forEach(each -> byAppId.put(each.appId(), new PlatformAccount(each, clock, random, base)));
    }

    /** Runs an action while nothing else touches an account; any thread. Nothing in it may wait. */
    public synchronized <T> T exclusively(Supplier<T> action) {
        actions++;
        return action.get();
    }

    public Clock clock() {
        return clock;
    }

    /** In the order of registration. */
    public List<PlatformAccount> accounts() {
        return List.copyOf(byAppId.values());
    }

    public Optional<PlatformAccount> byAppId(String appId) {
        return Optional.ofNullable(byAppId.get(appId));
    }

    /** By the name that the gateway's configuration gives it. */
    public Optional<PlatformAccount> byName(String name) {
        return byAppId.values().stream()
                .filter(account -> account.registration().name().equals(name))
                .findFirst();
    }

    /** By an access_token that it was given, valid or not. */
    public Optional<PlatformAccount> byToken(String token) {
        return byAppId.values().stream()
                .filter(account -> account.tokens().issued(token))
                .findFirst();
    }

    /** Grows whenever something may have changed. */
    synchronized long actions() {
        return actions;
    }

    /** The state of every account, by its AppId. */
    synchronized ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        byAppId.forEach((appId, account) -> saved.set(appId, account.save()));
        return saved;
    }

    /** Accounts that {@code saved} does not have stay as they are; those that only it has are passed over. */
    synchronized void load(JsonNode saved) {
        byAppId.forEach((appId, account) -> {
            if (saved.get(appId) instanceof ObjectNode there) {
                account.load(there);
            }
        });
    }
}
