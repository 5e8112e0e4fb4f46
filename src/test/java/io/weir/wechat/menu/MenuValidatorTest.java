package io.weir.wechat.menu;

import static io.weir.wechat.menu.MenuTexts.click;
import static io.weir.wechat.menu.MenuTexts.json;
import static io.weir.wechat.menu.MenuTexts.leaf;
import static io.weir.wechat.menu.MenuTexts.menu;
import static io.weir.wechat.menu.MenuTexts.parent;
import static io.weir.wechat.menu.MenuTexts.personalised;
import static io.weir.wechat.menu.MenuTexts.view;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.weir.wechat.api.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MenuValidatorTest {
    private static final MenuValidator VALIDATOR = MenuValidator.ofToday();
    private static final String RULE = "{'tag_id':'102'}";

    /** body, then path, errcode in the default menu, errcode in a personalised one. */
    private static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("[]", "button", 40016, 65307),
                Arguments.of("null", "button", 40016, 65307),
                Arguments.of("{}", "button", 40016, 40016),
                Arguments.of("[1]", "button[0]", 40035, 40035),
                on("{'type':'click','name':3,'key':'K'}", ".name", 40035),
                on("{'type':'click','key':'K'}", ".name", 40018),
                on("{'name':'a','key':'K'}", ".type", 40017, 65308),
                on("{'type':null,'name':'a','key':'K'}", ".type", 40017, 65308),
                on("{'type':7,'name':'a','key':'K'}", ".type", 40035),
                on(leaf("clik", "a", "key", "K"), ".type", 40017),
                on(leaf("text", "a", "value", "T"), ".type", 40119),
                on("{'type':'click','name':'a'}", ".key", 40019),
                on(leaf("view", "a", "url", ""), ".url", 40020),
                on(leaf("view", "a", "url", "www.qq.com"), ".url", 40055, 65317),
                on(leaf("view", "a", "url", "ftp://a.example"), ".url", 40055, 65317),
                on(leaf("view", "a", "url", "https:///path"), ".url", 40055, 65317),
                on(leaf("view", "a", "url", "https://u@:80/"), ".url", 40055, 65317),
                on(leaf("media_id", "a", "media_id", ""), ".media_id", 40118),
                on(leaf("view_limited", "a", "media_id", ""), ".media_id", 40118),
                on(leaf("article_id", "a", "article_id", ""), ".article_id", 53600),
                on(leaf("article_view_limited", "a", "x", ""), ".article_id", 53600),
                on(miniprogram("", "wx0", "p"), ".url", 40020),
                on(miniprogram("http://a.example", "wxA", "p"), ".appid", 40166),
                on(miniprogram("http://a.example", "", "p"), ".appid", 40166),
                on(miniprogram("http://a.example", "wx0", " "), ".pagepath", 40165),
                on("{'name':'a','sub_button':null}", ".sub_button", 41007),
                on("{'name':'a','sub_button':{'list':[]}}", ".sub_button", 41007),
                on("{'name':'a','type':'click','sub_button':[" + click("b") + "]}", ".type", 40017),
                sub("{'type':'click','key':'K'}", ".name", 40025),
                sub("{'name':'a'}", ".type", 40024, 65308),
                sub(leaf("clik", "a", "key", "K"), ".type", 40024),
                sub(leaf("news", "a", "value", "T"), ".type", 40120),
                sub(leaf("click", "a", "key", ""), ".key", 40026),
                sub(leaf("view", "a", "url", ""), ".url", 40027),
                sub(leaf("view", "a", "url", "www.qq.com"), ".url", 40054, 65317),
                sub("{'name':'a','sub_button':[" + click("b") + "]}", ".sub_button", 40022));
    }

    private static String miniprogram(String url, String appid, String pagepath) {
        return "{'type':'miniprogram','name':'a','url':'" + url + "','appid':'" + appid + "','pagepath':'" + pagepath
                + "'}";
    }

    private static Arguments on(String button, String field, int errcode) {
        return on(button, field, errcode, errcode);
    }

    private static Arguments on(String button, String field, int errcode, int personalised) {
        return Arguments.of("[" + button + "]", "button[0]" + field, errcode, personalised);
    }

    private static Arguments sub(String button, String field, int errcode) {
        return sub(button, field, errcode, errcode);
    }

    private static Arguments sub(String button, String field, int errcode, int personalised) {
        return Arguments.of(
                "[" + click("a") + "," + parent(click("b"), button) + "]",
                "button[1].sub_button[1]" + field,
                errcode,
                personalised);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void findsEachFaultWhereItIs(String button, String path, int errcode, int personalised) {
        List<Violation> inDefault = errors(VALIDATOR.menu(json("{'button':" + button + "}")));
        List<Violation> inPersonalised =
                errors(VALIDATOR.conditionalMenu(json("{'button':" + button + ",'matchrule':" + RULE + "}")));

        assertThat(inDefault).extracting(Violation::path, Violation::errcode).containsExactly(tuple(path, errcode));
        assertThat(inPersonalised)
                .extracting(Violation::path, Violation::errcode)
                .containsExactly(tuple(path, personalised));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.api.Assertions.tuple(values);
    }

    private static List<Violation> errors(List<Violation> all) {
        return all.stream().filter(Violation::isError).toList();
    }

    @Test
    void findsTenMistakesAtOnce() {
        JsonNode body = json("""
                {'button':[
                  {'type':'click','name':'今日动态大全','key':''},
                  {'name':'更多','sub_button':[
                    {'type':'view','name':'','url':'www.qq.com'},
                    {'type':'clik','name':'x','key':'K'},
                    {'type':'media_id','name':'x','media_id':''},
                    {'name':'x','sub_button':[{'type':'click','name':'y','key':'K'}]},
                    {'type':'miniprogram','name':'x','url':'https://a.example','appid':'WX1','pagepath':''},
                    {'type':'click','name':'x','key':'K'}]},
                  {'type':'text','name':'文','value':'T'}]}""");

        assertThat(errors(VALIDATOR.menu(body)))
                .extracting(violation -> violation.path() + " " + violation.errcode())
                .containsExactly(
                        "button[0].name 40018",
                        "button[0].key 40019",
                        "button[1].sub_button 40023",
                        "button[1].sub_button[0].name 40025",
                        "button[1].sub_button[0].url 40054",
                        "button[1].sub_button[1].type 40024",
                        "button[1].sub_button[2].media_id 40118",
                        "button[1].sub_button[3].sub_button 40022",
                        "button[1].sub_button[4].appid 40166",
                        "button[1].sub_button[4].pagepath 40165",
                        "button[2].type 40119");
    }

    @Test
    void saysWhatWasFoundWhatIsAllowedAndWhatToDoInBothLanguages() {
        Violation violation = VALIDATOR.menu(menu(click("今日动态大全"))).get(0);

        assertThat(violation)
                .isEqualTo(new Violation(
                        "button[0].name",
                        Optional.of(new Violation.Size(18, 16, "bytes")),
                        40018,
                        Violation.Severity.ERROR,
                        "name has 18 bytes in UTF-8; 1 to 16 are allowed.",
                        ErrorCode.of(40018).remedy(),
                        "name 按 UTF-8 计为 18 字节；允许 1 至 16 字节。",
                        ErrorCode.of(40018).chineseRemedy()));
    }

    @Test
    void whatIsNoObjectIsNoMenu() {
        JsonNode text = JsonNodeFactory.instance.textNode("{}");

        assertThat(VALIDATOR.menu(text)).extracting(Violation::errcode).containsExactly(40016);
        assertThat(VALIDATOR.conditionalMenu(text))
                .extracting(Violation::errcode)
                .containsExactly(40016, 65304);
    }

    @Test
    void warnsOfWhatWeChatTakesButUsersDoNotSee() {
        assertThat(VALIDATOR.menu(menu(click("今日动态新"), parent(click("一二三四五六七八a")))))
                .extracting(Violation::path, Violation::severity, Violation::errcode, Violation::size)
                .containsExactly(
                        tuple("button[0].name", Violation.Severity.WARNING, 0, halves(10, 8)),
                        tuple("button[1].sub_button[0].name", Violation.Severity.WARNING, 0, halves(17, 16)));
        assertThat(VALIDATOR.menu(menu(click("今日动态"), click("abcdefgh"), parent(click("一二三四五六七八")))))
                .isEmpty();
    }

    private static Optional<Violation.Size> halves(int found, int allowed) {
        return Optional.of(new Violation.Size(found, allowed, "half-width characters"));
    }

    @Test
    void warnsOfViewLimitedOfIgnoredFieldsAndOfControlCharacters() {
        JsonNode body = json("""
                {'button':[
                  {'type':'view_limited','name':'a','media_id':'M','sub-botton':[],'key':null},
                  {'type':'click','name':'b\\n','key':'K'}]}""");

        assertThat(VALIDATOR.menu(body))
                .noneMatch(Violation::isError)
                .extracting(Violation::path)
                .containsExactly("button[0].type", "button[0].sub-botton", "button[1].name");
    }

    @Test
    void refusesHalfACharacter() {
        JsonNode body = MenuJson.write(new Menu(List.of(new Button.Click("\ud83d", "K"))));

        assertThat(VALIDATOR.menu(body)).extracting(Violation::errcode).containsExactly(40033);
    }

    private static Stream<Arguments> rules() {
        return Stream.of(
                rule("null", "matchrule 65304"),
                rule("{}", "matchrule 65304"),
                rule("{'tag_id':'','client_platform_type':null,'sex':''}", "matchrule 65304"),
                rule("'2'", "matchrule 40035"),
                rule("{'tag_id':[]}", "matchrule.tag_id 40035"),
                rule("{'tag_id':'VIP'}", "matchrule.tag_id 40035"),
                rule("{'client_platform_type':'4'}", "matchrule.client_platform_type 40035"),
                rule("{'sex':'1'}", "matchrule.sex 65320"),
                rule("{'language':'zh_CN','tag_id':'2'}", "matchrule.language 65320"),
                rule("{'country':'中国','province':'广东'}", "matchrule.country 65320", "matchrule.province 65320"),
                rule("{'province':'广东'}", "matchrule.country 65310", "matchrule.province 65320"),
                rule(
                        "{'country':'中国','city':'广州'}",
                        "matchrule.province 65311",
                        "matchrule.country 65320",
                        "matchrule.city 65320"),
                rule("{'group_id':'2'}"),
                rule("{'tag_id':2,'client_platform_type':3}"),
                rule("{'client_platform_type':'1'}"));
    }

    private static Arguments rule(String rule, String... found) {
        return Arguments.of(rule, List.of(found));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsFaultsOfTheRule(String rule, List<String> expected) {
        assertThat(VALIDATOR.conditionalMenu(personalised(rule, click("a"))))
                .extracting(violation -> violation.path() + " " + violation.errcode())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void warnsOfWithdrawnFieldsOnlyInLegacyMenus() {
        List<Violation> found = MenuValidator.legacy()
                .conditionalMenu(personalised("{'sex':'3','country':'中国','city':'广州','colour':'red'}", click("a")));

        assertThat(found)
                .extracting(violation -> violation.path() + " " + violation.errcode())
                .containsExactly(
                        "matchrule.sex 40035",
                        "matchrule.province 65311",
                        "matchrule.sex 0",
                        "matchrule.country 0",
                        "matchrule.city 0",
                        "matchrule.colour 0");
    }

    @Test
    void countsTheDomainsOfAllPersonalisedMenus() {
        Map<String, JsonNode> menus = new LinkedHashMap<>();
        menus.put("vip", personalised(RULE, view("https://A.example/1"), view("http://a.example:8080")));
        menus.put("ios", personalised(RULE, parent(view("https://b.example"), view("https://c.example?x"))));

        assertThat(VALIDATOR.account(menu(click("a"), view("https://other.example")), menus))
                .isEmpty();

        menus.put("new", personalised(RULE, view("https://u:p@d.example/")));
        assertThat(VALIDATOR.account(menu(click("a")), menus))
                .extracting(Violation::path, Violation::errcode, Violation::size, Violation::message)
                .containsExactly(tuple(
                        "conditional",
                        65316,
                        Optional.of(new Violation.Size(4, 3, "domains")),
                        "The personalised menus link to 4 domains (a.example, b.example, c.example, d.example);"
                                + " 3 are allowed."));
    }

    @Test
    void showsThePlaceInAMenuOfTheAccount() {
        assertThat(VALIDATOR.account(menu(click("a")), Map.of("vip", personalised("{}", click("")))))
                .extracting(Violation::path)
                .containsExactly("conditional.vip.button[0].name", "conditional.vip.matchrule");
    }

    @Test
    void personalisedMenusNeedADefaultMenu() {
        assertThat(VALIDATOR.account(MissingNode.getInstance(), Map.of("vip", personalised(RULE, click("a")))))
                .extracting(Violation::errcode)
                .containsExactly(65303);
        assertThat(VALIDATOR.addition(personalised(RULE, click("a")), LiveMenus.EMPTY))
                .extracting(Violation::errcode)
                .containsExactly(65303);
        assertThat(VALIDATOR.account(json("{}"), Map.of()))
                .extracting(Violation::errcode)
                .containsExactly(40016);
    }

    @Test
    void countsTheDomainsOfWhatIsLive() {
        LiveMenus live = MenuJson.liveMenus(json("{'menu':"
                + MenuJson.text(menu(click("a"))).replace('"', '\'')
                + ",'conditionalmenu':[{'button':["
                + String.join(",", view("https://a.example"), view("https://b.example"), view("https://c.example"))
                + "],'matchrule':{'group_id':2},'menuid':1}]}"));

        assertThat(VALIDATOR.addition(personalised(RULE, view("https://c.example")), live))
                .isEmpty();
        assertThat(VALIDATOR.addition(personalised(RULE, view("https://d.example")), live))
                .extracting(Violation::errcode)
                .containsExactly(65316);
    }
}
