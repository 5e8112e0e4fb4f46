package io.weir.admin;

import static io.weir.admin.WeChatAdmin.HOME;
import static io.weir.admin.WeChatAdmin.MENU;
import static io.weir.admin.WeChatAdmin.NEWS;
import static io.weir.admin.WeChatAdmin.conditional;
import static io.weir.admin.WeChatAdmin.menu;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.admin.TestAdmin.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The routes of personalised menus, whole files and looks, against the simulated WeChat. */
@ExtendWith(VertxExtension.class)
class PersonalisedMenuRoutesTest {
    private WeChatAdmin shop;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        shop = new WeChatAdmin(vertx);
    }

    @Test
    void validatesBodiesAndFilesWithoutWeChat() throws Exception {
        Reply body = shop.admin.post(MENU + "/validate", menu("{\"type\":\"click\",\"name\":\"今日动态好\",\"key\":\"A\"}"));
        Reply yaml = shop.admin.post(MENU + "/validate", "button:\n  - { type: click, name: 今日动态动态好, key: A }\n");
        Reply picture = shop.admin.post(
                MENU + "/validate", "button:\n  - { type: media_id, name: 图, image: ../../etc/passwd }\n");

        assertThat(body.status()).isEqualTo(200);
        assertThat(body.json().path("warnings").asInt()).isEqualTo(1);
        assertThat(yaml.status()).isEqualTo(422);
        assertThat(yaml.json().path("violations").path(0).path("line").asInt()).isEqualTo(2);
        assertThat(picture.status()).isEqualTo(422);
        assertThat(picture.text()).contains("a file cannot be sent with a menu").doesNotContain("passwd");
        assertThat(shop.calls("get")).isZero();
    }

    @Test
    void tellsWhatAFileSaysInItsOrderAlsoWhereItBreaksRules() throws Exception {
        String file = """
                # comments are not told
                conditional:
                  vip: { button: [{ type: view, name: "", url: "https://www.example.com/" }], matchrule: { tag: 会员 } }
                  "7": { button: [{ type: click, name: 安卓, key: A }], matchrule: { client_platform_type: "2" } }
                button: [{ name: 更多, sub_button: [{ type: click, name: 新, key: A }] }]
                """;

        Reply broken = shop.admin.post(MENU + "/validate", file);
        Reply valid = shop.admin.post(MENU + "/validate", file.replace("\"\"", "会员"));

        assertThat(broken.status()).isEqualTo(422);
        assertThat(broken.json().at("/menus/conditional").findValuesAsText("name"))
                .startsWith("vip")
                .contains("7");
        assertThat(valid.status()).isEqualTo(200);
        assertThat(valid.json().at("/menus/conditional/1/name").asText()).isEqualTo("7");
        assertThat(valid.json().at("/menus/conditional/0/matchrule/tag").asText())
                .isEqualTo("会员");
        assertThat(valid.json().at("/menus/button/0/sub_button/0/key").asText()).isEqualTo("A");
        assertThat(valid.json().path("yaml").asText())
                .startsWith("conditional:\n  vip:\n    button:\n      - type: view\n")
                .contains("  \"7\":\n", "matchrule:\n      client_platform_type: \"2\"\n")
                .doesNotContain("#");
    }

    @Test
    void showsTheMenuInForceWhoeverMadeIt() throws Exception {
        shop.website("""
                {"button":[{"name":"更多","sub_button":[
                  {"type":"text","name":"客服","value":"你好"},{"type":"img","name":"图","value":"sample-image"}]}]}""");

        JsonNode current = shop.admin.get(MENU + "/current").json();

        assertThat(current.path("open").asBoolean()).isTrue();
        assertThat(current.at("/buttons/0/buttons/0/value").asText()).isEqualTo("你好");
        assertThat(current.at("/buttons/0/buttons").findValuesAsText("type")).containsExactly("text", "img");
        assertThat(current.has("menu")).isFalse();
    }

    @Test
    void matchesByTheRulesAndAsWeChatTells() throws Exception {
        shop.admin.ask("PUT", MENU, menu(NEWS));
        int tag = shop.tag("会员");
        String openId = shop.follower(tag);
        shop.add(HOME, tag);

        JsonNode named = shop.admin.get(MENU + "/match?tag=" + encoded("会员")).json();
        JsonNode followed =
                shop.admin.get(MENU + "/match?platform=ios&user=" + openId).json();
        Reply unknown = shop.admin.get(MENU + "/match?tag=" + encoded("无"));

        assertThat(named.at("/local/matchrule/tag_id").asText()).isEqualTo(String.valueOf(tag));
        assertThat(named.has("trymatch")).isFalse();
        assertThat(followed.path("tags").path(0).asText()).isEqualTo(String.valueOf(tag));
        assertThat(followed.path("same").asBoolean()).isTrue();
        assertThat(followed.at("/trymatch/button/0/name").asText()).isEqualTo("主页");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("detail").asText()).isEqualTo("the account has no tag \"无\"; it has: 会员.");
        assertThat(shop.admin.get(MENU + "/match").status()).isEqualTo(400);
        assertThat(shop.admin.get(MENU + "/match?platform=windows").status()).isEqualTo(400);
    }

    @Test
    void addsAndDeletesOnePersonalisedMenu() throws Exception {
        shop.admin.ask("PUT", MENU, menu(NEWS));

        Reply added = shop.admin.post(MENU + "/conditional", conditional(HOME, 102));
        String first = added.json().path("menuid").asText();
        String twin = shop.add(HOME, 102);
        Reply deleted = shop.admin.ask("DELETE", MENU + "/conditional/" + first, "");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("backup").asText()).isNotBlank();
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(shop.menuids()).containsExactly(twin);
        assertThat(shop.admin.ask("DELETE", MENU + "/conditional/" + first, "").status())
                .isEqualTo(404);
    }

    @Test
    void judgesAPersonalisedMenuTogetherWithThoseThatAreLive() throws Exception {
        Reply withoutDefault = shop.admin.post(MENU + "/conditional", conditional(HOME, 102));
        shop.admin.ask("PUT", MENU, menu(NEWS));
        for (int site = 1; site <= 3; site++) {
            shop.add(HOME.replace("www.", site + "."), 100 + site);
        }
        Reply fourthDomain = shop.admin.post(MENU + "/conditional", conditional(HOME, 102));
        Reply withdrawn = shop.admin.post(
                MENU + "/conditional", conditional(HOME, 102).replace("\"tag_id\":\"102\"", "\"sex\":\"1\""));

        assertThat(withoutDefault.json().at("/violations/0/errcode").asInt()).isEqualTo(65303);
        assertThat(fourthDomain.json().at("/violations/0/errcode").asInt()).isEqualTo(65316);
        assertThat(withdrawn.json().at("/violations/0/errcode").asInt()).isEqualTo(65320);
        for (Reply reply : List.of(withoutDefault, fourthDomain, withdrawn)) {
            assertThat(reply.status()).isEqualTo(422);
        }
    }

    @Test
    void appliesAWholeFileWithTagsByName() throws Exception {
        int tag = shop.tag("会员");
        String file = """
                button:
                  - { type: click, name: 今日, key: NEWS }
                conditional:
                  vip:
                    button:
                      - { type: view, name: 会员, url: "https://www.example.com/vip" }
                    matchrule: { tag: 会员 }
                """;

        Reply plan = shop.admin.post(MENU + "/file/plan", file);
        Reply put = shop.admin.ask("PUT", MENU + "/file", file, "If-Match", plan.header("etag"));
        Reply pulled = shop.admin.get(MENU + "/file");
        Reply again = shop.admin.post(MENU + "/file/plan", pulled.text());
        Reply unknown = shop.admin.ask("PUT", MENU + "/file", file.replace("tag: 会员", "tag: 会圆"));

        assertThat(plan.json().path("conditional").findValuesAsText("change")).contains("added");
        assertThat(put.status()).isEqualTo(200);
        assertThat(shop.admin
                        .get(MENU)
                        .json()
                        .at("/conditionalmenu/0/matchrule/tag_id")
                        .asText())
                .isEqualTo(String.valueOf(tag));
        assertThat(pulled.header("content-type")).isEqualTo("application/yaml; charset=utf-8");
        assertThat(pulled.text()).contains("tag: 会员");
        assertThat(again.json().path("changes").asBoolean()).isFalse();
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().at("/violations/0/path").asText()).isEqualTo("conditional.vip.matchrule.tag");
    }

    @Test
    void rollsBack() throws Exception {
        shop.admin.ask("PUT", MENU, menu(NEWS));
        shop.admin.ask("PUT", MENU, menu(HOME));

        JsonNode backups = shop.admin.get(MENU + "/backups").json().path("backups");
        Reply plan = shop.admin.post(MENU + "/rollback/plan", "");
        Reply done = shop.admin.ask("POST", MENU + "/rollback", "", "If-Match", plan.header("etag"));
        Reply toNothing = shop.admin.post(
                MENU + "/rollback", "{\"to\":\"" + backups.path(1).path("id").asText() + "\"}");
        Reply unknown = shop.admin.post(MENU + "/rollback", "{\"to\":\"1999\"}");

        assertThat(backups.findValuesAsText("summary")).containsExactly("1 button, 0 personalised menus", "no menu");
        assertThat(plan.json().path("changes").asBoolean()).isTrue();
        assertThat(done.status()).isEqualTo(200);
        assertThat(shop.admin.get(MENU).json().path("menu")).isEqualTo(TestAdmin.parse(menu(NEWS)));
        assertThat(toNothing.status()).isEqualTo(409);
        assertThat(unknown.status()).isEqualTo(409);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
