package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.dispatch.Backends.Asked;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.RawRequest;
import io.weir.dispatch.once.PushStore;
import io.weir.dispatch.once.PushesInProgress;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.PushExplanation;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.Push;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Shows all that is known of one request.
 *
 * @param times knows how runs failed
 * @param pushUrl where the pushes of an account are sent to
 */
record PushDetail(
        Journal journal,
        PushStore store,
        Clock time,
        AnswerOwners answers,
        HandlerTimes times,
        PushesInProgress inFlight,
        Function<String, URI> pushUrl)
        implements ApiRoute.Effect {
    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        boolean reveal = JournalEntries.isToReveal(request);
        return of(JournalEntries.find(journal, request), reveal).map(ApiAnswer::json);
    }

    Future<ObjectNode> of(JournalEntry entry, boolean reveal) {
        ObjectNode json = describe(entry, reveal);
        return first(entry).map(age -> json.set("attempts", new PushAttempts(journal, entry).json(age)));
    }

    /** How long ago the first attempt came, wherever; without the store the journal still knows those that came here. */
    private Future<Optional<Duration>> first(JournalEntry entry) {
        return entry.received()
                .map(received -> store.find(received.id())
                        .map(found -> found.row().map(row -> Duration.ofMillis(time.millis() - row.firstMillis())))
                        .otherwise(Optional.empty()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private ObjectNode describe(JournalEntry entry, boolean reveal) {
        XmlView view = new XmlView(reveal);
        RawRequest request = entry.request();
        PushExplanation again = PushExplanation.of(request.account(), request.query(), request.body(), entry.refusal());
        ObjectNode json = PushSummary.json(entry, reveal);
        json.set("query", new QueryView(reveal).json(request.query()));
        json.put("raw", reveal ? raw(entry) : again.outer().map(view::xml).orElseGet(() -> hidden(raw(entry))));
        again.decrypted()
                .map(text -> reveal ? text : again.inner().map(view::xml).orElseGet(() -> hidden(text)))
                .ifPresent(text -> json.put("decrypted", text));
        json.set("fields", again.push().map(view::fields).orElseGet(json::objectNode));
        json.set("checks", checks(json.arrayNode(), again));
        json.set("steps", PushSteps.json(entry));
        reply(entry, again, reveal).ifPresent(reply -> json.put("reply", reply));
        if (reveal) {
            json.put("url", pushUrl.apply(request.account().account()) + "?" + request.query());
        }
        entry.way().ifPresent(way -> describeRun(json, entry, reveal));
        entry.received()
                .map(received -> received.push().openId())
                .filter(openId -> !openId.isEmpty())
                .ifPresent(openId ->
                        json.put("person", RecentStream.digest(request.account().appId(), openId)));
        entry.received()
                .map(OpenedPush::push)
                .ifPresent(push -> json.put("handler", handler(push, reveal)).put("own", answers.isOwn(push)));
        entry.pushId().flatMap(id -> answers.backends().last(id.text())).ifPresent(asked -> describe(json, asked));
        return json;
    }

    /** How its run failed, and what became of a reply that came too late. */
    void describeRun(ObjectNode json, JournalEntry entry, boolean reveal) {
        String id = entry.pushId().orElseThrow().text();
        times.failure(id)
                .ifPresent(failure -> json.putObject("failure")
                        .put("type", failure.type())
                        .put(
                                "message",
                                reveal
                                        ? failure.words().orElse("")
                                        : hidden(failure.words().orElse("")))
                        .put("logged", failure.logged()));
        if (entry.kind() == Kind.LATE || entry.kind() == Kind.LAPSED) {
            entry.pushId().flatMap(inFlight::lateReply).ifPresent(became -> json.put("lateReply", became));
        }
    }

    private static void describe(ObjectNode json, Asked asked) {
        ObjectNode backend =
                json.putObject("backend").put("name", asked.backend()).put("outcome", asked.outcome());
        asked.error().ifPresent(error -> backend.put("error", error));
        backend.put("micros", TimeUnit.NANOSECONDS.toMicros(asked.took().toNanos()));
    }

    /** The rule for a message has the name of what its sender said. */
    private String handler(Push push, boolean reveal) {
        return push instanceof Message && !reveal
                ? answers.handlerOf(push.account(), push.type())
                : answers.handlerOf(push);
    }

    private static String raw(JournalEntry entry) {
        return new String(entry.request().body(), StandardCharsets.UTF_8);
    }

    private static String hidden(String text) {
        return text.isEmpty() ? "" : PersonalDataMasks.TEXT;
    }

    private static ArrayNode checks(ArrayNode list, PushExplanation again) {
        for (PushExplanation.Check check : again.checks()) {
            ObjectNode json = list.addObject().put("name", check.cause().label());
            check.ok().ifPresentOrElse(ok -> json.put("ok", ok), () -> json.putNull("ok"));
            json.put("rule", check.rule());
        }
        return list;
    }

    private Optional<String> reply(JournalEntry entry, PushExplanation again, boolean reveal) {
        return entry.received()
                .flatMap(received -> entry.outcome()
                        .flatMap(Outcome::text)
                        .map(text ->
                                answers.view(received.push(), again, reveal).text(text)));
    }
}
