package io.weir.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.config.AccountConfig;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Tells which accounts there are, without their secrets. */
record AccountList(Supplier<List<AccountConfig>> accounts) implements ApiRoute.Effect {
    @Override
    public Future<ApiAnswer> answer(ApiRequest request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("accounts");
        accounts.get()
                .forEach(account -> list.addObject()
                        .put("name", account.name())
                        .put("mode", word(account.mode()))
                        .put("tokenMode", word(account.tokenMode()))
                        .put("testAccount", account.testAccount()));
        return Future.succeededFuture(ApiAnswer.json(answer));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
