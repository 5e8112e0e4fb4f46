package io.weir.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.WeChatException;

/** The status of each kind of failure, and words for those of which WeChat itself said nothing. */
enum FailureWords {
    REFUSED(
            502,
            "WeChat has refused the call",
            "WeChat has refused the call.",
            "See errmsg.",
            "微信拒绝了该调用。",
            "请查看 errmsg。"),
    UNREACHABLE(
            502,
            "WeChat cannot be reached",
            "There was no connection to WeChat, or no access_token to call it with; the call was not made.",
            "Check DNS, firewall, proxy and wechat.baseUri; weir doctor checks them one by one.",
            "无法连接微信，或没有可用的 access_token；该调用未发出。",
            "请检查 DNS、防火墙、代理和 wechat.baseUri；weir doctor 会逐项检查。"),
    NO_ANSWER(
            504,
            "WeChat has not answered",
            "WeChat has not answered in time; the call may have been executed.",
            "Look whether it was executed before making it again; if it lasts, raise wechat.timeout or check the network.",
            "微信未在限定时间内应答；该调用可能已执行。",
            "重新调用前请确认是否已执行；若持续出现，请调大 wechat.timeout 或检查网络。"),
    GARBAGE(
            502,
            "WeChat's answer is not understood",
            "What came is not an answer of WeChat's; the call may have been executed.",
            "A proxy may have answered in WeChat's place: check wechat.baseUri. If it lasts for minutes, WeChat is disturbed.",
            "收到的内容不是微信的应答；该调用可能已执行。",
            "可能是代理代替微信作了应答：请检查 wechat.baseUri。若持续数分钟，则是微信侧异常。"),
    OVER_BUDGET(
            429,
            "The budget for this call is used up",
            "WeChat's quota for this call is used up, as Weir counts it; the call was not made.",
            "Wait until the quota begins anew (daily ones at midnight in China), or find out who makes so many calls.",
            "按 Weir 的统计，该接口的调用配额已用完；该调用未发出。",
            "请等待配额恢复（每日配额在北京时间零点重置），或查明是谁在大量调用。"),
    STOPPED(
            503,
            "The call is stopped for a while",
            "An earlier answer of WeChat's forbids this call for a while; it was not made.",
            "Mend what the earlier answer was about.",
            "微信先前的应答表明暂时不能进行该调用；该调用未发出。",
            "请先解决先前应答所指出的问题。");

    private final int status;
    private final String title;
    private final String meaning;
    private final String remedy;
    private final String chineseMeaning;
    private final String chineseRemedy;

    FailureWords(int status, String title, String meaning, String remedy, String chineseMeaning, String chineseRemedy) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
        this.chineseMeaning = chineseMeaning;
        this.chineseRemedy = chineseRemedy;
    }

    static FailureWords of(WeChatException.Kind kind) {
        return valueOf(kind.name());
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    void explain(ObjectNode members) {
        members.put("meaning", meaning)
                .put("remedy", remedy)
                .put("meaningZh", chineseMeaning)
                .put("remedyZh", chineseRemedy);
    }
}
