package io.weir.client;

import io.weir.client.WeChatException.Kind;
import java.util.Optional;

/** What can be wrong with WeChat's server API as a whole, in the order in which a call meets it; in both languages of the users. */
public enum WeChatFault {
    /** The name of the API's host leads to no address. */
    NAME_UNRESOLVED(
            "The name of WeChat's server API does not resolve.",
            "Check this machine's DNS (/etc/resolv.conf, getent hosts api.weixin.qq.com) and the host in wechat.baseUri.",
            "无法解析微信接口的域名。",
            "请检查本机的 DNS（/etc/resolv.conf、getent hosts api.weixin.qq.com）以及 wechat.baseUri 中的主机名。"),
    /** No connection. */
    UNREACHABLE(
            "There is no connection to WeChat's server API.",
            "Check that this machine may open connections to the host and port of wechat.baseUri: routes, firewall, proxy, TLS.",
            "无法连接到微信接口。",
            "请检查本机能否连接 wechat.baseUri 的主机和端口：路由、防火墙、代理、TLS。"),
    /** The connection is there, and nothing comes. */
    NO_ANSWER(
            "WeChat's server API does not answer in time.",
            "Look whether a proxy or firewall holds the answers back. If WeChat itself is slow, wait, or raise wechat.timeout.",
            "微信接口未在限定时间内应答。",
            "请检查是否有代理或防火墙拦住了应答；若微信本身缓慢，请等待，或调大 wechat.timeout。"),
    /** What comes is not WeChat's. */
    NOT_UNDERSTOOD(
            "What answers in place of WeChat's server API is not WeChat, or WeChat is disturbed.",
            "Check wechat.baseUri and any proxy before it: open it with curl from this machine. If it is WeChat, wait.",
            "应答内容不是微信接口的应答，或微信服务异常。",
            "请检查 wechat.baseUri 以及途中的代理：在本机用 curl 访问它。若确为微信，请等待其恢复。"),
    /** Error code -1. */
    BUSY(
            "WeChat answers that its system is busy (-1).",
            "Wait: Weir repeats the calls that may be repeated. If it lasts for minutes, look for an announcement in WeChat's"
                    + " console.",
            "微信返回系统繁忙（-1）。",
            "请等待：可以重试的调用会由 Weir 自动重试。若持续数分钟，请查看公众平台公告。");

    private final String meaning;
    private final String remedy;
    private final String chineseMeaning;
    private final String chineseRemedy;

    WeChatFault(String meaning, String remedy, String chineseMeaning, String chineseRemedy) {
        this.meaning = meaning;
        this.remedy = remedy;
        this.chineseMeaning = chineseMeaning;
        this.chineseRemedy = chineseRemedy;
    }

    /** What a failed call shows of it; empty where WeChat has answered, or was not asked. */
    static Optional<WeChatFault> of(WeChatException failure) {
        return switch (failure.kind()) {
            case UNREACHABLE -> Optional.of(failure.isNameUnresolved() ? NAME_UNRESOLVED : UNREACHABLE);
            case NO_ANSWER -> Optional.of(NO_ANSWER);
            case GARBAGE -> Optional.of(NOT_UNDERSTOOD);
            case REFUSED -> failure.code().filter(code -> code.code() == -1).map(code -> BUSY);
            case OVER_BUDGET, STOPPED -> Optional.empty();
        };
    }

    /** Whether a failure says that WeChat was asked and has answered. */
    static boolean isAnswer(WeChatException failure) {
        return failure.kind() == Kind.REFUSED;
    }

    public String meaning() {
        return meaning;
    }

    /** What the operator can do. */
    public String remedy() {
        return remedy;
    }

    public String chineseMeaning() {
        return chineseMeaning;
    }

    public String chineseRemedy() {
        return chineseRemedy;
    }
}
