package io.weir.journal;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.journal.RecentStream.Line;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The routes of the pushes of all instances: a list and a feed that this instance can tell itself, and details, which it asks the
 * instance for that has them.
 */
record FleetPushRoutes(FleetPushes fleet, Journal journal, PushDetail detail, PushReplay replay) {
    private static final String PUSHES = "/api/v1/fleet/pushes";
    private static final String PUSH = PUSHES + "/{instance}/{id}";
    private static final String DETAIL = "push";
    private static final String REPLAY = "replay";
    private static final Duration DETAIL_LIMIT = Duration.ofSeconds(3);
    /** A handler may take most of it. */
    private static final Duration REPLAY_LIMIT = Duration.ofSeconds(12);

    /** The journal has them in the order of their answers: a slow one arrived before many that lie before it. */
    private static final Comparator<JournalEntry> LAST_ARRIVED_FIRST = Comparator.comparing(JournalEntry::at)
            .thenComparing(JournalEntry::id)
            .reversed();

    private static final Comparator<Line> NEWEST_FIRST =
            Comparator.comparing(Line::at).thenComparing(Line::id).reversed();

    /** @param live what comes, to any instance */
    List<ApiRoute> all(LiveFeed live) {
        fleet.fleet().answer(DETAIL, question -> here(DETAIL, question));
        fleet.fleet().answer(REPLAY, question -> here(REPLAY, question));
        return Stream.concat(
                        fleet.fleet().routes().stream(),
                        Stream.of(
                                get(PUSHES, OPERATOR, this::list),
                                get(PUSHES + "/live", OPERATOR, live::open),
                                get(PUSH, OPERATOR, this::detail),
                                post(PUSH + "/replay", OPERATOR, this::replay)))
                .toList();
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        ApiFields fields = request.parameters(
                PushFilter.ACCOUNT,
                PushFilter.TYPE,
                PushFilter.OUTCOME,
                PushFilter.OPEN_ID,
                PushFilter.TEXT,
                PushFilter.PUSH,
                PushFilter.AT,
                PushFilter.INSTANCE,
                "until",
                "limit");
        PushFilter filter = PushFilter.of(request, fields);
        Optional<Instant> until =
                fields.text("until").filter(text -> !text.isEmpty()).map(FleetPushRoutes::time);
        long limit = PushList.limit(fields);
        return fleet.told(filter.account(), RecentStream.MOST).map(told -> {
            Stream<Line> others = told.lines().stream()
                    .filter(filter::matches)
                    .filter(line -> until.map(PushSummary.MILLIS::format)
                            .map(last -> line.at().compareTo(last) <= 0)
                            .orElse(true));
            List<Line> lines = Stream.concat(own(filter, until, limit), others)
                    .sorted(NEWEST_FIRST)
                    .limit(limit)
                    .toList();
            ObjectNode answer = JsonNodeFactory.instance
                    .objectNode()
                    .put("self", fleet.fleet().self())
                    .put("complete", told.complete())
                    .put("newest", Math.max(0, journal.newest()))
                    .put("most", journal.most());
            ArrayNode list = answer.putArray("pushes");
            lines.forEach(line -> list.add(line.json()));
            return ApiAnswer.json(answer);
        });
    }

    private Stream<Line> own(PushFilter filter, Optional<Instant> until, long limit) {
        String self = fleet.fleet().self();
        return filter.isOf(self)
                ? journal.newestFirst().stream()
                        .filter(entry -> until.isEmpty() || !entry.at().isAfter(until.get()))
                        .sorted(LAST_ARRIVED_FIRST)
                        .filter(filter::matches) // reads bodies again: of no more than are listed
                        .limit(limit)
                        .map(entry -> Line.of(entry, self))
                : Stream.empty();
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw ApiProblem.badRequest(
                    "\"until\" has to be a time as the list has it, as in 2026-11-20T07:04:05.123Z.");
        }
    }

    private Future<ApiAnswer> detail(ApiRequest request) {
        return there(request, DETAIL, DETAIL_LIMIT);
    }

    private Future<ApiAnswer> replay(ApiRequest request) {
        return there(request, REPLAY, REPLAY_LIMIT);
    }

    private Future<ApiAnswer> there(ApiRequest request, String what, Duration limit) {
        String instance = request.inPath("instance");
        ObjectNode question = JsonNodeFactory.instance
                .objectNode()
                .put("id", JournalEntries.id(request))
                .put("reveal", JournalEntries.isToReveal(request));
        PushReplay.edited(request).ifPresent(xml -> question.put(PushReplay.XML, xml));
        Future<? extends JsonNode> answer = instance.equals(fleet.fleet().self())
                ? here(what, question)
                : fleet.fleet().ask(instance, what, question, limit);
        return answer.map(found -> ApiAnswer.json(((ObjectNode) found).put("instance", instance)));
    }

    private Future<ObjectNode> here(String what, JsonNode question) {
        JournalEntry entry = JournalEntries.find(journal, question.path("id").asLong(-1));
        boolean reveal = question.path("reveal").asBoolean();
        Optional<String> edited =
                Optional.ofNullable(question.path(PushReplay.XML).textValue());
        return what.equals(DETAIL) ? detail.of(entry, reveal) : replay.of(entry, edited, reveal);
    }
}
