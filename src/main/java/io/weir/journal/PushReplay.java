package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.dispatch.Outcome;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.journal.Replays.Replayed;
import io.weir.journal.ReplyView.Line;
import io.weir.wechat.codec.PushExplanation;
import io.weir.wechat.message.Push;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Has a push handled once more and compares what is answered now with what was. */
final class PushReplay implements ApiRoute.Effect {
    static final int MAX_AT_ONCE = 5;
    static final String XML = "xml";

    private final Journal journal;
    private final Replays replays;
    private final AnswerOwners answers;
    private final AtomicInteger underWay = new AtomicInteger();

    PushReplay(Journal journal, Replays replays, AnswerOwners answers) {
        this.journal = journal;
        this.replays = replays;
        this.answers = answers;
    }

    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        boolean reveal = JournalEntries.isToReveal(request);
        return of(JournalEntries.find(journal, request), edited(request), reveal)
                .map(ApiAnswer::json);
    }

    /** What is to be handled in place of the push as it came. */
    static Optional<String> edited(ApiRequest request) {
        return request.fields(XML).text(XML);
    }

    Future<ObjectNode> of(JournalEntry came, Optional<String> edited, boolean reveal) {
        if (came.received().isEmpty() || came.refusal().isPresent()) {
            throw ApiProblem.of(
                    409, "There is no push to handle again", "Only what the push port has accepted as a push can be.");
        }
        JournalEntry entry = edited.map(xml -> edited(came, xml)).orElse(came);
        if (underWay.incrementAndGet() > MAX_AT_ONCE) {
            underWay.decrementAndGet();
            throw ApiProblem.of(
                    429,
                    "Too many replays at once",
                    "There may be " + MAX_AT_ONCE + " under way: wait for one of them.");
        }
        return replays.again(entry)
                .onComplete(ended -> underWay.decrementAndGet())
                .map(replayed -> json(entry, replayed, reveal));
    }

    private JournalEntry edited(JournalEntry came, String xml) {
        return journal.edited(came, xml)
                .orElseThrow(() ->
                        ApiProblem.badRequest("\"" + XML + "\" has to be a push: the XML that WeChat would send."));
    }

    private ObjectNode json(JournalEntry entry, Replayed replayed, boolean reveal) {
        Push push = entry.received().orElseThrow().push();
        PushExplanation again = PushExplanation.of(
                entry.request().account(),
                entry.request().query(),
                entry.request().body(),
                Optional.empty());
        ReplyView view = answers.view(push, again, reveal);
        String before = entry.outcome().flatMap(Outcome::text).orElse("");
        ArrayNode differences = differences(view.lines(before), view.lines(replayed.text()));
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("replayed", true)
                .put("before", view.text(before))
                .put("after", view.text(replayed.text()))
                .put("same", differences.isEmpty());
        json.set("diff", differences);
        return json.put("micros", TimeUnit.NANOSECONDS.toMicros(replayed.took().toNanos()))
                .put("outcome", replayed.kind().label());
    }

    /** Line by line; also where the mask hides what differs. */
    private static ArrayNode differences(List<Line> before, List<Line> after) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            Optional<Line> one = i < before.size() ? Optional.of(before.get(i)) : Optional.empty();
            Optional<Line> other = i < after.size() ? Optional.of(after.get(i)) : Optional.empty();
            boolean time = one.filter(Line::isOfTime).isPresent()
                    && other.filter(Line::isOfTime).isPresent();
            if (!time && !one.map(Line::real).equals(other.map(Line::real))) {
                list.addObject()
                        .put("line", i + 1)
                        .put("before", one.map(Line::shown).orElse(""))
                        .put("after", other.map(Line::shown).orElse(""));
            }
        }
        return list;
    }
}
