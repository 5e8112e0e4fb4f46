package io.weir.admin;

import static io.weir.admin.WeChatAdmin.CLICK;
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
import io.weir.simulator.api.ApiFault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default menu's routes against the simulated WeChat; each answer is compared with the OpenAPI document. */
@ExtendWith(VertxExtension.class)
class MenuRoutesTest {
    private WeChatAdmin shop;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        shop = new WeChatAdmin(vertx);
    }

    @Test
    void anAccountWithoutMenuHasNone() throws Exception {
        Reply none = shop.admin.get(MENU);

        assertThat(none.status()).isEqualTo(200);
        assertThat(none.json().path("source").asText()).isEqualTo("none");
        assertThat(none.json().has("menu")).isFalse();
        assertThat(none.header("etag")).isEqualTo('"' + none.json().path("hash").asText() + '"');
        assertThat(shop.admin.get(MENU + "/conditional").json().path("conditionalmenu"))
                .isEmpty();
        assertThat(shop.admin.get(MENU + "/file").status()).isEqualTo(404);
        assertThat(shop.admin.ask("DELETE", MENU, "").json().path("deleted").asBoolean())
                .isFalse();
    }

    @Test
    void replacesTheDefaultMenuAndShowsIt() throws Exception {
        Reply put = shop.admin.ask("PUT", MENU, menu(NEWS, HOME));
        Reply shown = shop.admin.get(MENU);

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().path("backup").asText()).isNotBlank();
        assertThat(shown.json().path("menu")).isEqualTo(TestAdmin.parse(menu(NEWS, HOME)));
        assertThat(shown.header("etag")).isEqualTo(put.header("etag"));
    }

    /** The simulated WeChat refuses escapes (40033), as WeChat does. */
    @Test
    void sendsCharactersAsTheyAreHoweverTheyCame() throws Exception {
        Reply put = shop.admin.ask("PUT", MENU, menu(NEWS.replace("今", "\\u4eca")));
        Reply added = shop.admin.post(MENU + "/conditional", conditional(NEWS.replace("今", "\\u4eca"), 102));

        assertThat(put.status()).isEqualTo(200);
        assertThat(added.status()).isEqualTo(201);
        assertThat(shop.admin
                        .get(MENU)
                        .json()
                        .at("/conditionalmenu/0/button/0/name")
                        .asText())
                .isEqualTo("今日🎉");
    }

    @Test
    void doesNothingWhereTheMenuIsAsWanted() throws Exception {
        shop.admin.ask("PUT", MENU, menu(NEWS));

        Reply again = shop.admin.ask("PUT", MENU, menu(NEWS));

        assertThat(again.json().path("changes").asBoolean()).isFalse();
        assertThat(again.json().has("backup")).isFalse();
        assertThat(shop.calls("create")).isEqualTo(1);
    }

    @Test
    void personalisedMenusStayWhenTheDefaultIsReplaced() throws Exception {
        shop.admin.ask("PUT", MENU, menu(NEWS));
        String menuid = shop.add(HOME, 102);

        Reply plan = shop.admin.post(MENU + "/plan", menu(CLICK));
        Reply put = shop.admin.ask("PUT", MENU, menu(CLICK), "If-Match", plan.header("etag"));

        assertThat(plan.json().path("conditional").path(0).path("change").asText())
                .isEqualTo("kept");
        assertThat(put.status()).isEqualTo(200);
        assertThat(shop.menuids()).containsExactly(menuid);
        assertThat(shop.calls("delconditional")).isZero();
    }

    @Test
    void tellsEveryViolationAtOnce() throws Exception {
        String broken = menu(
                "{\"type\":\"click\",\"name\":\"一二三四五六\",\"key\":\"\"}",
                "{\"type\":\"view\",\"name\":\"a\",\"url\":\"ftp://x\"}");

        Reply reply = shop.admin.ask("PUT", MENU, broken);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        JsonNode violations = reply.json().path("violations");
        assertThat(violations.findValuesAsText("path"))
                .containsExactlyInAnyOrder("button[0].name", "button[0].key", "button[1].url");
        assertThat(violations.findValuesAsText("errcode")).containsExactlyInAnyOrder("40018", "40019", "40055");
        JsonNode name = violations.path(0);
        assertThat(name.path("size")).isEqualTo(TestAdmin.parse("{\"found\":18,\"allowed\":16,\"unit\":\"bytes\"}"));
        assertThat(name.path("hint").asText()).isNotBlank();
        assertThat(name.path("chinese").asText()).contains("18 字节");
        assertThat(shop.calls("get")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 44002",
                "`{` | 47001",
                "`[]` | 40016",
                "`{\"button\":[],\"button\":[]}` | 47001",
            })
    void tellsWhereABodyCannotBeRead(String body, int errcode) throws Exception {
        for (String path : List.of("PUT ", "POST /plan", "POST /conditional")) {
            String[] method = path.split(" ", 2);
            Reply reply = shop.admin.ask(method[0], MENU + method[1], body);

            assertThat(reply.status()).as(path).isEqualTo(400);
            assertThat(reply.json().path("violations").path(0).path("errcode").asInt())
                    .as(path)
                    .isEqualTo(errcode);
        }
    }

    @ParameterizedTest
    @CsvSource({"PUT, ''", "POST, /validate", "POST, /conditional"})
    void takesNothingWithMoreValuesThanMenusHave(String method, String path) throws Exception {
        String flood = "{\"button\":[1" + ",1".repeat(30_000) + "]}";

        Reply reply = shop.admin.ask(method, MENU + path, flood);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("violations").findValuesAsText("message"))
                .containsExactly("found more than 2000 values; a menu has at most 3 × 5 buttons");
        assertThat(reply.json().at("/violations/0/hint").asText()).isEqualTo("is this the right file?");
    }

    @Test
    void refusesAKeyThatNobodyAnswers() throws Exception {
        String scan = "{\"type\":\"scancode_push\",\"name\":\"扫\",\"key\":\"SCAN\"}";

        Reply put = shop.admin.ask("PUT", MENU, menu(scan));
        shop.admin.ask("PUT", MENU, menu(NEWS));
        Reply personalised = shop.admin.post(MENU + "/conditional", conditional(scan, 102));

        for (Reply reply : List.of(put, personalised)) {
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.json().path("violations").path(0).path("message").asText())
                    .isEqualTo("nobody answers the key \"SCAN\"");
            assertThat(reply.json().path("violations").path(0).path("path").asText())
                    .isEqualTo("button[0].key");
        }
    }

    @Test
    void takesNoPersonalisedMenusInPlaceOfTheDefault() throws Exception {
        String file = menu(NEWS).replace("}]}", "}],\"conditional\":{\"vip\":" + conditional(HOME, 102) + "}}");

        Reply reply = shop.admin.ask("PUT", MENU, file);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("violations").path(0).path("path").asText())
                .isEqualTo("conditional");
    }

    @Test
    void refusesWhenTheLiveMenuHasChanged() throws Exception {
        shop.admin.ask("PUT", MENU, menu(NEWS));
        String hash =
                shop.admin.post(MENU + "/plan", menu(HOME)).json().path("hash").asText();
        shop.admin.ask("PUT", MENU, menu(CLICK));

        Reply put = shop.admin.ask("PUT", MENU, menu(HOME), "If-Match", '"' + hash + '"');
        Reply delete = shop.admin.ask("DELETE", MENU, "", "If-Match", '"' + hash + '"');

        assertThat(put.status()).isEqualTo(412);
        assertThat(put.json().path("plan").path("hash").asText())
                .isEqualTo(shop.admin.get(MENU).json().path("hash").asText());
        assertThat(delete.status()).isEqualTo(412);
        assertThat(shop.admin.get(MENU).json().path("menu")).isEqualTo(TestAdmin.parse(menu(CLICK)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "{hash}", "\"{hash}\"", "\"{hash8}\""})
    void takesTheHashInEveryForm(String form) throws Exception {
        String hash = shop.admin.get(MENU).json().path("hash").asText();

        Reply put = shop.admin.ask(
                "PUT",
                MENU,
                menu(NEWS),
                "If-Match",
                form.replace("{hash}", hash).replace("{hash8}", hash.substring(0, 8)));

        assertThat(put.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\", \"b\"", "W/\"abcdefgh\"", "\""})
    void understandsOneHashOnly(String header) throws Exception {
        assertThat(shop.admin.ask("PUT", MENU, menu(NEWS), "If-Match", header).status())
                .isEqualTo(400);
        assertThat(shop.calls("create")).isZero();
    }

    @Test
    void oneChangeAtATime() throws Exception {
        shop.wechat.apiFaults().always("/cgi-bin/menu/create", new ApiFault.Delay(Duration.ofMillis(400)));

        CompletableFuture<Reply> one = CompletableFuture.supplyAsync(() -> shop.put(menu(NEWS)));
        CompletableFuture<Reply> other = CompletableFuture.supplyAsync(() -> shop.put(menu(HOME)));

        assertThat(List.of(
                        one.get(10, TimeUnit.SECONDS).status(),
                        other.get(10, TimeUnit.SECONDS).status()))
                .containsExactlyInAnyOrder(200, 409);
        assertThat(shop.calls("create")).isEqualTo(1);
    }

    @Test
    void deletesPersonalisedMenusOnlyWhenTold() throws Exception {
        shop.admin.ask("PUT", MENU, menu(NEWS));
        String menuid = shop.add(HOME, 102);

        Reply refused = shop.admin.ask("DELETE", MENU, "");
        Reply stillThere = shop.admin.get(MENU);
        Reply deleted = shop.admin.ask("DELETE", MENU + "?cascade=true", "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("conditionalmenu"))
                .isEqualTo(TestAdmin.parse("[{\"menuid\":\"" + menuid + "\",\"matchrule\":{\"tag_id\":\"102\"}}]"));
        assertThat(stillThere.json().path("conditionalmenu")).hasSize(1);
        assertThat(deleted.json().path("deleted").asBoolean()).isTrue();
        assertThat(shop.admin.get(MENU).json().path("source").asText()).isEqualTo("none");
    }

    @Test
    void deletesALoneDefaultMenuAtOnceAndAWebsitesOneOnlyWhenTold() throws Exception {
        shop.admin.ask("PUT", MENU, menu(NEWS));
        assertThat(shop.admin.ask("DELETE", MENU, "").status()).isEqualTo(200);

        shop.website("{\"button\":[{\"type\":\"text\",\"name\":\"客服\",\"value\":\"你好\"}]}");

        assertThat(shop.admin.get(MENU).json().path("source").asText()).isEqualTo("website");
        assertThat(shop.admin.ask("DELETE", MENU, "").status()).isEqualTo(409);
        assertThat(shop.admin.ask("DELETE", MENU + "?cascade=true", "").status())
                .isEqualTo(200);
        assertThat(shop.admin.ask("DELETE", MENU + "?cascade=yes", "").status()).isEqualTo(400);
    }

    @Test
    void planTellsWhatWouldChangeAndTheQuotas() throws Exception {
        shop.admin.ask("PUT", MENU, menu(NEWS));

        JsonNode plan = shop.admin.post(MENU + "/plan", menu(NEWS, HOME)).json();

        assertThat(plan.path("button").findValuesAsText("change")).containsExactly("kept", "added");
        assertThat(plan.path("calls").path(0).path("path").asText()).isEqualTo("/cgi-bin/menu/create");
        assertThat(plan.path("calls").path(0).path("left").asLong()).isPositive();
        assertThat(shop.calls("create")).isEqualTo(1);
    }

    @Test
    void explainsARefusalOfWeChats() throws Exception {
        Reply reply =
                shop.admin.ask("PUT", MENU, menu("{\"type\":\"media_id\",\"name\":\"图\",\"media_id\":\"nowhere\"}"));

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.json().path("errcode").asInt()).isEqualTo(40007);
        assertThat(reply.json().path("detail").asText())
                .contains("menu/create has failed; WeChat means button[0] \"图\"");
        assertThat(reply.json().fieldNames())
                .toIterable()
                .contains("errmsg", "rid", "meaning", "remedy", "meaningZh", "remedyZh");
    }

    @Test
    void saysWhenWeChatIsSilent() throws Exception {
        shop.wechat.apiFaults().always("/cgi-bin/menu/get", new ApiFault.Delay(Duration.ofSeconds(5)));

        assertThat(shop.admin.get(MENU).status()).isEqualTo(504);
    }
}
