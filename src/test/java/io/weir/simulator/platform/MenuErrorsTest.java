package io.weir.simulator.platform;

import static io.weir.simulator.platform.MenuJson.CLICK;
import static io.weir.simulator.platform.MenuJson.child;
import static io.weir.simulator.platform.MenuJson.clicks;
import static io.weir.simulator.platform.MenuJson.json;
import static io.weir.simulator.platform.MenuJson.leaf;
import static io.weir.simulator.platform.MenuJson.menu;
import static io.weir.simulator.platform.MenuJson.parent;
import static io.weir.simulator.platform.MenuJson.personalised;
import static io.weir.simulator.platform.MenuJson.view;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.MenuSettings.Personalised;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A row per code of menu-api.md §9 that the simulator can give, and per cause of it. */
class MenuErrorsTest {
    /** Those that a client should find before the call, and those that only the platform can know; 43001 and 43002 are HTTP's. */
    private static final String CODES = """
            40016 40017 40018 40019 40020 40022 40023 40024 40025 40026 40027 40033 40054 40055 40118 40119 40120
            40165 40166 41007 44002 47001 65303 65304 65307 65308 65310 65311 65312 65313 65314 65316 65317 65318 65320
            40007 40035 40121 45064 46003 46004 53600 65301 65302 65305 65306 65309 65315 65319
            """;

    private static final String VIEW = view("https://www.example.com/");

    @ParameterizedTest
    @MethodSource("rows")
    void refusesWithTheCode(Row row) {
        Menus menus = TestMenus.withDefault();

        int errcode = TestMenus.errcode(() -> row.action().accept(menus));

        assertThat(errcode).isEqualTo(row.errcode());
    }

    @Test
    void hasARowForEachCode() {
        Set<Integer> codes =
                Arrays.stream(CODES.split("\\s+")).map(Integer::valueOf).collect(Collectors.toSet());

        Set<Integer> covered = rows().map(Row::errcode).collect(Collectors.toSet());

        assertThat(covered).isEqualTo(codes);
    }

    @Test
    void aRefusedBodyChangesNothing() {
        Menus menus = TestMenus.withDefault();
        ObjectNode before = menus.save();

        int created = TestMenus.errcode(() -> menus.create(menu(CLICK, view("nowhere"))));
        int added = TestMenus.errcode(() -> menus.addConditional(personalised("{'sex':'1'}", CLICK)));

        assertThat(created).isEqualTo(40055);
        assertThat(added).isEqualTo(65320);
        assertThat(menus.save()).isEqualTo(before);
    }

