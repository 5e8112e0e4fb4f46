package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.POST;

import java.util.List;

/** The calls with which an account writes to a person (token-and-server-api.md §8). */
public final class MessageCalls {
    private MessageCalls() {}

    /** For verified accounts. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.verifiedOnly(POST, "/cgi-bin/message/custom/send", MessageCalls::send),
                ApiCall.verifiedOnly(POST, "/cgi-bin/message/custom/typing", MessageCalls::typing));
    }

    private static ApiAnswer send(ApiRequest request) {
        request.account().customerMessages().send(Bodies.json(request));
        return ApiAnswer.ok();
    }

    private static ApiAnswer typing(ApiRequest request) {
        request.account().customerMessages().type(Bodies.json(request));
        return ApiAnswer.ok();
    }
}
