package io.weir.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Json;
import io.weir.http.api.Access;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.Right;
import io.weir.redis.RedisLink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has done what at the admin port: reveals, refreshes, changes of menus and answers, replays, and what was refused of them.
 * The last {@value #MOST}, in memory; with Redis those of all instances, under {@code weir:audit}, which expires
 * {@value #DAYS} days after the last. Each change is an entry. The same reveal or refresh, and what was refused or has failed, is
 * one a minute for each caller and result: a program that asks for a credential every second does not fill the list. No body, no
 * query, no openid. Any thread.
 */
public final class AuditLog {
    static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final String PATH = "/api/v1/audit";
    private static final int DAYS = 90;
    private static final String KEY = "audit";
    private static final Duration ONCE_IN = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 1_000;
    private static final int SHOWN = 200;
    private static final Pattern OPEN_ID = Pattern.compile("(?<![A-Za-z0-9_-])(o[A-Za-z0-9_-]{2})[A-Za-z0-9_-]{21}");
    /** Of a route that stands for something else than its right says. */
    private static final Map<String, String> ACTIONS =
            Map.of("replay", "replay", "replays", "replay", "refresh", "refresh", "refused", "refresh");

    /** What programs do again and again, and what says no more the second time. */
    private static final Set<String> OFTEN = Set.of("reveal", "refresh");

    private final Supplier<Optional<RedisLink>> shared;
    private final String instance;
    private final Clock clock;
    private final Deque<String> own = new ArrayDeque<>();
    private final Map<AuditKey, Instant> lately = new LinkedHashMap<>();

    /**
     * An empty one.
     *
     * @param shared where instances share theirs; empty where nothing is shared, or it cannot be at the moment
     * @param instance the name of this one
     */
    public AuditLog(Supplier<Optional<RedisLink>> shared, String instance, Clock clock) {
        this.shared = shared;
        this.instance = instance;
        this.clock = clock;
    }

    /** What of a request is taken for the same as another. */
    private record AuditKey(String who, String path, String result) {}

    /**
     * Takes in what a caller has done, or was refused; what needs no more than to read, calls of
     * WeChat's API and looks at this list are left out.
     *
     * @param needed the right that it needs
     * @param parameters those of the path
     * @param status what was answered
     * @return completes when others can see it; nobody has to wait
     */
    Future<?> note(String who, ApiRoute route, Right needed, Map<String, String> parameters, int status) {
        boolean left =
                needed == Right.READ || needed == Right.WECHAT || route.path().equals(PATH);
        if (left || route.access() == Access.VISITOR) {
            return Future.succeededFuture();
        }
        String result = status < 400 ? "done" : status == 403 ? "refused" : "failed";
        String path = path(route, parameters);
        String action = action(route, needed);
        boolean changed = result.equals("done") && !OFTEN.contains(action);
        if (!changed && isRepeated(new AuditKey(who, path, result))) {
            return Future.succeededFuture();
        }
        ObjectNode entry = Json.object()
                .put("at", clock.instant().toString())
                .put("who", who)
                .put("action", action)
                .put("what", route.method() + " " + path)
                .put("result", result)
                .put("status", status)
                .put("instance", instance);
        Optional.ofNullable(parameters.get("account")).ifPresent(account -> entry.put("account", account));
        LOG.atInfo()
                .addKeyValue("who", who)
                .addKeyValue("action", action)
                .addKeyValue("path", path)
                .addKeyValue("status", status)
                .log("somebody has used a right at the admin port");
        return keep(entry.toString());
    }

    private synchronized boolean isRepeated(AuditKey key) {
        Instant now = clock.instant();
        Instant before = lately.get(key);
        if (before != null && now.isBefore(before.plus(ONCE_IN))) {
            return true;
        }
        lately.remove(key);
        lately.put(key, now);
        if (lately.size() > MOST_REMEMBERED) {
            lately.remove(lately.keySet().iterator().next());
        }
        return false;
    }

    private static String action(ApiRoute route, Right needed) {
        String last = route.path().replaceFirst("/\\{id}$", "").replaceFirst(".*/", "");
        return switch (needed) {
            case REVEAL -> "reveal";
            case MENU -> "apply";
            case ANSWERS -> "save";
            default -> ACTIONS.getOrDefault(last, "operate");
        };
    }

    /** As it was asked for, without what tells who somebody is. */
    private static String path(ApiRoute route, Map<String, String> parameters) {
        String path = route.path();
        for (Map.Entry<String, String> each : parameters.entrySet()) {
            String value = each.getKey().equals("openid")
                    ? "…"
                    : OPEN_ID.matcher(each.getValue()).replaceAll("$1…");
            path = path.replace("{" + each.getKey() + "}", value);
        }
        return path;
    }

    private Future<?> keep(String entry) {
        synchronized (this) {
            own.addFirst(entry);
            if (own.size() > MOST) {
                own.removeLast();
            }
        }
        Optional<RedisLink> to = shared.get();
        return to.isPresent() ? share(to.get(), entry) : Future.succeededFuture();
    }

    private static Future<?> share(RedisLink to, String entry) {
        String key = to.key(KEY);
        String life = Long.toString(Duration.ofDays(DAYS).toMillis());
        return to.send("LPUSH", key, entry)
                .compose(pushed -> to.send("LTRIM", key, "0", Integer.toString(MOST - 1)))
                .compose(cut -> to.send("PEXPIRE", key, life));
    }

    /** One line for each path and method. */
    public List<ApiRoute> routes() {
        return List.of(ApiRoute.get(PATH, Access.OPERATOR, this::answer).with(Right.OPERATE));
    }

    /** With Redis all instances' entries, else those of this one: then {@code complete} says whether there are others. */
    private Future<ApiAnswer> answer(ApiRequest request) {
        int limit =
                request.parameters("limit").text("limit").map(AuditLog::limit).orElse(SHOWN);
        Optional<RedisLink> from = shared.get();
        if (from.isEmpty()) {
            return Future.succeededFuture(json(mine(), true, limit));
        }
        return from.get()
                .send("LRANGE", from.get().key(KEY), "0", Integer.toString(limit - 1))
                .map(answer -> json(
                        answer.items().stream()
                                .flatMap(item -> item.text().stream())
                                .toList(),
                        true,
                        limit))
                .otherwise(away -> json(mine(), false, limit));
    }

    private static int limit(String asked) {
        if (!asked.matches("[1-9][0-9]{0,2}|1000")) {
            throw ApiProblem.badRequest("The parameter \"limit\" has to be a whole number from 1 to " + MOST + ".");
        }
        return Integer.parseInt(asked);
    }

    private synchronized List<String> mine() {
        return List.copyOf(own);
    }

    private static ApiAnswer json(List<String> entries, boolean complete, int limit) {
        ObjectNode json = Json.object().put("complete", complete);
        ArrayNode list = json.putArray("entries");
        entries.stream()
                .limit(limit)
                .flatMap(entry -> Json.read(entry).stream())
                .forEach(list::add);
        return ApiAnswer.json(json);
    }
}
