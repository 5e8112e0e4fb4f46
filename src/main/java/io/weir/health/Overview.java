package io.weir.health;

import static io.weir.http.api.Access.OPERATOR;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.weir.client.Json;
import io.weir.fleet.Fleet;
import io.weir.fleet.StreamErasure.Entry;
import io.weir.health.OverviewBuckets.Bucket;
import io.weir.health.OverviewBuckets.Span;
import io.weir.health.OverviewCounts.Alarm;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.redis.RedisLink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * How the last hour and the last day were, and what is wrong now, for one page: of this instance, and with Redis of all that share it.
 * Counts are read off the metrics at each edge of ten seconds and off the event loops, so that no push waits for it or does more. Without
 * Redis, and after a restart without it, older counts are gone. A verticle, one for each gateway.
 */
public final class Overview extends VerticleBase {
    /** Longer than timers are late: the edge is behind when one looks. */
    private static final Duration AFTER_THE_EDGE = Duration.ofMillis(30);

    /** Others' counts of a bucket are in Redis so long after its end. */
    private static final Duration TOLD = Duration.ofSeconds(2);

    /** What could not be told: ten minutes of it. */
    private static final int MOST_UNTOLD = 60;

    private static final int MOST_ROWS = 20;
    private static final String ACCOUNT = "account";
    private static final String INSTANCE = "instance";
    private static final String SPAN = "span";
    private static final Map<String, Optional<Span>> SPANS =
            Map.of("hour", Optional.of(Span.HOUR), "day", Optional.of(Span.DAY), "now", Optional.empty());

    private static final List<String> MEMBERS = List.of(
            "code",
            "reason",
            "since",
            ACCOUNT,
            "calls",
            "errcode",
            "errmsg",
            "until",
            "error",
            "file",
            "cause",
            "remedy",
            "causeZh",
            "remedyZh");

    private final Fleet fleet;
    private final Supplier<ArrayNode> problems;
    private final OverviewCounts counts;
    private final Clock clock;
    private final OverviewBuckets buckets = new OverviewBuckets();

    // Both belong to the event loop of the verticle.
    private final ArrayDeque<Bucket> untold = new ArrayDeque<>();
    private boolean telling;

    /**
     * One that has not started.
     *
     * @param problems rows as {@code /health} has them
     * @param clock of all instances, so that their buckets have the same edges
     */
    public Overview(Fleet fleet, Supplier<ArrayNode> problems, OverviewCounts counts, Clock clock) {
        this.fleet = fleet;
        this.problems = problems;
        this.counts = counts;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        lookAtTheNextEdge();
        return Future.succeededFuture();
    }

    private void lookAtTheNextEdge() {
        long step = Span.HOUR.step().toMillis();
        long wait = step - Math.floorMod(clock.millis(), step) + AFTER_THE_EDGE.toMillis();
        vertx.setTimer(wait, id -> {
            lookAtTheNextEdge();
            look();
        });
    }

    /** Counts once more, and tells the others. */
    Future<Void> look() {
        return context.executeBlocking(() -> new Looked(buckets.add(clock.instant(), counts.read()), wrongHere()), true)
                .compose(this::tell);
    }

    private record Looked(List<Bucket> ended, ObjectNode wrong) {}

    private Future<Void> tell(Looked looked) {
        untold.addAll(looked.ended);
        while (untold.size() > MOST_UNTOLD || (!fleet.isShared() && !untold.isEmpty())) {
            untold.remove();
        }
        Optional<RedisLink> to = fleet.redis().filter(link -> !link.isAway());
        if (telling || to.isEmpty()) {
            return Future.succeededFuture();
        }
        telling = true;
        List<Bucket> told = List.copyOf(untold);
        return new OverviewStore(to.get())
                .tell(fleet.self(), told, looked.wrong, clock.instant())
                .onSuccess(done -> untold.removeAll(told))
                .onFailure(fleet::failed)
                .onComplete(ended -> telling = false)
                .otherwiseEmpty();
    }

    private ObjectNode wrongHere() {
        ObjectNode wrong = Json.object();
        ArrayNode rows = wrong.putArray("problems");
        StreamSupport.stream(problems.get().spliterator(), false)
                .limit(MOST_ROWS)
                .forEach(rows::add);
        ArrayNode alarms = wrong.putArray("alarms");
        counts.alarms()
                .forEach((alarm, failures) -> alarms.addObject()
                        .put(ACCOUNT, alarm.account())
                        .put("kind", alarm.kind())
                        .put("failures", failures));
        return wrong;
    }

    /** One line for each path and method. */
    public List<ApiRoute> routes() {
        return List.of(ApiRoute.get("/api/v1/overview", OPERATOR, this::answer));
    }

    /**
     * What is known of an instance.
     *
     * @param wrong empty when it has stopped
     */
    private record Known(String name, Optional<JsonNode> wrong, List<Bucket> buckets) {}

    /** @param complete whether all instances are among them */
    private record Seen(boolean complete, List<Known> instances) {}