    private static Stream<Row> rows() {
        return Stream.of(bodies(), structure(), firstLevel(), secondLevel(), types(), rules(), together(), others())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> bodies() {
        Buffer gbk = menu(leaf("click", "今日", "key", "K"))
                .getBuffer(0, 10)
                .appendBytes(new byte[] {(byte) 0xbd, (byte) 0xf1});
        return Stream.of(
                create(44002, "an empty body", Buffer.buffer()),
                create(47001, "a comma missing", json("{'button':[" + CLICK + CLICK + "]}")),
                create(47001, "cut off", json("{'button':[")),
                create(47001, "not UTF-8", gbk),
                create(47001, "plain words", Buffer.buffer("hello")),
                create(47001, "blanks only", Buffer.buffer("  ")),
                create(47001, "something behind the object", menu(CLICK).appendString("{}")),
                create(40033, "an escaped character", menu("{\"type\":\"click\",\"name\":\"\\u4eca\",\"key\":\"K\"}")),
                create(40033, "an escaped é", menu("{\"type\":\"click\",\"name\":\"\\u00e9\",\"key\":\"K\"}")),
                create(
                        40033,
                        "the first escape beyond ASCII",
                        menu("{\"type\":\"click\",\"name\":\"\\u0080\",\"key\":\"K\"}")),
                create(40016, "an array", json("[" + CLICK + "]")),
                create(40016, "a quoted object", json("'{}'")),
                create(40016, "null", json("null")),
                create(40016, "a form field", json("body={'button':[]}")),
                create(40016, "an object sent as a form", Buffer.buffer("%7B%22button%22%3A%5B%5D%7D=")),
                add(44002, "an empty body", Buffer.buffer()),
                add(65318, "not UTF-8", gbk),
                add(40033, "an escaped character", personalised("{'tag_id':'\\u4eca'}", CLICK)),
                add(47001, "cut off", json("{'button':[")),
                add(40016, "an array", json("[]")),
                row(44002, "delconditional: an empty body", menus -> menus.deleteConditional(Buffer.buffer())),
                row(47001, "delconditional: an array", menus -> menus.deleteConditional(json("[]"))),
                row(47001, "trymatch: cut off", menus -> menus.tryMatch(json("{"))));
    }

    private static Stream<Row> structure() {
        return Stream.of(
                create(40016, "no button field", json("{}")),
                create(40016, "no buttons", menu()),
                create(40016, "button is null", json("{'button':null}")),
                create(40016, "button is an object", json("{'button':{}}")),
                create(40016, "four buttons", menu(clicks(4))),
                create(40035, "a button that is a text", json("{'button':['click']}")),
                create(40023, "six children", menu(parent("更多", clicks(6)))),
                create(40035, "a child that is a number", menu(parent("更多", "1"))),
                create(40022, "a third level", child(parent("更多", CLICK))),
                create(41007, "sub_button is null", json("{'button':[{'name':'a','sub_button':null}]}")),
                create(41007, "sub_button is an object", json("{'button':[{'name':'a','sub_button':{}}]}")),
                create(41007, "so on the second level", child("{\"name\":\"a\",\"sub_button\":\"\"}")),
                create(
                        40017,
                        "a type beside children",
                        json("{'button':[{'type':'click','name':'a','key':'K','sub_button':[" + CLICK + "]}]}")));
    }

    private static Stream<Row> firstLevel() {
        return Stream.of(
                create(40018, "no name", json("{'button':[{'type':'click','key':'K'}]}")),
                create(40018, "an empty name", menu(leaf("click", "", "key", "K"))),
                create(40018, "the name of a parent", menu(parent("", CLICK))),
                create(40035, "a name that is a number", json("{'button':[{'type':'click','name':1,'key':'K'}]}")),
                create(40017, "no type", json("{'button':[{'name':'a','key':'K'}]}")),
                create(40017, "no type and no children", menu(parent("更多"))),
                create(40017, "an unknown type", menu(leaf("clock", "a", "key", "K"))),
                create(40017, "a type in capitals", menu(leaf("CLICK", "a", "key", "K"))),
                create(40119, "a type of the console", menu(leaf("text", "a", "value", "V"))),
                create(40019, "no key", menu(leaf("click", "a"))),
                create(40019, "an empty key", menu(leaf("pic_weixin", "a", "key", ""))),
                create(40035, "a key that is a number", json("{'button':[{'type':'click','name':'a','key':1}]}")),
                create(40020, "no url", menu(leaf("view", "a"))),
                create(40020, "an empty url", menu(view(""))),
                create(40055, "a url without scheme", menu(view("www.example.com"))),
                create(40055, "another scheme", menu(view("ftp://www.example.com/"))),
                create(40055, "a url without host", menu(view("https:///path"))),
                create(40055, "a blank in the host", menu(view("https://www example.com/"))));
    }

    private static Stream<Row> secondLevel() {
        return Stream.of(
                create(40025, "no name", child("{\"type\":\"click\",\"key\":\"K\"}")),
                create(40025, "an empty name", child(leaf("click", "", "key", "K"))),
                create(40024, "no type", child("{\"name\":\"a\",\"key\":\"K\"}")),
                create(40024, "an unknown type", child(leaf("finder", "a", "key", "K"))),
                create(40120, "a type of the console", child(leaf("news", "a", "value", "V"))),
                create(40026, "no key", child(leaf("scancode_push", "a"))),
                create(40027, "no url", child(leaf("view", "a"))),
                create(40054, "a url without scheme", child(view("//www.example.com/"))));
    }

    private static Stream<Row> types() {
        return Stream.of(
                create(
                        40020,
                        "a mini program without url",
                        menu(leaf("miniprogram", "a", "appid", "wx0", "pagepath", "p"))),
                create(40055, "a mini program with a bad url", menu(mini("pages/a", "wx0", "a"))),
                create(40166, "no appid", menu(mini("https://a.example/", "", "p"))),
                create(40166, "an appid in capitals", menu(mini("https://a.example/", "WX0", "p"))),
                create(40166, "a blank behind the appid", menu(mini("https://a.example/", "wx0 ", "p"))),
                create(40165, "no pagepath", menu(mini("https://a.example/", "wx0", ""))),
                row(45064, "a mini program that is not linked", menus -> {
                    menus.configure(menus.settings().linkedMiniPrograms(Set.of("wx1")));
                    menus.create(menu(mini("https://a.example/", "wx0", "p")));
                }),
                create(40118, "no media_id", menu(leaf("media_id", "a"))),
                create(40118, "an empty media_id", menu(leaf("view_limited", "a", "media_id", ""))),
                create(40007, "an unknown media_id", menu(leaf("media_id", "a", "media_id", "unknown"))),
                create(40121, "a thumb", menu(leaf("media_id", "a", "media_id", "sample-thumb"))),
                create(40121, "an image to open as news", menu(leaf("view_limited", "a", "media_id", "sample-image"))),
                create(53600, "no article_id", menu(leaf("article_id", "a"))),
                row(53600, "an article that is not published", menus -> {
                    menus.configure(menus.settings().publishedArticles(Set.of("other")));
                    menus.create(menu(leaf("article_view_limited", "a", "article_id", "A")));
                }));
    }

    private static Stream<Row> rules() {
        return Stream.of(
                add(65304, "no matchrule", menu(CLICK)),
                add(65304, "matchrule is null", personalised("null", CLICK)),
                add(65304, "an empty matchrule", personalised("{}", CLICK)),
                add(65304, "empty texts only", personalised("{'tag_id':'','sex':'','city':''}", CLICK)),
                add(65304, "unknown fields only", personalised("{'age':'7'}", CLICK)),
                add(40035, "matchrule is an array", personalised("[]", CLICK)),
                add(40035, "a tag that is no number", personalised("{'tag_id':'vip'}", CLICK)),
                add(40035, "an unknown client", personalised("{'client_platform_type':'4'}", CLICK)),
                add(65310, "province without country", personalised("{'province':'广东'}", CLICK)),
                add(65310, "city without country", personalised("{'province':'广东','city':'广州'}", CLICK)),
                add(65311, "city without province", personalised("{'country':'中国','city':'广州'}", CLICK)),
                add(65312, "a country that is no name", personalised("{'country':'86'}", CLICK)),
                add(65313, "a province that is no name", personalised("{'country':'中国','province':'#'}", CLICK)),
                add(
                        65314,
                        "a city that is no name",
                        personalised("{'country':'中国','province':'广东','city':'020'}", CLICK)),
                add(65320, "sex", personalised("{'tag_id':'100','sex':'1'}", CLICK)),
                add(65320, "country", personalised("{'country':'中国'}", CLICK)),
                add(65320, "province", personalised("{'country':'中国','province':'广东'}", CLICK)),
                add(65320, "city", personalised("{'country':'中国','province':'广东省','city':'广州市'}", CLICK)),
                add(65320, "language", personalised("{'language':'zh_CN'}", CLICK)));
    }

    private static Stream<Row> together() {
        String anybody = "{'client_platform_type':'1'}";
        return Stream.of(
                add(65307, "no button", json("{'matchrule':" + anybody + "}")),
                add(65307, "no buttons", personalised(anybody)),
                add(40016, "four buttons", personalised(anybody, clicks(4))),
                add(65308, "no type", personalised(anybody, "{'name':'a','key':'K'}")),
                add(65308, "no type on the second level", personalised(anybody, parent("a", "{'name':'a'}"))),
                add(65317, "a bad url", personalised(anybody, view("www.example.com"))),
                add(65317, "a bad url on the second level", personalised(anybody, parent("a", view("x:y")))),
                add(65316, "four domains", personalised(anybody, parent("a", views("a", "b", "c", "d")))),
                row(65305, "one too many", menus -> {
                    for (int number = 0; number <= ConditionalMenus.MAX_MENUS; number++) {
                        menus.addConditional(personalised(anybody, CLICK));
                    }
                }),
                row(65303, "no default menu", menus -> {
                    menus.delete();
                    menus.addConditional(personalised(anybody, CLICK));
                }),
                row(65319, "addconditional by a punished account", menus -> {
                    menus.configure(menus.settings().mayCreate(false));
                    menus.addConditional(personalised(anybody, CLICK));
                }),
                row(65306, "an account that has none", menus -> {
                    menus.configure(menus.settings().personalised(Personalised.UNSUPPORTED));
                    menus.addConditional(personalised(anybody, CLICK));
                }),
                row(65309, "switched off", menus -> {
                    menus.configure(menus.settings().personalised(Personalised.SWITCHED_OFF));
                    menus.addConditional(personalised(anybody, CLICK));
                }));
    }

    private static Stream<Row> others() {
        return Stream.of(
                row(65319, "create by a punished account", menus -> {
                    menus.configure(menus.settings().mayCreate(false));
                    menus.create(menu(VIEW));
                }),
                row(65301, "an unknown menuid", menus -> menus.deleteConditional(json("{'menuid':'1'}"))),
                row(65301, "the default menu's", menus -> menus.deleteConditional(json("{'menuid':'430000001'}"))),
                row(40035, "no menuid", menus -> menus.deleteConditional(json("{}"))),
                row(46004, "no user_id", menus -> menus.tryMatch(json("{}"))),
                row(65302, "an unknown person", menus -> menus.tryMatch(json("{'user_id':'oNobody'}"))),
                row(65315, "who has left", menus -> menus.tryMatch(json("{'user_id':'oBob'}"))),
                row(46003, "get without menu", menus -> deleted(menus).get()),
                row(46003, "delete without menu", menus -> deleted(menus).delete()),
                row(46003, "trymatch without menu", menus -> deleted(menus).tryMatch(json("{'user_id':'oAlice'}"))));
    }

    private static Menus deleted(Menus menus) {
        menus.delete();
        return menus;
    }

    private static String mini(String url, String appid, String pagepath) {
        return leaf("miniprogram", "a", "url", url, "appid", appid, "pagepath", pagepath);
    }

    private static String[] views(String... hosts) {
        return Stream.of(hosts)
                .map(host -> view("https://" + host + ".example/"))
                .toArray(String[]::new);
    }

    private static Row create(int errcode, String what, Buffer body) {
        return row(errcode, "create: " + what, menus -> menus.create(body));
    }

    private static Row add(int errcode, String what, Buffer body) {
        return row(errcode, "addconditional: " + what, menus -> menus.addConditional(body));
    }

    private static Row row(int errcode, String what, Consumer<Menus> action) {
        return new Row(errcode, what, action);
    }

    private record Row(int errcode, String what, Consumer<Menus> action) {
        @Override
        public String toString() {
            return errcode + " " + what;
        }
    }
}
