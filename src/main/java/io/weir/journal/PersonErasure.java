package io.weir.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.Observers;
import io.weir.fleet.Fleet;
import io.weir.fleet.StreamErasure;
import io.weir.fleet.StreamErasure.Entry;
import io.weir.journal.FleetPushes.LocalErasure;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what was kept of a person who has unsubscribed, or revoked an authorization: from the journal and from the dead letters of the
 * account, in passes; also from the dead letters that lie on this machine. {@code weir:{APPID}:forget} has who is to be forgotten; one
 * instance at a time makes a pass, who holds {@code weir:{APPID}:forgetting}.
 *
 * <p>A person stays listed for {@value #LISTED_MINUTES} minutes, since work that fails in that time becomes a dead letter; and longer while
 * a backend has not got its copies of what that person has sent, which stays until then. What comes later, as when the person
 * subscribes again, stays. Used on one event loop.
 */
final class PersonErasure {
    static final int LISTED_MINUTES = 7;
    private static final Logger LOG = LoggerFactory.getLogger(PersonErasure.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** By which the clocks of WeChat and of the instances may differ. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final Pattern FORM = Pattern.compile("1 (\\d{1,15}) (\\d{1,15}) (.+)");
    private static final int MOST_UNTOLD = 10_000;
    private static final String LAST = "18446744073709551615-0";

    private final Vertx vertx;
    private final Fleet fleet;
    private final Supplier<Map<String, String>> appIds;
    private final LocalErasure local;
    private final Clock clock;
    private final Duration pass;
    private final Context context;
    private final Set<Untold> untold = new HashSet<>();
    private final Map<String, Set<Person>> here = new HashMap<>();
    private boolean underWay;

    /**
     * Somebody who is to be forgotten.
     *
     * @param untilMillis what came later stays
     * @param sinceMillis when it was listed
     */
    private record Person(String openId, long untilMillis, long sinceMillis) {
        String text() {
            return "1 " + untilMillis + " " + sinceMillis + " " + openId;
        }

        static Optional<Person> parse(String text) {
            Matcher form = FORM.matcher(text);
            return form.matches()
                    ? Optional.of(
                            new Person(form.group(3), Long.parseLong(form.group(1)), Long.parseLong(form.group(2))))
                    : Optional.empty();
        }

        boolean isOver(long now) {
            return now - sinceMillis >= Duration.ofMinutes(LISTED_MINUTES).toMillis();
        }

        boolean has(Entry entry) {
            String arrived = entry.field("a");
            return openId.equals(entry.field("s"))
                    && arrived.matches("\\d{1,15}")
                    && Long.parseLong(arrived) <= untilMillis;
        }
    }

    /** Of whom Redis does not know yet. */
    private record Untold(String appId, Person person) {}

    /**
     * Deletes nothing yet.
     *
     * @param appIds by the accounts' names
     * @param local deletes what this machine has kept
     * @param pass how often it deletes
     */
    PersonErasure(
            Vertx vertx,
            Fleet fleet,
            Supplier<Map<String, String>> appIds,
            LocalErasure local,
            Clock clock,
            Duration pass) {
        this.local = local;
        this.vertx = vertx;
        this.fleet = fleet;
        this.appIds = appIds;
        this.clock = clock;
        this.pass = pass;
        this.context = vertx.getOrCreateContext();
    }

    /** Called on the event loop that it is used on. */
    void start(Observers observers) {
        observers.observe(PushType.UNSUBSCRIBE, this::forget);
        observers.observe(PushType.USER_AUTHORIZATION_REVOKE, this::forget);
        observers.observe(PushType.USER_AUTHORIZATION_CANCELLATION, this::forget);
        vertx.setPeriodic(pass.toMillis(), tick -> pass());
    }

    private void forget(Push push) {
        String appId = appIds.get().get(push.account());
        long until = push.createTime().plus(SLACK).toEpochMilli();
        Person person = new Person(push.openId(), until, clock.millis());
        Set<Person> known = here.computeIfAbsent(push.account(), each -> new HashSet<>());
        if (known.size() < MOST_UNTOLD) {
            known.add(person);
            eraseHere(push.account(), person);
        }
        if (appId != null && fleet.isShared() && untold.size() < MOST_UNTOLD) {
            untold.add(new Untold(appId, person));
            fleet.redis().ifPresent(this::tell);
        }
    }

    /** What Redis has not taken is told again at the next pass. */
    private void tell(RedisLink link) {
        for (Untold each : List.copyOf(untold)) {
            link.send(LIMIT, "SADD", key(link, each.appId, "forget"), each.person.text())
                    .onSuccess(told -> context.runOnContext(now -> untold.remove(each)))
                    .onFailure(fleet::failed);
        }
    }

    private static String key(RedisLink link, String appId, String what) {
        return link.key("{" + appId + "}:" + what);
    }

    private void eraseHere(String account, Person person) {
        local.forget(account, person.openId, Instant.ofEpochMilli(person.untilMillis))
                .onSuccess(deleted -> tell(account, deleted));
    }

    private void pass() {
        here.forEach((account, people) -> {
            people.forEach(each -> eraseHere(account, each));
            people.removeIf(each -> each.isOver(clock.millis()));
        });
        Optional<RedisLink> link = fleet.redis().filter(each -> !each.isAway());
        if (underWay || link.isEmpty()) {
            return;
        }
        underWay = true;
        tell(link.get());
        Future<Void> all = Future.succeededFuture();
        for (Map.Entry<String, String> each : appIds.get().entrySet()) {
            all = all.compose(before -> pass(link.get(), each.getKey(), each.getValue()));
        }
        all.onFailure(fleet::failed).onComplete(ended -> context.runOnContext(now -> underWay = false));
    }

    private Future<Void> pass(RedisLink link, String account, String appId) {
        String lease = String.valueOf(pass.toMillis() / 2);
        return link.send(LIMIT, "SET", key(link, appId, "forgetting"), fleet.self(), "NX", "PX", lease)
                .compose(held -> held.text().isEmpty()
                        ? Future.succeededFuture()
                        : link.send(LIMIT, "SMEMBERS", key(link, appId, "forget"))
                                .map(PersonErasure::people)
                                .compose(people -> people.isEmpty()
                                        ? Future.succeededFuture()
                                        : erase(link, account, appId, people)));
    }

    private static Map<String, List<Person>> people(RedisAnswer answer) {
        return answer.items().stream()
                .flatMap(each -> each.text().flatMap(Person::parse).stream())
                .collect(Collectors.groupingBy(Person::openId));
    }

    private static boolean isMeant(Entry entry, Map<String, List<Person>> people) {
        return people.getOrDefault(entry.field("s"), List.of()).stream().anyMatch(each -> each.has(entry));
    }

    private Future<Void> erase(RedisLink link, String account, String appId, Map<String, List<Person>> people) {
        long now = clock.millis();
        StreamErasure erasure = new StreamErasure(vertx, link);
        Set<String> waiting = new HashSet<>();
        String journal = key(link, appId, "journal");
        return undelivered(link, journal)
                .compose(from -> erasure.erase(journal, entry -> {
                    boolean meant = isMeant(entry, people);
                    boolean delivered = isBefore(entry.id(), from);
                    if (meant && !delivered) {
                        waiting.add(entry.field("s"));
                    }
                    return meant && delivered;
                }))
                .compose(fromJournal -> erasure.erase(key(link, appId, "dead"), entry -> isMeant(entry, people))
                        .map(fromDead -> fromJournal + fromDead))
                .compose(deleted -> {
                    tell(account, deleted);
                    List<String> over = people.values().stream()
                            .flatMap(List::stream)
                            .filter(each -> each.isOver(now) && !waiting.contains(each.openId))
                            .map(Person::text)
                            .toList();
                    return unlist(link, key(link, appId, "forget"), over);
                });
    }

    private static void tell(String account, int deleted) {
        if (deleted > 0) {
            LOG.atInfo()
                    .addKeyValue("account", account)
                    .addKeyValue("entries", deleted)
                    .log("entries deleted of people who have unsubscribed or revoked an authorization");
        }
    }

    private static Future<Void> unlist(RedisLink link, String key, List<String> over) {
        if (over.isEmpty()) {
            return Future.succeededFuture();
        }
        List<String> command = new ArrayList<>(List.of(key));
        command.addAll(over);
        return link.send(LIMIT, "SREM", command.toArray(String[]::new)).mapEmpty();
    }

    /** The id from which on some backend has not got its copies yet. */
    private static Future<String> undelivered(RedisLink link, String journal) {
        return link.send(LIMIT, "XINFO", "GROUPS", journal)
                .map(RedisAnswer::items)
                // A stream that is not there has no groups.
                .recover(failure -> link.send(LIMIT, "XLEN", journal)
                        .compose(length -> length.number() == 0
                                ? Future.succeededFuture(List.of())
                                : Future.failedFuture(failure)))
                .compose(groups -> {
                    Future<String> least = Future.succeededFuture(LAST);
                    for (RedisAnswer each : groups) {
                        Map<String, String> group = each.fields();
                        least = least.compose(before ->
                                first(link, journal, group).map(from -> isBefore(from, before) ? from : before));
                    }
                    return least;
                });
    }

    private static Future<String> first(RedisLink link, String journal, Map<String, String> group) {
        String read = group.getOrDefault("last-delivered-id", "0-0");
        return link.send(LIMIT, "XPENDING", journal, group.getOrDefault("name", ""))
                .map(pending -> {
                    List<RedisAnswer> parts = pending.items();
                    return parts.size() > 1 ? parts.get(1).text().orElse(after(read)) : after(read);
                });
    }

    private static String after(String id) {
        int dash = id.indexOf('-');
        return id.substring(0, dash + 1) + (Long.parseLong(id.substring(dash + 1)) + 1);
    }

    private static boolean isBefore(String one, String other) {
        int dash = one.indexOf('-');
        int otherDash = other.indexOf('-');
        int millis = Long.compareUnsigned(
                Long.parseUnsignedLong(one.substring(0, dash)), Long.parseUnsignedLong(other.substring(0, otherDash)));
        return millis < 0
                || (millis == 0
                        && Long.parseLong(one.substring(dash + 1)) < Long.parseLong(other.substring(otherDash + 1)));
    }
}
