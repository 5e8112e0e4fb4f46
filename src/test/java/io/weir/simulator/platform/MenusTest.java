package io.weir.simulator.platform;

import static io.weir.simulator.platform.MenuJson.CLICK;
import static io.weir.simulator.platform.MenuJson.json;
import static io.weir.simulator.platform.MenuJson.leaf;
import static io.weir.simulator.platform.MenuJson.menu;
import static io.weir.simulator.platform.MenuJson.parent;
import static io.weir.simulator.platform.MenuJson.personalised;
import static io.weir.simulator.platform.MenuJson.view;
import static io.weir.simulator.platform.TestMenus.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class MenusTest {
    private final Menus menus = TestMenus.empty();

    /** The sample of menu-api.md §4, byte for byte. */
    @Test
    void getShowsWhatTheReferenceShows() {
        menus.create(json("{'button':[{'type':'click','name':'今日动态','key':'NEWS_TODAY'}]}"));
        menus.addConditional(json("{'button':[{'type':'view','name':'会员','url':'https://www.example.com/vip'}],"
                + "'matchrule':{'tag_id':'102','client_platform_type':'2'}}"));

        assertThat(menus.get()).hasToString("""
                        {"menu":{"button":[{"type":"click","name":"今日动态","key":"NEWS_TODAY","sub_button":[]}],"menuid":430000001},\
                        "conditionalmenu":[{"button":[{"type":"view","name":"会员","url":"https://www.example.com/vip","sub_button":[]}],\
                        "matchrule":{"group_id":102,"client_platform_type":2},"menuid":430000002}]}""");
    }

    @Test
    void getTellsAMenuidOnlyWhenThereArePersonalisedMenus() {
        menus.create(menu(CLICK));
        String menuid = menus.addConditional(personalised("{'tag_id':'100'}", CLICK));

        menus.deleteConditional(json("{'menuid':'" + menuid + "'}"));

        assertThat(menus.get())
                .hasToString(
                        "{\"menu\":{\"button\":[{\"type\":\"click\",\"name\":\"点\",\"key\":\"K\",\"sub_button\":[]}]}}");
    }

    @Test
    void getShowsAllTypesWithTheirOwnFieldsAndNoOthers() {
        menus.create(json("""
                {'button':[{'sub_button':[
                  {'key':'K','url':'not looked at','name':'a','type':'click','sub_button':[]},
                  {'pagepath':'p','appid':'wx0','url':'https://a.example','name':'b','type':'miniprogram'},
                  {'name':'c','type':'media_id','media_id':'sample-voice'},
                  {'name':'d','type':'article_id','article_id':'A','colour':'red'}],'name':'更多'}]}"""));

        assertThat(menus.get().at("/menu/button")).hasToString("""
                        [{'name':'更多','sub_button':[\
                        {'type':'click','name':'a','key':'K','sub_button':[]},\
                        {'type':'miniprogram','name':'b','url':'https://a.example','appid':'wx0','pagepath':'p','sub_button':[]},\
                        {'type':'media_id','name':'c','media_id':'sample-voice','sub_button':[]},\
                        {'type':'article_id','name':'d','article_id':'A','sub_button':[]}]}]""".replace('\'', '"'));
    }

    @Test
    void takesWhatLooksOddAndIsLegal() {
        menus.create(menu(
                leaf("click", "a\\u4eca", "key", "C:\\u"),
                "{\"type\":\"view\",\"name\":\"\\u0026\\u007f\",\"url\":\"https://a.example/路?q=\\\"\"}",
                view("HTTPS://a.example")));
        menus.create(menu(CLICK, CLICK, CLICK));
        menus.create(menu(leaf("view_limited", "a", "media_id", "sample-news")));

        assertThat(menus.get().at("/menu/button/0/media_id").asText()).isEqualTo("sample-news");
    }

    @Test
    void createTakesThePlaceOfTheWholeMenu() {
        menus.create(menu(CLICK, CLICK));
        menus.create(menu(view("https://a.example/")));

        assertThat(menus.get().at("/menu/button")).hasSize(1);
        assertThat(menus.get().at("/menu/button/0/type").asText()).isEqualTo("view");
    }

    @Test
    void tryMatchShowsWhatAPersonSeesWithoutMenuid() {
        menus.create(menu(CLICK));
        menus.addConditional(personalised("{'client_platform_type':'1'}", view("https://a.example/")));

        String expected =
                "{\"button\":[{\"type\":\"view\",\"name\":\"看\",\"url\":\"https://a.example/\",\"sub_button\":[]}]}";
        assertThat(menus.tryMatch(json("{'user_id':'oAlice'}"))).hasToString(expected);
        assertThat(menus.tryMatch(json("{'user_id':'alice'}"))).hasToString(expected);
    }

    @Test
    void whatAPersonSeesIsACopy() {
        menus.create(menu(CLICK));

        menus.seenBy(ALICE).orElseThrow().button().removeAll();
        menus.get().withObject("/menu").removeAll();

        assertThat(menus.get().at("/menu/button")).hasSize(1);
    }

    @Test
    void knowsWhichMaterialIsInUse() {
        menus.create(menu(leaf("media_id", "a", "media_id", "sample-image")));
        menus.addConditional(
                personalised("{'tag_id':'1'}", parent("b", leaf("view_limited", "a", "media_id", "sample-news"))));

        assertThat(menus.uses("sample-image")).isTrue();
        assertThat(menus.uses("sample-news")).isTrue();
        assertThat(menus.uses("sample-video")).isFalse();
        menus.delete();
        assertThat(menus.uses("sample-image")).isFalse();
    }

    @Test
    void survivesARestart() {
        menus.configure(MenuSettings.open()
                .linkedMiniPrograms(Set.of("wx0"))
                .personalised(MenuSettings.Personalised.SWITCHED_OFF));
        menus.create(menu(CLICK, parent("更多", view("https://a.example/"))));
        menus.addConditionalOfOld(personalised("{'tag_id':'100'}", CLICK));
        menus.addConditionalOfOld(personalised("{'tag_id':'100','sex':'1'}", CLICK));
        Menus restarted = TestMenus.empty();

        restarted.load(menus.save());

        assertThat(restarted.save()).isEqualTo(menus.save());
        assertThat(restarted.get()).isEqualTo(menus.get());
        assertThat(restarted.settings()).isEqualTo(menus.settings());
        assertThat(restarted.seenBy(ALICE.tagged(100))).isEqualTo(menus.seenBy(ALICE.tagged(100)));
        restarted.create(menu(CLICK));
        assertThat(restarted.get().at("/menu/menuid").asLong()).isEqualTo(430000004);
    }

    @Test
    void anEmptyFileIsAnAccountWithoutMenus() {
        menus.create(menu(CLICK));

        menus.load(RequestBody.ARGUMENTS.read(json("{}")));

        assertThat(menus.save()).isEqualTo(TestMenus.empty().save());
    }
}
