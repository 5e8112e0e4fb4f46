package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.dispatch.HandlerTimes;
import io.weir.dispatch.HandlerTimes.Failed;
import io.weir.dispatch.Late;
import io.weir.dispatch.Outcome.Kind;
import io.weir.dispatch.OutcomeCounters;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.rules.ReplyRules;
import io.weir.rules.Rule;
import io.weir.wechat.message.PushType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tells for each account and kind of push who answers it, by which rules, and how it goes at this instance.
 *
 * @param accounts their names
 */
public record AnswerList(List<String> accounts, AnswerOwners answers, OutcomeCounters outcomes, HandlerTimes times)
        implements ApiRoute.Effect {
    private static final String DEFAULT = "default";
    private static final int MAX_RULES = 500;

    public AnswerList {
        accounts = List.copyOf(accounts);
    }

    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("accounts");
        for (String account : accounts) {
            ArrayNode types = list.addObject().put("name", account).putArray("types");
            ReplyRules rules = answers.rules().apply(account);
            PushType.all().forEach(type -> describe(types.addObject(), account, type, rules.rules(type)));
        }
        return Future.succeededFuture(ApiAnswer.json(answer));
    }

    private void describe(ObjectNode json, String account, PushType<?> type, List<Rule> rules) {
        List<String> keys = rules.stream().map(Rule::key).toList();
        List<String> named = keys.stream().filter(key -> !key.equals(DEFAULT)).toList();
        json.put("type", type.wireName())
                .put("handler", answers.handlerOf(account, type))
                .put("late", word(answers.late().getOrDefault(type, Late.SUCCESS)));
        ArrayNode custom = json.putArray("customKeys");
        answers.customKeys(account, type).stream().limit(MAX_RULES).forEach(custom::add);
        ArrayNode shown = json.putArray("rules");
        named.stream().limit(MAX_RULES).forEach(shown::add);
        json.put("ruleCount", named.size()).put(DEFAULT, keys.contains(DEFAULT));
        json.put("count", count(account, type, Kind.values()))
                .put("replies", count(account, type, Kind.REPLY))
                .put("failed", count(account, type, Kind.FAILED, Kind.UNHANDLED))
                .put("lateCount", count(account, type, Kind.LATE));
        times.p99(account, type).ifPresent(p99 -> json.put("p99Millis", p99.toNanos() / 1_000_000.0));
        times.lastFailure(account, type)
                .ifPresent(failed -> json.putObject("lastError")
                        .put("at", PushSummary.MILLIS.format(failed.at()))
                        .put("error", words(failed)));
    }

    private long count(String account, PushType<?> type, Kind... which) {
        return Arrays.stream(which)
                .mapToLong(outcome -> outcomes.counted(account, type, outcome))
                .sum();
    }

    private static String word(Late late) {
        return late.name().toLowerCase(Locale.ROOT);
    }

    /** What came over the bus: the class of what the handler threw, or the bus's own words. */
    private static String words(Failed failed) {
        return PersonalDataMasks.openIds(String.valueOf(failed.cause().getMessage()), failed.push());
    }
}
