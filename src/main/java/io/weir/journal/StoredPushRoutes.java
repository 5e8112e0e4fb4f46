package io.weir.journal;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.delete;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.post;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Backends;
import io.weir.dispatch.durable.DurableJournal;
import io.weir.dispatch.durable.DurableJournal.Entry;
import io.weir.dispatch.durable.DurableJournal.Range;
import io.weir.dispatch.durable.StoredPush;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.journal.StoredReplay.Dependencies;
import io.weir.journal.StoredReplay.Order;
import io.weir.redis.RedisException;
import io.weir.wechat.codec.OpenedPush;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routes of what all instances have kept: the journal and the dead letters of an account, and having some of them handled again.
 * Replays belong to the instance that was asked, and end with it. Used on one event loop.
 */
public final class StoredPushRoutes {
    private static final String JOURNAL = "/api/v1/journal";
    private static final String REPLAYS = JOURNAL + "/replays";
    private static final String DEAD = "dead";
    private static final String BACKEND = "backend";
    private static final Map<String, Boolean> TRUE_OR_FALSE = Map.of("true", true, "false", false);
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final int MOST_ENTRIES = 100_000;
    private static final int MOST_RUNNING = 2;
    private static final int MOST_REMEMBERED = 20;
    private static final int SHOWN = 5;
    private static final int DEFAULT_RATE = 10;
    private static final int MOST_A_SECOND = 200;

    private final Vertx vertx;
    private final Optional<DurableJournal> journal;
    private final Function<StoredPush, Optional<OpenedPush>> reader;
    private final Backends backends;
    private final MeterRegistry metrics;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, StoredReplay> replays = new LinkedHashMap<>();
    private long number;
    private int beginning;

    /**
     * Nothing is replayed yet.
     *
     * @param journal empty where nothing is kept
     * @param reader reads a push that was kept; empty where it is no push any more
     * @param backends get copies again
     */
    public StoredPushRoutes(
            Vertx vertx,
            Optional<DurableJournal> journal,
            Function<StoredPush, Optional<OpenedPush>> reader,
            Backends backends,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.journal = journal;
        this.reader = reader;
        this.backends = backends;
        this.metrics = metrics;
    }

    /** One line for each path and method. */
    public List<ApiRoute> all() {
        StoredReplay.counter(metrics, "none", StoredReplay.QUEUED);
        return List.of(
                get(JOURNAL, OPERATOR, this::list),
                post(REPLAYS, OPERATOR, this::replay),
                get(
                        REPLAYS + "/{id}",
                        OPERATOR,
                        request -> Future.succeededFuture(
                                ApiAnswer.json(known(request).json()))),
                delete(REPLAYS + "/{id}", OPERATOR, this::stop),
                get(JOURNAL + "/{id}", OPERATOR, this::show));
    }

    // --- looking

    private Future<ApiAnswer> list(ApiRequest request) {
        ApiFields fields =
                request.parameters("account", "from", "to", "type", BACKEND, DEAD, "limit", "before", "reveal");
        Range range = range(fields, dead(fields.oneOf(DEAD, TRUE_OR_FALSE, false)), given(fields, BACKEND));
        if (!range.dead() && range.backend().isPresent()) {
            throw ApiProblem.badRequest("Only dead letters have a \"backend\": ask with dead=true.");
        }
        Optional<String> before = given(fields, "before");
        before.ifPresent(this::checkId);
        boolean reveal = fields.oneOf("reveal", TRUE_OR_FALSE, false);
        return answered(journal().list(range, before, (int) PushList.limit(fields)))
                .map(page -> {
                    ObjectNode json = JsonNodeFactory.instance.objectNode();
                    add(page.entries(), reveal, json);
                    page.next().ifPresent(next -> json.put("next", next));
                    return ApiAnswer.json(json);
                });
    }

    private static void add(List<Entry> entries, boolean reveal, ObjectNode to) {
        ArrayNode list = to.putArray("entries");
        entries.forEach(entry -> list.add(json(entry, reveal)));
    }

