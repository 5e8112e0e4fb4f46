package io.weir.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.Registration;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls of menus and tags, each with the body and the answer of the reference. */
class MenuEndpointsTest {
    private static final String OK = "{'errcode':0,'errmsg':'ok'}";
    private static final String CLICK = "{'type':'click','name':'a','key':'K'}";

    private final PlatformAccount account = new Platform(
                    List.of(Registration.of("main", "wx0", "secret", "gh_0")), Clock.systemUTC())
            .accounts()
            .get(0);

    MenuEndpointsTest() {
        account.followers().put(Follower.of("oAlice", "Alice"));
    }

    @Test
    void menusHaveTheirSevenCalls() {
        assertThat(call("/cgi-bin/menu/create", "{'button':[" + CLICK + "]}")).isEqualTo(OK);
        assertThat(call("/cgi-bin/menu/addconditional", "{'button':[" + CLICK + "],'matchrule':{'tag_id':'100'}}"))
                .isEqualTo("{'menuid':'430000002'}");
        assertThat(call("/cgi-bin/menu/get", "")).startsWith("{'menu':{").contains("'menuid':430000002");
        assertThat(call("/cgi-bin/menu/trymatch", "{'user_id':'alice'}"))
                .isEqualTo("{'button':[{'type':'click','name':'a','key':'K','sub_button':[]}]}");
        assertThat(call("/cgi-bin/menu/delconditional", "{'menuid':'430000002'}"))
                .isEqualTo(OK);
        assertThat(call("/cgi-bin/menu/delete", "")).isEqualTo(OK);
        assertThat(call("/cgi-bin/get_current_selfmenu_info", "")).startsWith("{'is_menu_open':0,");
    }

    @Test
    void tagsHaveTheirFiveCalls() {
        assertThat(call("/cgi-bin/tags/create", "{'tag':{'name':'会员'}}")).isEqualTo("{'tag':{'id':100,'name':'会员'}}");
        assertThat(call("/cgi-bin/tags/members/batchtagging", "{'openid_list':['oAlice'],'tagid':100}"))
                .isEqualTo(OK);
        assertThat(call("/cgi-bin/tags/getidlist", "{'openid':'oAlice'}")).isEqualTo("{'tagid_list':[100]}");
        assertThat(call("/cgi-bin/tags/get", "")).isEqualTo("{'tags':[{'id':100,'name':'会员','count':1}]}");
        assertThat(call("/cgi-bin/tags/members/batchuntagging", "{'openid_list':['oAlice'],'tagid':100}"))
                .isEqualTo(OK);
        assertThat(call("/cgi-bin/tags/getidlist", "{'openid':'oAlice'}")).isEqualTo("{'tagid_list':[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "create; ||; 44002",
                "create; {'tag':{'name':7}}; 40035",
                "create; {'tag':'会员'}; 40035",
                "create; {'tag':{'name':'\\u4f1a'}}; 47002",
                "create; {'tag':; 47001",
                "getidlist; {}; 40035",
                "getidlist; {'openid':'oNobody'}; 40003",
                "members/batchtagging; {'openid_list':['oAlice'],'tagid':100}; 45159",
                "members/batchtagging; {'openid_list':['oAlice'],'tagid':'100'}; 45159",
                "members/batchtagging; {'openid_list':[7],'tagid':100}; 40035",
                "members/batchuntagging; {'openid_list':['oAlice']}; 45159",
                "members/batchuntagging; {'tagid':100}; 40035"
            })
    void refusesMalformedBodiesOfTags(String call, String body, int errcode) {
        Refused refused = catchThrowableOfType(Refused.class, () -> call("/cgi-bin/tags/" + call, body));

        assertThat(refused.errcode()).isEqualTo(errcode);
    }

    @Test
    void onlyTheCurrentMenuIsForUnverifiedAccountsToo() {
        Registration unverified = account.registration().verified(false);

        assertThat(calls().filter(call -> call.permitted().test(unverified)).map(ApiCall::path))
                .containsExactly("/cgi-bin/get_current_selfmenu_info");
        assertThat(calls()).allMatch(call -> call.permitted().test(account.registration()));
        assertThat(calls()).allMatch(call -> call.guard() == ApiCall.TokenRule.TOKEN);
    }

    @Test
    void whatOnlyReadsOrDeletesAllIsGet() {
        assertThat(calls().filter(call -> call.method() == ApiCall.Method.GET).map(ApiCall::path))
                .containsExactly(
                        "/cgi-bin/menu/get",
                        "/cgi-bin/menu/delete",
                        "/cgi-bin/get_current_selfmenu_info",
                        "/cgi-bin/tags/get");
    }

    private String call(String path, String body) {
        ApiCall call =
                calls().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
        CallRequest request = new CallRequest(account, Map.of(), Buffer.buffer(body.replace('\'', '"')), List.of());

        CallAnswer answer = call.effect().apply(request);

        return ((CallAnswer.Json) answer).body().toString().replace('"', '\'');
    }

    private static Stream<ApiCall> calls() {
        return Stream.concat(MenuEndpoints.all().stream(), TagEndpoints.all().stream());
    }
}
