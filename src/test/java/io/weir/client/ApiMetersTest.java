package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.client.WeChatException.Kind;
import io.weir.wechat.api.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiMetersTest {
    private static final Call MENU = Call.get("/cgi-bin/menu/get");

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ApiMeters meters = new ApiMeters(metrics);

    @Test
    void countCallsByWhatCame() {
        meters.ended("main", MENU, 1_000_000, null);
        meters.ended("main", MENU, 1, WeChatException.refused(ErrorCode.of(45011), "slow down", Optional.empty()));
        meters.ended("main", MENU, 1, WeChatException.of(Kind.NO_ANSWER, "nothing"));

        assertThat(metrics.scrape())
                .contains(
                        "weir_api_calls_total{account=\"main\",call=\"/cgi-bin/menu/get\",errcode=\"0\"} 1.0",
                        "weir_api_calls_total{account=\"main\",call=\"/cgi-bin/menu/get\",errcode=\"45011\"} 1.0",
                        "weir_api_calls_total{account=\"main\",call=\"/cgi-bin/menu/get\",errcode=\"no_answer\"} 1.0",
                        "weir_api_call_seconds_count{call=\"/cgi-bin/menu/get\"} 3");
    }

    @Test
    void haveABoundWhateverOthersCall() {
        for (int path = 0; path < 1_000; path++) {
            for (int code = 1; code <= 10; code++) {
                WeChatException refused =
                        WeChatException.refused(ErrorCode.of(50_000 + path * 10 + code), "no", Optional.empty());
                meters.ended("main", Call.get("/cgi-bin/p" + path), 1, refused);
            }
        }

        assertThat(metrics.scrape().lines().filter(line -> line.startsWith("weir_api_calls_total{")))
                .hasSizeLessThanOrEqualTo(5_001)
                .anyMatch(line -> line.contains("call=\"other\",errcode=\"other\""));
        assertThat(metrics.scrape().lines().filter(line -> line.startsWith("weir_api_call_seconds_count{")))
                .hasSize(101);
    }
}
