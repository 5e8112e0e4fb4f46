package io.weir.wechat.menu;

import static io.weir.wechat.menu.MenuTexts.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MatchRule.ClientPlatform;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MenuJsonTest {
    private static Stream<String> oneOfEachType() {
        return Stream.of(
                "{'type':'click','name':'今日动态','key':'NEWS_TODAY'}",
                "{'type':'view','name':'主页','url':'https://www.example.com/'}",
                "{'type':'miniprogram','name':'下单','url':'https://www.example.com/old','appid':'wx0123456789abcdef','pagepath':'pages/order/index'}",
                "{'type':'scancode_push','name':'扫','key':'S'}",
                "{'type':'scancode_waitmsg','name':'扫一扫','key':'SCAN_W'}",
                "{'type':'pic_sysphoto','name':'拍','key':'P1'}",
                "{'type':'pic_photo_or_album','name':'图','key':'P2'}",
                "{'type':'pic_weixin','name':'册','key':'P3'}",
                "{'type':'location_select','name':'发送位置','key':'PLACE'}",
                "{'type':'media_id','name':'素','media_id':'M1'}",
                "{'type':'view_limited','name':'文','media_id':'M2'}",
                "{'type':'article_id','name':'章','article_id':'A1'}",
                "{'type':'article_view_limited','name':'看','article_id':'A2'}",
                "{'name':'更多','sub_button':[{'type':'click','name':'一','key':'K'}]}",
                "{'type':'finder','name':'视频号','finder_id':{'x':[1,'😀']},'n':2}");
    }

    @ParameterizedTest
    @MethodSource("oneOfEachType")
    void writesWhatItReadsInTheSameOrder(String button) {
        ObjectNode body = json("{'button':[" + button + "]}");

        assertThat(MenuJson.text(MenuJson.write(MenuJson.menu(body)))).isEqualTo(MenuJson.text(body));
    }

    @Test
    void everyRecordHasASample() {
        Set<Class<?>> read = oneOfEachType()
                .map(button -> MenuJson.menu(json("{'button':[" + button + "]}"))
                        .buttons()
                        .get(0)
                        .getClass())
                .collect(Collectors.toSet());

        assertThat(read).isEqualTo(records(Button.class).collect(Collectors.toSet()));
    }

    private static Stream<Class<?>> records(Class<?> kind) {
        return kind.isRecord()
                ? Stream.of(kind)
                : Stream.of(kind.getPermittedSubclasses()).flatMap(MenuJsonTest::records);
    }

    @Test
    void writesTextRawAndNothingThatIsAbsent() {
        Menu menu = new Menu(List.of(new Button.Click("今日😀👨‍👩‍👧\u007f", "K\"\\/é\u2028")));

        assertThat(MenuJson.text(MenuJson.write(menu)))
                .isEqualTo(
                        "{\"button\":[{\"type\":\"click\",\"name\":\"今日😀👨‍👩‍👧\u007f\",\"key\":\"K\\\"\\\\/é\u2028\"}]}");
    }

    @Test
    void writesARuleAsTheReferenceDoes() {
        ConditionalMenu menu = new ConditionalMenu(
                new Menu(List.of(new Button.View("会员", "https://www.example.com/vip"))),
                MatchRule.of(Optional.of("102"), Optional.of(ClientPlatform.ANDROID)),
                Optional.of("430000002"));

        assertThat(MenuJson.text(MenuJson.write(menu)))
                .isEqualTo("{\"button\":[{\"type\":\"view\",\"name\":\"会员\",\"url\":\"https://www.example.com/vip\"}],"
                        + "\"matchrule\":{\"tag_id\":\"102\",\"client_platform_type\":\"2\"}}");
    }

    @Test
    void readsTheAnswerOfMenuGet() {
        LiveMenus live = MenuJson.liveMenus(json("""
                {'menu':{'button':[{'type':'click','name':'今日动态','key':'NEWS_TODAY','sub_button':[]}],'menuid':430000001},
                 'conditionalmenu':[
                  {'button':[],'matchrule':{'tag_id':'7','sex':'','country':'中国'},'menuid':'1000000000'},
                  {'button':[{'type':'view','name':'会员','url':'https://www.example.com/vip','sub_button':[],'news_info':null}],
                   'matchrule':{'group_id':102,'client_platform_type':2},'menuid':430000002}]}"""));

        assertThat(live.menu()).contains(new Menu(List.of(new Button.Click("今日动态", "NEWS_TODAY"))));
        assertThat(live.menuid()).contains("430000001");
        assertThat(live.conditional())
                .extracting(ConditionalMenu::menuid)
                .containsExactly(Optional.of("430000002"), Optional.of("1000000000"));
        assertThat(live.conditional().get(0).matchRule())
                .isEqualTo(MatchRule.of(Optional.of("102"), Optional.of(ClientPlatform.ANDROID)));
        assertThat(live.conditional().get(1).matchRule().isDead()).isTrue();
        assertThat(live.isEmpty()).isFalse();
    }

    @Test
    void noMenuIsEmpty() {
        assertThat(MenuJson.liveMenus(json("{'errcode':46003,'errmsg':'menu no exist'}")))
                .isEqualTo(LiveMenus.EMPTY)
                .matches(LiveMenus::isEmpty);
        assertThat(MenuJson.seenMenu(json("{'errcode':46003}"))).isEmpty();
    }

    @Test
    void readsBothShapesOfTrymatch() {
        Menu seen = new Menu(List.of(new Button.Click("点", "K")));

        assertThat(MenuJson.seenMenu(json("{'button':[{'type':'click','name':'点','key':'K','sub_button':[]}]}")))
                .contains(seen);
        assertThat(MenuJson.seenMenu(json("{'menu':{'button':[{'type':'click','name':'点','key':'K'}]}}")))
                .contains(seen);
    }

    @Test
    void readsTextsWhereNumbersAreUsualAndNumbersWhereTextsAre() {
        assertThat(MenuJson.menuid(json("{'menuid':430000002}"))).contains("430000002");
        assertThat(MenuJson.menu(json("{'button':[{'type':'click','name':1,'key':2}]}"))
                        .buttons())
                .containsExactly(new Button.Click("1", "2"));
        assertThat(MenuJson.matchRule(json("{'tag_id':2,'sex':1,'language':true}"))
                        .personalData()
                        .fields())
                .containsOnlyKeys("sex");
    }

    @Test
    void keepsWhatIsNoButtonAsUnknown() {
        Menu menu = MenuJson.menu(json("{'button':['x',{'name':'空','sub_button':[],'a':null,'b':1}]}"));

        assertThat(menu.buttons()).hasOnlyElementsOfType(Button.Other.class);
        assertThat(menu.buttons().get(1).toJson()).hasToString("{\"name\":\"空\",\"b\":1}");
        assertThat(MenuJson.menu(json("{'button':{}}")).buttons()).isEmpty();
    }

    @Test
    void takesAnArrayOfSubButtonsInTheMenuInForce() {
        SelfMenu menu = MenuJson.selfMenu(json("""
                {'is_menu_open':0,'selfmenu_info':{'button':[{'name':'更多','sub_button':[
                  {'type':'photo','name':'图','value':'M'},{'type':'click','name':'点','key':'K'}]}]}}"""));

        SelfButton photo = new SelfButton.Image("图", "M");
        SelfButton click = new SelfButton.OfApi(new Button.Click("点", "K"));
        assertThat(menu).isEqualTo(new SelfMenu(false, List.of(new SelfButton.SubMenu("更多", List.of(photo, click)))));
        assertThat(click.name()).isEqualTo("点");
    }

    @Test
    void comparesMenusInForceWithoutTheirTemporaryValues() {
        assertThat(inForce("1").withoutTemporaryValues()).isEqualTo(inForce("2").withoutTemporaryValues());
        assertThat(inForce("1")).isNotEqualTo(inForce("2"));
    }

    private static SelfMenu inForce(String call) {
        return MenuJson.selfMenu(json("""
                {'is_menu_open':1,'selfmenu_info':{'button':[
                  {'name':'更多','sub_button':{'list':[
                    {'type':'img','name':'图','value':'#'},{'type':'voice','name':'音','value':'#'},
                    {'type':'video','name':'影','value':'#'}]}},
                  {'type':'text','name':'文','value':'T'},{'type':'news','name':'闻','value':'N'}]}}""".replace("#", call)));
    }
}
