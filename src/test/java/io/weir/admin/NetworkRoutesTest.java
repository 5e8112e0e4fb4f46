package io.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin.Reply;
import io.weir.simulator.Simulator;
import io.weir.simulator.api.ApiFault;
import io.weir.simulator.platform.NetworkAnswers;
import io.weir.wechat.api.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the simulated WeChat. */
@ExtendWith(VertxExtension.class)
class NetworkRoutesTest {
    private static final String IPS = "/api/v1/accounts/main/callback-ips";
    private static final String CHECK = "/api/v1/accounts/main/callback-check";
    private static final String DNS = """
            [{"ip": "192.0.2.10", "real_operator": "UNICOM"}, {"ip": "192.0.2.11", "real_operator": "UNICOM"}]""";
    private static final String PING = """
            [{"ip": "192.0.2.10", "from_operator": "CAP", "package_loss": "0%", "time": "23.079ms"},
             {"ip": "192.0.2.11", "from_operator": "CAP", "package_loss": "0%", "time": "21.434ms"}]""";

    private Simulator wechat;
    private TestAdmin admin;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        WeChatAdmin shop = new WeChatAdmin(vertx);
        wechat = shop.wechat;
        admin = shop.admin;
    }

    @Test
    void asksWeChatEachTimeWhereItsPushesComeFrom() throws Exception {
        assertThat(admin.get(IPS).json())
                .isEqualTo(TestAdmin.parse(
                        "{\"ip_list\": [\"127.0.0.1\", \"203.0.113.7\", \"203.0.113.128/25\", \"2001:db8:1::/48\"]}"));

        wechat.account("main").network(NetworkAnswers.DEFAULT.callbackIps(List.of("203.0.113.9")));

        assertThat(admin.get(IPS).json()).isEqualTo(TestAdmin.parse("{\"ip_list\": [\"203.0.113.9\"]}"));
    }

    @Test
    void letsWeChatCheckItsWayToUs() throws Exception {
        String all = "{\"dns\": " + DNS + ", \"ping\": " + PING + "}";

        assertThat(admin.get(CHECK).json()).isEqualTo(TestAdmin.parse(all));
        assertThat(admin.get(CHECK + "?action=all&operator=UNICOM").json()).isEqualTo(TestAdmin.parse(all));
        assertThat(admin.get(CHECK + "?operator=CHINANET").json()).isEqualTo(TestAdmin.parse(all));
    }

    @Test
    void checksOnlyWhatIsAskedFor() throws Exception {
        assertThat(admin.get(CHECK + "?action=dns").json())
                .isEqualTo(TestAdmin.parse("{\"dns\": " + DNS + ", \"ping\": []}"));
        assertThat(admin.get(CHECK + "?action=ping&operator=CAP").json())
                .isEqualTo(TestAdmin.parse("{\"dns\": [], \"ping\": " + PING + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action=DNS | \"action\" has to be one of dns, ping, all.",
                "action= | \"action\" has to be one of dns, ping, all.",
                "operator=cap | \"operator\" has to be one of CHINANET, UNICOM, CAP, DEFAULT.",
                "check_operator=CAP | The parameter \"check_operator\" is unknown; there are: action, operator.",
                "action=dns&action=dns | The parameter \"action\" is there more than once.",
            })
    void understandsNoOtherParameters(String query, String detail) throws Exception {
        Reply reply = admin.get(CHECK + "?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).isEqualTo(detail);
    }

    @Test
    void handsOnWhatWeChatRefuses() throws Exception {
        wechat.account("main").network(NetworkAnswers.DEFAULT.urlSet(false));
        ErrorCode code = ErrorCode.of(40201);

        Reply reply = admin.get(CHECK);

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().path("kind").asText()).isEqualTo("refused");
        assertThat(reply.json().path("errcode").asInt()).isEqualTo(40201);
        assertThat(reply.json().path("errmsg").asText()).startsWith("invalid url");
        assertThat(reply.json().path("rid").asText()).isNotBlank();
        assertThat(reply.json().path("meaning").asText()).isEqualTo(code.meaning());
        assertThat(reply.json().path("remedyZh").asText()).isEqualTo(code.chineseRemedy());
    }

    @Test
    void waitsForASlowWeChatAndGivesUpInTime() throws Exception {
        wechat.apiFaults().always("/cgi-bin/callback/check", new ApiFault.Hang());

        Reply reply = admin.get(CHECK);

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.json().path("kind").asText()).isEqualTo("no_answer");
    }

    @Test
    void repeatsWithANewTokenWhatWasRefusedWithTheOld() throws Exception {
        admin.get(IPS);
        wechat.platform().exclusively(() -> {
            wechat.account("main").tokens().invalidate();
            return true;
        });

        assertThat(admin.get(IPS).status()).isEqualTo(200);
        assertThat(admin.credentials.issued()).hasSize(2);
        assertThat(admin.bodies()).allSatisfy(body -> assertThat(body).doesNotContain(admin.credentials.issued()));
    }
}
