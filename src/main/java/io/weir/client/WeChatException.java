package io.weir.client;

import io.weir.wechat.api.ErrorCode;
import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call to WeChat that did not succeed. Expected: no stack trace; the message holds no secret. */
public final class WeChatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 2L;

    private final Kind kind;
    private final @Nullable ErrorCode code;
    private final String errmsg;
    private final @Nullable String rid;
    private final boolean nameUnresolved;
    private final Explanation explanation;

    private WeChatException(Kind kind, String message, @Nullable ErrorCode code, String errmsg, @Nullable String rid) {
        super(message, null, false, false);
        this.nameUnresolved = false;
        this.kind = kind;
        this.code = code;
        this.errmsg = errmsg;
        this.rid = rid;
        this.explanation = code == null ? kind.explanation : Explanation.of(code);
    }

    /** WeChat said no. */
    public static WeChatException refused(ErrorCode code, String errmsg, Optional<String> rid) {
        return new WeChatException(Kind.REFUSED, (code.code() + " " + errmsg).strip(), code, errmsg, rid.orElse(null));
    }

    /** WeChat said no earlier, and nothing has changed since. */
    public static WeChatException stopped(String message, WeChatException earlier) {
        return new WeChatException(Kind.STOPPED, message, earlier.code, earlier.errmsg, earlier.rid);
    }

    private WeChatException(Kind kind, String message, Explanation explanation, boolean nameUnresolved) {
        super(message, null, false, false);
        this.kind = kind;
        this.code = null;
        this.errmsg = "";
        this.rid = null;
        this.nameUnresolved = nameUnresolved;
        this.explanation = explanation;
    }

    /** No connection, since the name of WeChat's API led to no address. */
    static WeChatException nameUnresolved(String message) {
        return new WeChatException(Kind.UNREACHABLE, message, Kind.UNREACHABLE.explanation, true);
    }

    /** No usable answer. */
    public static WeChatException of(Kind kind, String message) {
        return new WeChatException(kind, message, null, "", null);
    }

    /** No usable answer, where there is more to say than the kind says. */
    public static WeChatException of(Kind kind, String message, Explanation explanation) {
        return new WeChatException(kind, message, explanation, false);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether there was no connection because the name of WeChat's API led to no address. */
    public boolean isNameUnresolved() {
        return nameUnresolved;
    }

    /** What it means and what helps: that of WeChat's code where there is one. */
    public Explanation explanation() {
        return explanation;
    }

    /** WeChat's code; only of {@link Kind#REFUSED} and {@link Kind#STOPPED}. */
    public Optional<ErrorCode> code() {
        return Optional.ofNullable(code);
    }

    /** WeChat's own words, shortened and without secrets; empty when it said nothing. */
    public String errmsg() {
        return errmsg;
    }

    /** The id under which WeChat explains the request, when it gave one. */
    public Optional<String> rid() {
        return Optional.ofNullable(rid);
    }

    /** What a failure means and what the operator can do, in both languages of the users; whole sentences. */
    public record Explanation(String meaning, String remedy, String chineseMeaning, String chineseRemedy)
            implements Serializable {

        private static Explanation of(ErrorCode code) {
            return new Explanation(code.meaning(), code.remedy(), code.chineseMeaning(), code.chineseRemedy());
        }

        /** One line of English. */
        public String english() {
            return meaning + " " + remedy;
        }

        /** One line of Chinese. */
        public String chinese() {
            return chineseMeaning + chineseRemedy;
        }
    }

    /** How a call can fail. */
    public enum Kind {
        /** An error code came. */
        REFUSED("WeChat has refused the call.", "See errmsg.", "微信拒绝了该调用。", "请查看 errmsg。"),
        /** No connection: the call was not executed. */
        UNREACHABLE(
                "There was no connection to WeChat, or no access_token to call it with; the call was not made.",
                "Check DNS, firewall, proxy and wechat.baseUri; weir doctor checks them one by one.",
                "无法连接微信，或没有可用的 access_token；该调用未发出。",
                "请检查 DNS、防火墙、代理和 wechat.baseUri；weir doctor 会逐项检查。"),
        /** The connection ended or the time was over after the request had been sent: it may have been executed. */
        NO_ANSWER(
                "WeChat has not answered in time; the call may have been executed.",
                "Look whether it was executed before making it again; if it lasts, raise wechat.timeout or check the network.",
                "微信未在限定时间内应答；该调用可能已执行。",
                "重新调用前请确认是否已执行；若持续出现，请调大 wechat.timeout 或检查网络。"),
        /** What came is not an answer of WeChat's: HTTP status, HTML, cut JSON. It may have been executed. */
        GARBAGE(
                "What came is not an answer of WeChat's; the call may have been executed.",
                "A proxy may have answered in WeChat's place: check wechat.baseUri. If it lasts for minutes, WeChat is disturbed.",
                "收到的内容不是微信的应答；该调用可能已执行。",
                "可能是代理代替微信作了应答：请检查 wechat.baseUri。若持续数分钟，则是微信侧异常。"),
        /** Our own budget for this call is used up: not sent. */
        OVER_BUDGET(
                "WeChat's quota for this call is used up, as Weir counts it; the call was not made.",
                "Wait until the quota begins anew (daily ones at midnight in China), or find out who makes so many calls.",
                "按 Weir 的统计，该接口的调用配额已用完；该调用未发出。",
                "请等待配额恢复（每日配额在北京时间零点重置），或查明是谁在大量调用。"),
        /** An earlier answer forbids this call for a while; {@link #code} is that of the earlier one: not sent. */
        STOPPED(
                "An earlier answer of WeChat's forbids this call for a while; it was not made.",
                "Mend what the earlier answer was about.",
                "微信先前的应答表明暂时不能进行该调用；该调用未发出。",
                "请先解决先前应答所指出的问题。");

        @SuppressWarnings("ImmutableEnumChecker") // a record of texts
        private final Explanation explanation;

        Kind(String meaning, String remedy, String chineseMeaning, String chineseRemedy) {
            this.explanation = new Explanation(meaning, remedy, chineseMeaning, chineseRemedy);
        }
    }
}
