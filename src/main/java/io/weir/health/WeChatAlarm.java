package io.weir.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.health.HealthProblems.Words;
import io.weir.health.OverviewCounts.Alarm;
import java.util.Locale;
import java.util.Optional;

/**
 * The alarms (接口报警) that WeChat raises when pushes fail too often within five minutes, in WeChat's own words (alarms-and-formats.md).
 * DNS失败 and DNS超时 cannot be seen from here.
 */
enum WeChatAlarm {
    REQUEST_TIMEOUT(
            "请求超时",
            "WeChat got no answer within 5 s, or a push was left unanswered on purpose (late: retry). Look at the late pushes, then at"
                    + " their handlers and backends: \"Answers are slow\" in the runbook.",
            "微信在 5 秒内没有得到应答，或推送被有意留着不答（late: retry）。请查看超时的推送，再查看其处理器和后端：运行手册「应答缓慢」。"),
    BAD_ANSWER(
            "回应失败",
            "Requests got another status than 200, mostly 403. Forged requests count here and not at WeChat. Look at the refusals by"
                    + " cause: Token, EncodingAESKey, mode or clock may differ from WeChat's.",
            "请求得到的状态不是 200，多为 403。伪造的请求在这里计入，微信不计。请按原因查看被拒绝的请求：Token、EncodingAESKey、加密模式或时钟可能与微信不一致。"),
    CONNECT_TIMEOUT(
            "连接超时",
            "Connections to the push port were turned away, or waited too long before they were accepted: \"Overload\" in the runbook."
                    + " Firewall and balancer come before that.",
            "到推送端口的连接被拒绝，或等待接受的时间过长：运行手册「过载」。更前面还有防火墙和负载均衡器。");

    /** WeChat's own for each kind; the account may set others, which cannot be asked for. */
    static final int THRESHOLD = 30;

    /** From here on somebody should look. */
    static final int NEAR = THRESHOLD / 2;

    private static final String BLOCKED = " After many failures WeChat pushes nothing for a minute (MarkFail, 自动屏蔽).";
    private static final String CHINESE_BLOCKED = "失败过多时，微信会停止推送一分钟（MarkFail，自动屏蔽）。";

    private final String name;
    private final String remedy;
    private final String chineseRemedy;

    WeChatAlarm(String name, String remedy, String chineseRemedy) {
        this.name = name;
        this.remedy = remedy;
        this.chineseRemedy = chineseRemedy;
    }

    /** The row of a kind that is near its threshold or has reached it; empty below. */
    static Optional<ObjectNode> row(Alarm alarm, long failures) {
        String wanted = alarm.kind().toUpperCase(Locale.ROOT);
        for (WeChatAlarm each : values()) {
            if (each.name().equals(wanted) && failures >= NEAR) {
                return Optional.of(each.json(alarm, failures));
            }
        }
        return Optional.empty();
    }

    private ObjectNode json(Alarm alarm, long failures) {
        boolean reached = failures >= THRESHOLD;
        boolean anyAccount = alarm.account().equals(OverviewCounts.ALL);
        Words words = new Words(
                (reached ? "WeChat's threshold for the alarm " : "WeChat's alarm ") + name
                        + (reached ? " is reached" : " is near") + (anyAccount ? "" : " for " + alarm.account()) + ": "
                        + failures + " failures within 5 minutes; WeChat's default is " + THRESHOLD
                        + ", the account may have set another.",
                remedy + BLOCKED,
                (anyAccount ? "" : alarm.account() + "：") + (reached ? "已达到微信接口报警「" : "接近微信接口报警「") + name
                        + "」的阈值：5 分钟内失败 " + failures + " 次；微信默认 " + THRESHOLD + " 次，公众号可另设。",
                chineseRemedy + CHINESE_BLOCKED);
        ObjectNode json = Json.object()
                .put("code", "ALARM_" + name())
                .put("reason", "alarm")
                .put("level", reached ? "bad" : "warn")
                .put("alarm", name)
                .put("failures", failures)
                .put("threshold", THRESHOLD);
        if (!anyAccount) {
            json.put("account", alarm.account());
        }
        return words.addTo(json);
    }
}
