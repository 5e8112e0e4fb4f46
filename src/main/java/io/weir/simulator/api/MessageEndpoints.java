package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.POST;

import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import java.util.List;

/** The calls with which an account writes to a person (token-and-server-api.md §8). */
public final class MessageEndpoints {
    private MessageEndpoints() {}

    /** For verified accounts. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.verifiedOnly(POST, "/cgi-bin/message/custom/send", MessageEndpoints::send),
                ApiCall.verifiedOnly(POST, "/cgi-bin/message/custom/typing", MessageEndpoints::typing));
    }

    private static CallAnswer send(CallRequest request) {
        request.account().customerMessages().send(Bodies.json(request));
        return CallAnswer.ok();
    }

    private static CallAnswer typing(CallRequest request) {
        request.account().customerMessages().type(Bodies.json(request));
        return CallAnswer.ok();
    }
}
