package io.weir.simulator.platform;

import static io.weir.simulator.platform.MenuJson.CLICK;
import static io.weir.simulator.platform.MenuJson.json;
import static io.weir.simulator.platform.MenuJson.menu;
import static io.weir.simulator.platform.MenuJson.personalised;
import static io.weir.simulator.platform.TestMenus.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** get_current_selfmenu_info and menus of the console (menu-api.md §7). */
class StoredSelfMenuTest {
    private static final String CONSOLE = """
            {'button':[
              {'name':'button','sub_button':{'list':[
                {'type':'view','name':'view_url','url':'http://www.qq.com'},
                {'type':'news','name':'news','value':'NEWS_ID','news_info':{'list':[{'title':'MULTI_NEWS','show_cover':0}]}},
                {'type':'video','name':'video','value':'http://video.example/f10.mp4?sha=0'},
                {'type':'voice','name':'voice','value':'VOICE_ID'}]}},
              {'type':'text','name':'text','value':'This is text!'},
              {'type':'img','name':'photo','value':'IMAGE_ID'}]}""";

    private final Menus menus = TestMenus.empty();

    @Test
    void showsAMenuOfTheApiWithObjectsForChildren() {
        menus.create(
                json(
                        "{'button':[{'type':'click','name':'今日歌曲','key':'V1001_TODAY_MUSIC'},{'name':'菜单','sub_button':["
                                + "{'type':'view','name':'搜索','url':'http://www.soso.com/'},{'type':'click','name':'赞一下我们','key':'V1001_GOOD'}]}]}"));

        assertThat(menus.selfMenuInfo())
                .hasToString(
                        ("{'is_menu_open':1,'selfmenu_info':{'button':[{'type':'click','name':'今日歌曲','key':'V1001_TODAY_MUSIC'},"
                                        + "{'name':'菜单','sub_button':{'list':[{'type':'view','name':'搜索','url':'http://www.soso.com/'},"
                                        + "{'type':'click','name':'赞一下我们','key':'V1001_GOOD'}]}}]}}")
                                .replace('\'', '"'));
    }

    @Test
    void hasNoPersonalisedMenus() {
        menus.create(menu(CLICK));
        ObjectNode before = menus.selfMenuInfo();

        menus.addConditional(personalised("{'client_platform_type':'1'}", CLICK));

        assertThat(menus.selfMenuInfo()).isEqualTo(before);
    }

    @Test
    void showsTheLastMenuAsClosedWhenItIsDeleted() {
        menus.create(menu(CLICK));
        JsonNode open = menus.selfMenuInfo().path("selfmenu_info");

        menus.delete();

        assertThat(menus.selfMenuInfo().path("is_menu_open").toString()).isEqualTo("0");
        assertThat(menus.selfMenuInfo().path("selfmenu_info")).isEqualTo(open);
        assertThat(TestMenus.errcode(menus::get)).isEqualTo(46003);
    }

    @Test
    void showsAnEmptyMenuAsClosedWhenThereNeverWasOne() {
        assertThat(menus.selfMenuInfo()).hasToString("{\"is_menu_open\":0,\"selfmenu_info\":{\"button\":[]}}");
    }

