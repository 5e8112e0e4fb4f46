package io.weir.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Explanation;
import java.util.Locale;

/**
 * Tells operators of a call to WeChat that did not succeed: what WeChat said, in its own words, and what that means and what
 * helps, in both languages.
 */
public final class WeChatFailure {
    private WeChatFailure() {}

    /** As the answer to a request; the status says whose turn it is. */
    public static ApiProblem problem(WeChatException failure) {
        return problem(failure, message(failure));
    }

    /** The same in other words. */
    public static ApiProblem problem(WeChatException failure, String detail) {
        return switch (failure.kind()) {
            case REFUSED -> problem(502, "WeChat has refused the call", failure, detail);
            case UNREACHABLE -> problem(502, "WeChat cannot be reached", failure, detail);
            case NO_ANSWER -> problem(504, "WeChat has not answered", failure, detail);
            case GARBAGE -> problem(502, "WeChat's answer is not understood", failure, detail);
            case OVER_BUDGET -> problem(429, "The budget for this call is used up", failure, detail);
            case STOPPED -> problem(503, "The call is stopped for a while", failure, detail);
        };
    }

    private static ApiProblem problem(int status, String title, WeChatException failure, String detail) {
        return new ApiProblem(status, title, detail, members(failure));
    }

    /** As a part of another answer. */
    public static ObjectNode json(WeChatException failure) {
        return members(failure).put("message", message(failure));
    }

    private static ObjectNode members(WeChatException failure) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        members.put("kind", failure.kind().name().toLowerCase(Locale.ROOT));
        failure.code().ifPresent(code -> members.put("errcode", code.code()).put("errmsg", failure.errmsg()));
        failure.rid().ifPresent(rid -> members.put("rid", rid));
        Explanation explanation = failure.explanation();
        return members.put("meaning", explanation.meaning())
                .put("remedy", explanation.remedy())
                .put("meaningZh", explanation.chineseMeaning())
                .put("remedyZh", explanation.chineseRemedy());
    }

    private static String message(WeChatException failure) {
        return String.valueOf(failure.getMessage());
    }
}
