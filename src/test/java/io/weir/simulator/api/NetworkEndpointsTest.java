package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.simulator.platform.NetworkAnswers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class NetworkEndpointsTest {
    private static final String DNS = "\"dns\":[{\"ip\":\"192.0.2.10\",\"real_operator\":\"UNICOM\"},"
            + "{\"ip\":\"192.0.2.11\",\"real_operator\":\"UNICOM\"}]";
    private static final String PING =
            "\"ping\":[{\"ip\":\"192.0.2.10\",\"from_operator\":\"CAP\",\"package_loss\":\"0%\",\"time\":\"23.079ms\"},"
                    + "{\"ip\":\"192.0.2.11\",\"from_operator\":\"CAP\",\"package_loss\":\"0%\",\"time\":\"21.434ms\"}]";

    private TestApi api;

    @BeforeEach
    void start(Vertx vertx) {
        api = TestApi.start(vertx);
    }

    @Test
    void listsAddressesRangesAndIpv6() {
        assertThat(api.get("/cgi-bin/getcallbackip?access_token=" + api.token()).body())
                .isEqualTo("{\"ip_list\":[\"127.0.0.1\",\"203.0.113.7\",\"203.0.113.128/25\",\"2001:db8:1::/48\"]}");
        assertThat(api.get("/cgi-bin/get_api_domain_ip?access_token=" + api.token())
                        .body())
                .isEqualTo("{\"ip_list\":[\"127.0.0.1\",\"198.51.100.7\",\"2001:db8:2::7\"]}");
    }

    @Test
    void listsWhatATestWants() {
        api.account().network(NetworkAnswers.DEFAULT.callbackIps(List.of()));

        assertThat(api.get("/cgi-bin/getcallbackip?access_token=" + api.token()).body())
                .isEqualTo("{\"ip_list\":[]}");
    }

    @Test
    void checksTheNetworkAsAsked() {
        assertThat(check("dns", "DEFAULT")).isEqualTo("{" + DNS + "}");
        assertThat(check("ping", "CAP")).isEqualTo("{" + PING + "}");
        assertThat(check("all", "UNICOM")).isEqualTo("{" + DNS + "," + PING + "}");
    }

    @ParameterizedTest
    @CsvSource({"DNS, DEFAULT, 40202", "'', DEFAULT, 40202", "all, default, 40203", "all, '', 40203"})
    void refusesAnActionOrOperatorThatThereIsNot(String action, String operator, int errcode) {
        assertThat(check(action, operator)).startsWith("{\"errcode\":" + errcode + ",");
    }

    @Test
    void refusesToCheckAnAccountWithoutUrl() {
        api.account().network(NetworkAnswers.DEFAULT.urlSet(false));

        assertThat(check("all", "DEFAULT")).startsWith("{\"errcode\":40201,");
    }

    private String check(String action, String operator) {
        return api.post(
                        "/cgi-bin/callback/check?access_token=" + api.token(),
                        "{\"action\":\"" + action + "\",\"check_operator\":\"" + operator + "\"}")
                .body();
    }
}