    @Test
    void showsAMenuOfTheConsole() {
        menus.setByConsole(tree(CONSOLE));

        ObjectNode shown = menus.selfMenuInfo();

        assertThat(shown.path("is_menu_open").asInt()).isEqualTo(1);
        assertThat(withoutTemporaryValues(shown.path("selfmenu_info")))
                .isEqualTo(withoutTemporaryValues(tree(CONSOLE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/0/sub_button/list/2", "/0/sub_button/list/3", "/2"})
    void temporaryValuesAreOthersAtEveryCall(String leaf) {
        menus.setByConsole(tree(CONSOLE));

        String first = value(leaf);
        String second = value(leaf);

        assertThat(first).isNotEmpty().isNotEqualTo(second);
        assertThat(value(leaf)).isNotIn(first, second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/0/sub_button/list/1", "/1"})
    void newsAndTextsKeepTheirValue(String leaf) {
        menus.setByConsole(tree(CONSOLE));

        assertThat(value(leaf)).isIn("NEWS_ID", "This is text!").isEqualTo(value(leaf));
    }

    @Test
    void temporaryValuesDoNotRepeatAfterARestart() {
        menus.setByConsole(tree(CONSOLE));
        String before = value("/2");
        Menus restarted = TestMenus.empty();

        restarted.load(menus.save());

        assertThat(restarted.selfMenuInfo().at("/selfmenu_info/button/2/value").asText())
                .startsWith("IMAGE_ID")
                .isNotEqualTo(before);
    }

    @Test
    void aMenuOfTheConsoleTakesThePlaceOfThoseOfTheApi() {
        menus.create(menu(CLICK));
        menus.addConditional(personalised("{'client_platform_type':'1'}", CLICK));

        menus.setByConsole(tree(CONSOLE));

        assertThat(TestMenus.errcode(menus::get)).isEqualTo(46003);
        assertThat(TestMenus.errcode(() -> menus.addConditional(personalised("{'tag_id':'1'}", CLICK))))
                .isEqualTo(65303);
        assertThat(menus.seenBy(ALICE)
                        .orElseThrow()
                        .button()
                        .at("/0/sub_button/3/type")
                        .asText())
                .isEqualTo("voice");
        assertThat(menus.seenBy(ALICE).orElseThrow().button().at("/1/sub_button"))
                .isEmpty();
    }

    @Test
    void aMenuOfTheApiTakesThePlaceOfThatOfTheConsole() {
        menus.setByConsole(tree(CONSOLE));

        menus.create(menu(CLICK));

        assertThat(menus.get().at("/menu/button/0/key").asText()).isEqualTo("K");
        assertThat(menus.selfMenuInfo().at("/selfmenu_info/button")).hasSize(1);
    }

    @Test
    void deleteClosesAMenuOfTheConsoleToo() {
        menus.setByConsole(tree(CONSOLE));

        menus.delete();

        assertThat(menus.selfMenuInfo().path("is_menu_open").asInt()).isZero();
        assertThat(menus.selfMenuInfo().at("/selfmenu_info/button")).hasSize(3);
        assertThat(menus.seenBy(ALICE)).isEmpty();
    }

    @Test
    void typesThatNobodyKnowsAreKeptAsTheyAre() {
        menus.setByConsole(tree("{'button':[{'type':'finder','name':'视频号','value':'V','feed':{'id':'1'}}]}"));

        assertThat(menus.selfMenuInfo().at("/selfmenu_info/button/0"))
                .hasToString("{\"type\":\"finder\",\"name\":\"视频号\",\"value\":\"V\",\"feed\":{\"id\":\"1\"}}");
    }

    @Test
    void theConsoleMakesNoMenuWithoutButtons() {
        assertThat(TestMenus.errcode(() -> menus.setByConsole(tree("{'button':[]}"))))
                .isEqualTo(40016);
        assertThat(TestMenus.errcode(() -> menus.setByConsole(tree("{'button':['text']}"))))
                .isEqualTo(40035);
    }

    private String value(String leaf) {
        return menus.selfMenuInfo()
                .at("/selfmenu_info/button" + leaf + "/value")
                .asText();
    }

    private static JsonNode withoutTemporaryValues(JsonNode menu) {
        JsonNode copy = menu.deepCopy();
        for (String leaf : new String[] {"/button/0/sub_button/list/2", "/button/0/sub_button/list/3", "/button/2"}) {
            ((ObjectNode) copy.at(leaf)).remove("value");
        }
        return copy;
    }

    private static ObjectNode tree(String text) {
        return RequestBody.ARGUMENTS.read(json(text));
    }
}
