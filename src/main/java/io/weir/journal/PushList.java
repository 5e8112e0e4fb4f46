package io.weir.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;

/** Lists the last requests at the push port, the newest first. */
record PushList(Journal journal) implements ApiRoute.Effect {
    private static final long DEFAULT_LIMIT = 50;

    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        ApiFields fields = request.parameters(
                PushFilter.ACCOUNT,
                PushFilter.TYPE,
                PushFilter.OUTCOME,
                PushFilter.OPEN_ID,
                PushFilter.TEXT,
                PushFilter.PUSH,
                PushFilter.AT,
                "before",
                "limit");
        PushFilter filter = PushFilter.of(request, fields);
        long before = number(fields, "before", Long.MAX_VALUE, Long.MAX_VALUE);
        long limit = limit(fields);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("pushes");
        journal.newestFirst().stream()
                .filter(entry -> entry.id() < before && filter.matches(entry))
                .limit(limit)
                .forEach(entry -> list.add(PushSummary.json(entry)));
        return Future.succeededFuture(ApiAnswer.json(answer));
    }

    /** How many are asked for. */
    static long limit(ApiFields fields) {
        return number(fields, "limit", DEFAULT_LIMIT, Journal.MAX_ENTRIES);
    }

    /** A whole number from 1 to {@code most}. */
    static long number(ApiFields fields, String name, long otherwise, long most) {
        String text = fields.text(name).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,16}") || Long.parseLong(text) > most || text.equals("0")) {
            throw ApiProblem.badRequest("\"" + name + "\" has to be a whole number from 1"
                    + (most == Long.MAX_VALUE ? "" : " to " + most) + ".");
        }
        return Long.parseLong(text);
    }
}
