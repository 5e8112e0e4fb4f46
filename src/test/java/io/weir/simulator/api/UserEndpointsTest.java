package io.weir.simulator.api;

import static io.weir.simulator.api.Calls.json;
import static io.weir.simulator.api.Calls.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.QrCodes.Scene;
import io.weir.simulator.platform.Refused;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UserEndpointsTest {
    private static final String INFO = "/cgi-bin/user/info";
    private static final String LIST = "/cgi-bin/user/get";
    private static final String BATCH = "/cgi-bin/user/info/batchget";
    private static final String REMARK = "/cgi-bin/user/info/updateremark";

    private final Calls calls = new Calls(Stream.concat(UserEndpoints.all().stream(), TagEndpoints.all().stream())
            .toList());

    UserEndpointsTest() {
        calls.account.followers().put(Follower.of("oAlice", "Alice").tagged(101).tagged(100));
        calls.account.followers().put(Follower.of("oGone", "Gone").subscribed(false));
    }

    @Test
    void tellsOfAFollowerWithoutNameAndPicture() {
        assertThat(json(calls.get(INFO, Map.of("openid", "oAlice", "lang", "zh_CN"))))
                .isEqualTo(object("{'subscribe':1,'openid':'oAlice','language':'zh_CN','subscribe_time':1732089600,"
                        + "'remark':'','groupid':0,'tagid_list':[101,100],'subscribe_scene':'ADD_SCENE_SEARCH',"
                        + "'qr_scene':0,'qr_scene_str':''}"));
    }

    @Test
    void tellsBarelyOfSomebodyWhoHasLeftAndNothingOfOthers() {
        assertThat(json(calls.get(INFO, Map.of("openid", "oGone"))))
                .isEqualTo(object("{'subscribe':0,'openid':'oGone'}"));
        assertThat(code(() -> calls.get(INFO, Map.of("openid", "oNobody")))).isEqualTo(40003);
        assertThat(code(() -> calls.get(INFO, Map.of()))).isEqualTo(40003);
    }

    @Test
    void tellsByWhichCodeSomebodyCame() {
        calls.account.followers().cameBy("oAlice", new Scene("4294967295", true));
        assertThat(json(calls.get(INFO, Map.of("openid", "oAlice"))).toString())
                .endsWith("\"ADD_SCENE_QR_CODE\",\"qr_scene\":4294967295,\"qr_scene_str\":\"\"}");

        calls.account.followers().cameBy("oAlice", new Scene("7", false));
        assertThat(json(calls.get(INFO, Map.of("openid", "oAlice"))).toString())
                .endsWith("\"ADD_SCENE_QR_CODE\",\"qr_scene\":0,\"qr_scene_str\":\"7\"}");
    }

    @Test
    void tellsOfAHundredAtOnce() {
        assertThat(json(calls.post(BATCH, "{'user_list':[{'openid':'oGone'},{'openid':'oAlice','lang':'en'}]}"))
                        .path("user_info_list"))
                .hasSize(2)
                .first()
                .isEqualTo(object("{'subscribe':0,'openid':'oGone'}"));

        String tooMany = "{'user_list':[" + String.join(",", Collections.nCopies(101, "{'openid':'oAlice'}")) + "]}";
        assertThat(code(() -> calls.post(BATCH, tooMany))).isEqualTo(40032);
        assertThat(code(() -> calls.post(BATCH, "{'user_list':[]}"))).isEqualTo(40032);
        assertThat(code(() -> calls.post(BATCH, "{'openids':['oAlice']}"))).isEqualTo(40031);
        assertThat(code(() -> calls.post(BATCH, "{'user_list':[{'openid':'oNobody'}]}")))
                .isEqualTo(40003);
    }

    @Test
    void listsThoseWhoFollowInPages() {
        assertThat(json(calls.get(LIST, Map.of())))
                .isEqualTo(object("{'total':1,'count':1,'data':{'openid':['oAlice']},'next_openid':'oAlice'}"));
        assertThat(json(calls.get(LIST, Map.of("next_openid", "oAlice"))))
                .isEqualTo(object("{'total':1,'count':0,'next_openid':''}"));
        assertThat(code(() -> calls.get(LIST, Map.of("next_openid", "oNobody"))))
                .isEqualTo(40003);

        IntStream.range(0, 10_000).forEach(i -> calls.account.followers().put(Follower.of("o" + i, "somebody")));
        assertThat(json(calls.get(LIST, Map.of())).toString())
                .startsWith("{\"total\":10001,\"count\":10000,")
                .endsWith(",\"next_openid\":\"o9998\"}");
    }

    @Test
    void keepsARemark() {
        calls.post(REMARK, "{'openid':'oAlice','remark':'常客'}");

        assertThat(json(calls.get(INFO, Map.of("openid", "oAlice")))
                        .path("remark")
                        .asText())
                .isEqualTo("常客");
        assertThat(code(() -> calls.post(REMARK, "{'openid':'oAlice','remark':'" + "x".repeat(30) + "'}")))
                .isEqualTo(40035);
        assertThat(code(() -> calls.post(REMARK, "{'openid':'oGone','remark':'x'}")))
                .isEqualTo(40003);
    }

    @Test
    void blocksPeopleUntilTheyAreUnblocked() {
        calls.post("/cgi-bin/tags/members/batchblacklist", "{'openid_list':['oAlice']}");

        assertThat(json(calls.post("/cgi-bin/tags/members/getblacklist", "{'begin_openid':''}")))
                .isEqualTo(object("{'total':1,'count':1,'data':{'openid':['oAlice']},'next_openid':'oAlice'}"));
        calls.post("/cgi-bin/tags/members/batchunblacklist", "{'openid_list':['oAlice']}");
        assertThat(json(calls.post("/cgi-bin/tags/members/getblacklist", "{'begin_openid':''}")))
                .isEqualTo(object("{'total':0,'count':0,'next_openid':''}"));
        String tooMany = "{'openid_list':[" + String.join(",", Collections.nCopies(21, "'oAlice'")) + "]}";
        assertThat(code(() -> calls.post("/cgi-bin/tags/members/batchblacklist", tooMany)))
                .isEqualTo(40032);
        assertThat(code(() -> calls.post("/cgi-bin/tags/members/batchblacklist", "{'openid_list':['oNobody']}")))
                .isEqualTo(40003);
    }

    @Test
    void tellsWhoHasATagByEitherMethod() {
        calls.post("/cgi-bin/tags/create", "{'tag':{'name':'会员'}}");

        assertThat(json(calls.post("/cgi-bin/user/tag/get", "{'tagid':100,'next_openid':''}")))
                .isEqualTo(object("{'count':1,'data':{'openid':['oAlice']},'next_openid':'oAlice'}"));
        ApiCall.Method method = calls.line("/cgi-bin/user/tag/get").method();
        List.of("GET", "POST").forEach(method::require);
        calls.post("/cgi-bin/tags/update", "{'tag':{'id':100,'name':'贵宾'}}");
        assertThat(json(calls.get("/cgi-bin/tags/get", Map.of()))
                        .at("/tags/0/name")
                        .asText())
                .isEqualTo("贵宾");
        calls.post("/cgi-bin/tags/delete", "{'tag':{'id':100}}");
        assertThat(code(() -> calls.post("/cgi-bin/user/tag/get", "{'tagid':100}")))
                .isEqualTo(45159);
    }

    private static int code(ThrowingCallable refused) {
        return catchThrowableOfType(Refused.class, refused).errcode();
    }
}