    private static ObjectNode json(Entry entry, boolean reveal) {
        StoredPush push = entry.push();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", entry.id())
                .put("at", PushSummary.MILLIS.format(entry.at()))
                .put("arrived", PushSummary.MILLIS.format(push.arrived()))
                .put("type", push.type())
                .put("pushId", reveal ? push.pushId() : PersonalDataMasks.openIds(push.pushId()))
                .put("sender", reveal ? push.sender() : PersonalDataMasks.openId(push.sender()));
        if (entry.failures() > 0) {
            json.put("failures", entry.failures()).put("error", entry.error());
        }
        if (!entry.backend().isEmpty()) {
            json.put(BACKEND, entry.backend());
        }
        return json;
    }

    private Future<ApiAnswer> show(ApiRequest request) {
        ApiFields fields = request.parameters("account", DEAD, "reveal");
        String id = request.inPath("id");
        checkId(id);
        boolean reveal = fields.oneOf("reveal", TRUE_OR_FALSE, false);
        return answered(journal().find(account(fields), dead(fields.oneOf(DEAD, TRUE_OR_FALSE, false)), id))
                .map(found -> {
                    Entry entry = found.orElseThrow(StoredPushRoutes::missing);
                    XmlView view = new XmlView(reveal);
                    ObjectNode json = json(entry, reveal);
                    Optional<OpenedPush> opened = reader.apply(entry.push());
                    json.put(
                            "document",
                            reveal
                                    ? entry.push().xml()
                                    : opened.map(push -> view.xml(push.xml().root()))
                                            .orElse(PersonalDataMasks.TEXT));
                    opened.ifPresent(
                            push -> json.set("fields", view.fields(push.xml().root())));
                    return ApiAnswer.json(json);
                });
    }

    private static ApiProblem missing() {
        return ApiProblem.of(
                404,
                "There is no such entry",
                "It was removed after journal.keep or journal.keepDead, or handled again; GET /api/v1/journal tells which"
                        + " there are.");
    }

    // --- handling again

    private Future<ApiAnswer> replay(ApiRequest request) {
        ApiFields fields = request.fields("account", "from", "to", "type", BACKEND, DEAD, "ids", "rate", "dryRun");
        boolean dead = dead(fields.flag(DEAD));
        Optional<String> backend = given(fields, BACKEND);
        backend.filter(name -> !backends.has(name)).ifPresent(unknown -> {
            throw ApiProblem.of(404, "There is no such backend", "The configuration has no backend of that name.");
        });
        Range range = range(fields, dead, dead ? backend.or(() -> Optional.of("")) : Optional.empty());
        int rate = fields.number("rate", DEFAULT_RATE, MOST_A_SECOND);
        boolean dryRun = fields.flag("dryRun");
        List<String> given = fields.texts("ids");
        given.forEach(this::checkId);
        DurableJournal in = journal();
        if (!dryRun) {
            checkFree();
            beginning++;
        }
        Future<List<String>> ids = given.isEmpty() ? in.ids(range, MOST_ENTRIES + 1) : Future.succeededFuture(given);
        return answered(ids)
                .onComplete(read -> beginning -= dryRun ? 0 : 1)
                .map(StoredPushRoutes::checkMost)
                .compose(found -> dryRun
                        ? tried(in, range, found)
                        : Future.succeededFuture(begun(in, new Order(range, found, backend, rate, request.peer()))));
    }

    private void checkFree() {
        if (beginning
                        + replays.values().stream()
                                .filter(StoredReplay::isRunning)
                                .count()
                >= MOST_RUNNING) {
            throw ApiProblem.of(
                    429,
                    "Too many replays at once",
                    "There may be " + MOST_RUNNING + " under way: wait for one of them, or stop it.");
        }
    }

    private static List<String> checkMost(List<String> ids) {
        if (ids.size() > MOST_ENTRIES) {
            throw ApiProblem.badRequest("There are more than " + MOST_ENTRIES + " entries in that range: narrow it.");
        }
        return ids;
    }

    private Future<ApiAnswer> tried(DurableJournal in, Range range, List<String> ids) {
        List<Future<Optional<Entry>>> first = ids.stream()
                .limit(SHOWN)
                .map(id -> in.find(range.account(), range.dead(), id))
                .toList();
        return answered(Future.join(first)).map(read -> {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("total", ids.size());
            add(first.stream().flatMap(each -> each.result().stream()).toList(), false, json);
            return ApiAnswer.json(json);
        });
    }