    /** What Redis has of another instance, not yet parsed. */
    private record Stored(String name, Optional<JsonNode> wrong, List<Entry> entries) {
        Known known(Optional<Span> span) {
            return new Known(
                    name,
                    wrong,
                    span.map(each -> OverviewStore.buckets(each, entries)).orElse(List.of()));
        }
    }

    /** @param complete whether all instances are among them */
    private record Others(boolean complete, List<Stored> instances) {}

    private Future<ApiAnswer> answer(ApiRequest request) {
        ApiFields fields = request.parameters(ACCOUNT, INSTANCE, SPAN);
        Optional<Span> span = fields.oneOf(SPAN, SPANS, Optional.of(Span.HOUR));
        Optional<String> account = fields.text(ACCOUNT);
        Optional<String> instance = fields.text(INSTANCE);
        return others(span)
                .compose(others ->
                        vertx.executeBlocking(() -> json(with(others, span), span, account, instance), false))
                .map(ApiAnswer::json);
    }

    private Future<Others> others(Optional<Span> span) {
        Optional<RedisLink> from = fleet.redis();
        if (from.isEmpty()) {
            return Future.succeededFuture(new Others(false, List.of()));
        }
        OverviewStore store = new OverviewStore(from.get());
        return store.instances()
                .compose(names -> Future.all(names.stream()
                        .filter(name -> !name.equals(fleet.self()))
                        .map(name -> stored(store, name, span))
                        .toList()))
                .map(all -> new Others(true, all.<Stored>list()))
                .onFailure(fleet::failed)
                .otherwise(new Others(false, List.of()));
    }

    private static Future<Stored> stored(OverviewStore store, String name, Optional<Span> span) {
        Future<List<Entry>> read = span.map(each -> store.read(name, each)).orElse(Future.succeededFuture(List.of()));
        return store.wrong(name).compose(wrong -> read.map(entries -> new Stored(name, wrong, entries)));
    }

    /** With this instance, of which this instance knows more than Redis. */
    private Seen with(Others others, Optional<Span> span) {
        List<Known> all = new ArrayList<>();
        others.instances.forEach(each -> all.add(each.known(span)));
        List<Bucket> own = span.map(buckets::ended).orElse(List.of());
        all.add(new Known(fleet.self(), Optional.of(wrongHere()), own));
        return new Seen(others.complete, all);
    }

    private ObjectNode json(Seen seen, Optional<Span> span, Optional<String> account, Optional<String> instance) {
        ObjectNode json = Json.object()
                .put("self", fleet.self())
                .put("shared", fleet.isShared())
                .put("complete", seen.complete);
        json.set("now", now(seen.instances));
        span.ifPresent(each -> {
            Instant told = clock.instant().minus(fleet.isShared() ? TOLD : Duration.ZERO);
            OverviewSeries series = new OverviewSeries(each, told, account.orElse(OverviewCounts.ALL));
            TreeSet<String> names = new TreeSet<>();
            TreeSet<String> accounts = new TreeSet<>();
            for (Known known : seen.instances) {
                if (known.wrong.isPresent() || !known.buckets.isEmpty()) {
                    names.add(known.name);
                }
                known.buckets.forEach(bucket -> accounts.addAll(bucket.counts().keySet()));
                if (instance.isEmpty() || instance.get().equals(known.name)) {
                    series.add(known.buckets);
                }
            }
            accounts.remove(OverviewCounts.ALL);
            names.forEach(json.putArray("instances")::add);
            accounts.forEach(json.putArray("accounts")::add);
            series.addTo(json);
        });
        return json;
    }

    /** What is wrong with all instances together: the same at several is one row, and failures that WeChat counts are summed. */
    private static ObjectNode now(List<Known> instances) {
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        Map<Alarm, Long> failures = new HashMap<>();
        for (Known known : instances) {
            JsonNode wrong = known.wrong.orElseGet(Json::object);
            wrong.path("problems").forEach(problem -> {
                if (problem instanceof ObjectNode row && row.path("code").isTextual()) {
                    String key =
                            row.path("code").asText() + " " + row.path(ACCOUNT).asText() + " "
                                    + row.path("calls").asText() + " "
                                    + row.path("file").asText();
                    rows.computeIfAbsent(
                                    key, first -> row.deepCopy().retain(MEMBERS).put("level", "bad"))
                            .withArrayProperty("instances")
                            .add(known.name);
                }
            });
            wrong.path("alarms")
                    .forEach(alarm -> failures.merge(
                            new Alarm(
                                    alarm.path(ACCOUNT).asText(),
                                    alarm.path("kind").asText()),
                            alarm.path("failures").asLong(),
                            Long::sum));
        }
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("rows");
        new TreeMap<>(rows).values().stream().limit(MOST_ROWS).forEach(list::add);
        failures.entrySet().stream()
                .flatMap(each -> WeChatAlarm.row(each.getKey(), each.getValue()).stream())
                .limit(MOST_ROWS)
                .forEach(list::add);
        boolean bad = StreamSupport.stream(list.spliterator(), false)
                .anyMatch(row -> row.path("level").asText().equals("bad"));
        return json.put("level", bad ? "bad" : list.isEmpty() ? "good" : "warn");
    }
}
