package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.PlatformAccount.Kept;
import io.weir.simulator.platform.QrCodes.Scene;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The people that an account knows, those who have left included, how those who follow came, and who is blocked. */
public final class Followers implements Kept {
    private static final int MOST_ON_A_PAGE = 10_000;
    private static final String BLOCKED = "blocked";
    private static final String SUBSCRIPTION = "subscription";

    private final Map<String, Follower> byOpenid = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Set<String> blocked = new LinkedHashSet<>();
    private final Clock clock;

    Followers(Clock clock) {
        this.clock = clock;
    }

    /** Everybody, in the order of arrival. */
    public List<Follower> all() {
        return List.copyOf(byOpenid.values());
    }

    /** Who has this openid, following or not. */
    public Optional<Follower> find(String openid) {
        return Optional.ofNullable(byOpenid.get(openid));
    }

    /** Who has this openid or WeChat id, following or not. */
    public Optional<Follower> findByUserId(String userId) {
        return find(userId)
                .or(() -> byOpenid.values().stream()
                        .filter(person -> person.wechatId().equals(userId))
                        .findFirst());
    }

    /** Adds a person or takes the place of the one with the same openid. Who follows anew does so from now on. */
    public void put(Follower person) {
        byOpenid.put(person.openid(), person);
        if (person.subscribed()) {
            subscriptions.computeIfAbsent(person.openid(), fresh -> Subscription.bySearch(clock.instant()));
        } else {
            subscriptions.remove(person.openid());
        }
    }

    /** A person who has just followed did so through a QR code. */
    public void cameBy(String openid, Scene scene) {
        subscriptions.computeIfPresent(openid, (same, how) -> how.by(scene));
    }

    /** user/info/updateremark. */
    public void remark(String openid, String remark) {
        subscriptions.computeIfPresent(openid, (same, how) -> how.remarked(remark));
    }

    /** tags/members/batchblacklist: what they do is no longer pushed. */
    public void block(List<String> openids) {
        blocked.addAll(openids);
    }

    /** tags/members/batchunblacklist. */
    public void unblock(List<String> openids) {
        openids.forEach(blocked::remove);
    }

    public boolean isBlocked(String openid) {
        return blocked.contains(openid);
    }

    /** How somebody who follows came. */
    public Subscription subscription(String openid) {
        return subscriptions.getOrDefault(openid, Subscription.bySearch(clock.instant()));
    }

    /**
     * The next openids of those who follow, {@value #MOST_ON_A_PAGE} at most.
     *
     * @param after the last one of the page before; empty for the first
     * @throws Refused 40003 when nobody who follows has it
     */
    public Page page(String after, Predicate<Follower> which) {
        List<String> all = byOpenid.values().stream()
                .filter(Follower::subscribed)
                .filter(which)
                .map(Follower::openid)
                .toList();
        int before = after.isEmpty() ? 0 : all.indexOf(after) + 1;
        if (before == 0 && !after.isEmpty()) {
            throw new Refused(40003, "invalid openid");
        }
        return new Page(
                all.size(), all.stream().skip(before).limit(MOST_ON_A_PAGE).toList());
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        byOpenid.forEach((openid, person) -> {
            ObjectNode written = SavedRecords.write(person);
            Optional.ofNullable(subscriptions.get(openid))
                    .ifPresent(how -> written.set(SUBSCRIPTION, SavedRecords.write(how)));
            saved.set(openid, blocked.contains(openid) ? written.put(BLOCKED, true) : written);
        });
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        byOpenid.clear();
        subscriptions.clear();
        blocked.clear();
        saved.properties().forEach(entry -> {
            ObjectNode person = entry.getValue().deepCopy();
            put(SavedRecords.read(person.put("openid", entry.getKey()), Follower.class));
            if (person.has(BLOCKED)) {
                blocked.add(entry.getKey());
            }
            if (person.has(SUBSCRIPTION)) {
                subscriptions.put(entry.getKey(), SavedRecords.read(person.get(SUBSCRIPTION), Subscription.class));
            }
        });
    }

    /**
     * Some openids of a list.
     *
     * @param total of the list
     */
    public record Page(int total, List<String> openids) {
        /** Where the next one begins; empty when this one is. */
        public String last() {
            return openids.isEmpty() ? "" : openids.get(openids.size() - 1);
        }
    }

    /**
     * How somebody came to follow.
     *
     * @param channel {@code ADD_SCENE_…}
     * @param number the scene of a QR code, where it is a number; else 0
     * @param text the scene of a QR code, where it is a text; else empty
     * @param remark what the account calls the person
     */
    public record Subscription(Instant since, String channel, long number, String text, String remark) {
        static Subscription bySearch(Instant since) {
            return new Subscription(since, "ADD_SCENE_SEARCH", 0, "", "");
        }

        Subscription by(Scene scene) {
            return new Subscription(
                    since,
                    "ADD_SCENE_QR_CODE",
                    scene.number() ? Long.parseLong(scene.text()) : 0,
                    scene.number() ? "" : scene.text(),
                    remark);
        }

        Subscription remarked(String other) {
            return new Subscription(since, channel, number, text, other);
        }
    }
}