    private ApiAnswer begun(DurableJournal in, Order order) {
        String id = Long.toString(clock.millis(), Character.MAX_RADIX) + "-" + ++number;
        StoredReplay replay = new StoredReplay(id, order, new Dependencies(vertx, in, reader, backends, metrics));
        replays.values().stream()
                .filter(each -> !each.isRunning())
                .limit(Math.max(0, replays.size() + 1 - MOST_REMEMBERED))
                .map(StoredReplay::id)
                .toList()
                .forEach(replays::remove);
        replays.put(id, replay);
        replay.begin();
        return ApiAnswer.json(replay.json()).accepted();
    }

    private StoredReplay known(ApiRequest request) {
        journal();
        return Optional.ofNullable(replays.get(request.inPath("id")))
                .orElseThrow(() -> ApiProblem.of(
                        404,
                        "There is no such replay",
                        "This instance has not begun it, or has begun " + MOST_REMEMBERED
                                + " others since. A replay ends with its instance; the log line \"replay ends\" tells how far"
                                + " one came."));
    }

    private Future<ApiAnswer> stop(ApiRequest request) {
        StoredReplay replay = known(request);
        return replay.stop().map(ended -> ApiAnswer.json(replay.json()));
    }

    // --- what is asked for

    private DurableJournal journal() {
        return journal.orElseThrow(() -> ApiProblem.of(
                409,
                "Nothing is kept",
                "This gateway has neither Redis nor a spool: set redis.uri, or start it with weir serve."));
    }

    /** Whether dead letters are asked for. */
    private boolean dead(boolean asked) {
        if (!asked && journal().isDeadOnly()) {
            throw ApiProblem.of(
                    409,
                    "There is no journal without Redis",
                    "Without Redis, dead letters alone are kept: ask for them with dead=true (weir journal list --dead), or set"
                            + " redis.uri.");
        }
        return asked;
    }

    private String account(ApiFields fields) {
        String name = fields.requiredText("account");
        if (!journal().accounts().contains(name)) {
            throw ApiProblem.of(404, "There is no such account", "GET /api/v1/accounts tells which there are.");
        }
        return name;
    }

    private Range range(ApiFields fields, boolean dead, Optional<String> backend) {
        Instant now = clock.instant();
        return new Range(
                account(fields),
                dead,
                given(fields, "from").map(text -> time("from", text, now)).orElse(Instant.EPOCH),
                given(fields, "to").map(text -> time("to", text, now)).orElse(now.plus(Duration.ofDays(1))),
                given(fields, "type"),
                backend);
    }

    private static Optional<String> given(ApiFields fields, String name) {
        return fields.text(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** As ISO 8601 has it, so long ago, or as {@link PushFilter} takes it. */
    static Instant time(String name, String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return now.minus(Duration.parse((ago.group(2).equals("d") ? "P" : "PT") + ago.group(1) + ago.group(2)));
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException other) {
            return inChina(name, text);
        }
    }

    private static Instant inChina(String name, String text) {
        try {
            return PushFilter.time(name, text);
        } catch (ApiProblem unreadable) {
            throw ApiProblem.badRequest("\"" + name + "\" has to be so long ago as 2h, 30m or 1d, a time as in"
                    + " 2026-11-20T15:04:05+08:00, or one in China as in 2026-11-20 15:04:05.");
        }
    }

    private void checkId(String id) {
        if (!journal().isId(id)) {
            throw ApiProblem.badRequest(
                    "\"" + id + "\" is not an id of an entry: GET /api/v1/journal tells which there are.");
        }
    }

    /** On this event loop again, with a problem where Redis has not answered. */
    private <T> Future<T> answered(Future<T> asked) {
        Context context = vertx.getOrCreateContext();
        Promise<T> here = Promise.promise();
        asked.onComplete((value, failure) -> context.runOnContext(now -> here.complete(value, failure)));
        return here.future()
                .recover(failure -> Future.failedFuture(
                        failure instanceof RedisException
                                ? ApiProblem.of(
                                        503,
                                        "Redis cannot be asked",
                                        "The journal is in Redis; /health tells what is wrong.")
                                : failure));
    }
}
