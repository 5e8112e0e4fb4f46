package io.weir.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.WeChatException;
import io.weir.wechat.api.ErrorCode;
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
        FailureWords words = FailureWords.of(failure.kind());
        return new ApiProblem(words.status(), words.title(), detail, members(failure));
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
        failure.code()
                .ifPresentOrElse(
                        code -> explain(members, code),
                        () -> FailureWords.of(failure.kind()).explain(members));
        return members;
    }

    private static void explain(ObjectNode members, ErrorCode code) {
        members.put("meaning", code.meaning())
                .put("remedy", code.remedy())
                .put("meaningZh", code.chineseMeaning())
                .put("remedyZh", code.chineseRemedy());
    }

    private static String message(WeChatException failure) {
        return String.valueOf(failure.getMessage());
    }
}
