package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.api.ApiCall.Method;
import io.weir.simulator.api.ApiCall.TokenRule;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Tokens.IssuedToken;
import java.util.List;

/** The calls that give tokens and tickets (token-and-server-api.md §1, §2, §7). */
public final class TokenEndpoints {
    private TokenEndpoints() {}

    /** The table. */
    public static List<ApiCall> all() {
        return List.of(
                new ApiCall(
                        Method.GET, "/cgi-bin/token", TokenRule.CREDENTIALS, account -> true, TokenEndpoints::token),
                new ApiCall(
                        Method.POST,
                        "/cgi-bin/stable_token",
                        TokenRule.CREDENTIALS,
                        account -> true,
                        TokenEndpoints::stableToken),
                ApiCall.forAll(Method.GET, "/cgi-bin/ticket/getticket", TokenEndpoints::ticket));
    }

    private static CallAnswer token(CallRequest request) {
        requireGrantType(request.parameter("grant_type").orElse(""));
        return answer(request.account().tokens().fetch());
    }

    private static CallAnswer stableToken(CallRequest request) {
        ObjectNode body = Bodies.json(request);
        requireGrantType(body.path("grant_type").asText());
        boolean forceRefresh = body.path("force_refresh").asBoolean();
        return answer(request.account().tokens().fetchStable(forceRefresh));
    }

    private static CallAnswer ticket(CallRequest request) {
        IssuedToken ticket =
                request.account().tickets().fetch(request.parameter("type").orElse(""));
        return new CallAnswer.Json(JsonNodeFactory.instance
                .objectNode()
                .put("errcode", 0)
                .put("errmsg", "ok")
                .put("ticket", ticket.value())
                .put("expires_in", ticket.expiresIn()));
    }

    private static void requireGrantType(String given) {
        if (!given.equals("client_credential")) {
            throw new Refused(40002, "invalid grant_type");
        }
    }

    private static CallAnswer answer(IssuedToken token) {
        return new CallAnswer.Json(JsonNodeFactory.instance
                .objectNode()
                .put("access_token", token.value())
                .put("expires_in", token.expiresIn()));
    }
}
