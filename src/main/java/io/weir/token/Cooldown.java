package io.weir.token;

import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.WeChatException;
import io.weir.client.WeChatException.Explanation;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.api.Rid;
import java.time.Duration;

/**
 * A time in which nobody shall fetch, since a fetch has failed; with the reason, which all instances can tell then.
 *
 * @param reason as {@link #after} writes it; empty where nothing is to be said
 */
public record Cooldown(Duration length, String reason) {
    /** None at all. */
    public static final Cooldown NONE = new Cooldown(Duration.ZERO, "");

    /** The reason where WeChat gives a credential at each fetch and refuses it within the minute. */
    static final String REFUSED_AT_ONCE = WeChatException.Kind.STOPPED
            + " 0 WeChat refuses each credential soon after it came: probably another system fetches it with the same"
            + " AppSecret; let that one ask Weir, or change the AppSecret";

    private static final Explanation FETCHED_BY_ANOTHER = new Explanation(
            "WeChat refuses each credential soon after it came: probably another system fetches it with the same AppSecret.",
            "Let that system ask Weir for the token, or change the AppSecret.",
            "每次取得的凭证很快就被微信拒绝：很可能另有系统用同一 AppSecret 获取。",
            "请让该系统向 Weir 索取 access_token，或更换 AppSecret。");
    private static final Explanation ELSEWHERE = new Explanation(
            "Another instance could not fetch it, and all wait for a while.",
            "The log of that instance says why; weir doctor checks the way to WeChat.",
            "另一个实例获取失败，所有实例暂停获取。",
            "原因见该实例的日志；weir doctor 会检查到微信的连接。");

    private static final String SEPARATOR = " ";
    private static final int PARTS = 3;

    static Cooldown after(WeChatException failure, Duration length) {
        int code = failure.code().map(ErrorCode::code).orElse(0);
        String words = code == 0 ? String.valueOf(failure.getMessage()) : failure.errmsg();
        return new Cooldown(length, failure.kind() + SEPARATOR + code + SEPARATOR + words);
    }

    /** The failure as an instance tells it that has not seen it itself. */
    static WeChatException failure(String reason, CredentialKind of) {
        String[] parts = reason.split(SEPARATOR, PARTS);
        try {
            int code = Integer.parseInt(parts[1]);
            return code == 0
                    ? untold(WeChatException.Kind.valueOf(parts[0]), parts[2])
                    : told(
                            of == CredentialKind.ACCESS_TOKEN ? ErrorCode.ofCredentialCall(code) : ErrorCode.of(code),
                            parts[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return WeChatException.of(
                    WeChatException.Kind.UNREACHABLE, "another instance cannot fetch it: its log says why", ELSEWHERE);
        }
    }

    private static WeChatException untold(WeChatException.Kind kind, String words) {
        return kind == WeChatException.Kind.STOPPED
                ? WeChatException.of(kind, words, FETCHED_BY_ANOTHER)
                : WeChatException.of(kind, "another instance cannot fetch it: " + words);
    }

    private static WeChatException told(ErrorCode code, String errmsg) {
        WeChatException refusal = WeChatException.refused(code, errmsg, Rid.in(errmsg));
        return WeChatException.stopped("another instance has been told " + refusal.getMessage(), refusal);
    }
}
