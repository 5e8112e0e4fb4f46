package io.weir.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.weir.admin.TestAdmin.Reply;
import io.weir.simulator.Simulator;
import io.weir.simulator.SimulatorConfig;
import io.weir.simulator.SimulatorConfig.OfficialAccount;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Registration;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.time.RealTime;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A simulated WeChat with the account {@code main} and an admin port that has its menus. */
final class WeChatAdmin {
    static final String MENU = "/api/v1/accounts/main/menu";
    static final String CLICK = "{\"type\":\"click\",\"name\":\"笑话\",\"key\":\"V1001_SUNCK\"}";
    static final String NEWS = "{\"type\":\"click\",\"name\":\"今日🎉\",\"key\":\"NEWS_今日\"}";
    static final String HOME = "{\"type\":\"view\",\"name\":\"主页\",\"url\":\"https://www.example.com/\"}";

    final Simulator wechat;
    final TestAdmin admin;

    WeChatAdmin(Vertx vertx) throws Exception {
        OfficialAccount account = new OfficialAccount(
                Registration.of("main", "wx0000000000000001", "secretGreen1", "gh_1"),
                new SimulatedAccount(
                        "main", "wx0000000000000001", "pushTokenRed2", Optional.empty(), "gh_1", PushMode.PLAINTEXT),
                URI.create("http://127.0.0.1:1/wx/main"));
        wechat = new Simulator(
                vertx,
                new SimulatorConfig("127.0.0.1", 0, Optional.empty(), List.of(account), false),
                new RealTime(vertx));
        wechat.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        KeptCredentials credentials = new KeptCredentials(() -> wechat.platform()
                .exclusively(() -> wechat.account("main").tokens().fetch().value()));
        admin = TestAdmin.start(vertx, credentials, wechat.baseUri());
    }

    /** From any thread. */
    Reply put(String body) {
        try {
            return admin.ask("PUT", MENU, body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    int tag(String name) {
        return wechat.platform().exclusively(() -> wechat.account("main").tags().create(name));
    }

    /** With an openid as long as WeChat's are. */
    String follower(int tag) {
        String openId = "oAlice0123456789abcdefghijkl";
        return wechat.platform().exclusively(() -> {
            wechat.account("main").followers().put(Follower.of(openId, "Alice").tagged(tag));
            return openId;
        });
    }

    /** A personalised menu; its menuid. */
    String add(String button, int tag) throws Exception {
        return admin.post(MENU + "/conditional", conditional(button, tag))
                .json()
                .path("menuid")
                .asText();
    }

    List<String> menuids() throws Exception {
        return admin.get(MENU + "/conditional").json().path("conditionalmenu").findValuesAsText("menuid");
    }

    /** A menu that was made on the website. */
    void website(String menu) {
        ObjectNode made = (ObjectNode) TestAdmin.parse(menu);
        wechat.platform().exclusively(() -> {
            wechat.account("main").menus().setByConsole(made);
            return true;
        });
    }

    /** How often WeChat was asked. */
    long calls(String name) {
        return wechat.calls().of("main", "/cgi-bin/menu/" + name);
    }

    static String menu(String... buttons) {
        return "{\"button\":[" + String.join(",", buttons) + "]}";
    }

    static String conditional(String button, int tag) {
        return "{\"button\":[" + button + "],\"matchrule\":{\"tag_id\":\"" + tag + "\"}}";
    }
}
