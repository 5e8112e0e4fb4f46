package io.weir.simulator.platform;

import static io.weir.simulator.platform.MenuJson.CLICK;
import static io.weir.simulator.platform.MenuJson.child;
import static io.weir.simulator.platform.MenuJson.clicks;
import static io.weir.simulator.platform.MenuJson.leaf;
import static io.weir.simulator.platform.MenuJson.menu;
import static io.weir.simulator.platform.MenuJson.parent;
import static io.weir.simulator.platform.MenuJson.personalised;
import static io.weir.simulator.platform.MenuJson.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits of menu-api.md §1, each with the most that is taken and one byte or entry more. Bytes of UTF-8 count. */
class StoredMenuLimitsTest {
    private static final String EMOJI = "😀";

    @ParameterizedTest
    @MethodSource("texts")
    void takesATextOfSoManyBytesAndNotOneMore(Limit limit) {
        Menus menus = TestMenus.empty();

        int most = TestMenus.errcode(() -> menus.create(limit.body().apply(limit.most())));
        int more = TestMenus.errcode(() -> menus.create(limit.body().apply(limit.most() + "a")));

        assertThat(limit.most().getBytes(StandardCharsets.UTF_8)).hasSize(limit.bytes());
        assertThat(most).isZero();
        assertThat(more).isEqualTo(limit.errcode());
    }

    private static Stream<Limit> texts() {
        return Stream.of(
                        limits(40018, 16, "name, first level", name -> menu(leaf("click", name, "key", "K"))),
                        limits(40018, 16, "name of a parent", name -> menu(parent(name, CLICK))),
                        limits(40025, 60, "name, second level", name -> child(leaf("click", name, "key", "K"))),
                        limits(40019, 128, "key, first level", key -> menu(leaf("click", "a", "key", key))),
                        limits(40026, 128, "key, second level", key -> child(leaf("location_select", "a", "key", key))),
                        limits(40020, 1024, "url, first level", 1, url -> menu(view(url))),
                        limits(40027, 1024, "url, second level", 1, url -> child(view(url))),
                        limits(40020, 1024, "url of a mini program", 1, url -> menu(mini(url))))
                .flatMap(rows -> rows);
    }

    private static Stream<Limit> limits(int errcode, int bytes, String what, Function<String, Buffer> body) {
        return limits(errcode, bytes, what, 0, body);
    }

    /** The same limit reached with ASCII, Chinese characters (three bytes each) and emoji (four). */
    private static Stream<Limit> limits(int errcode, int bytes, String what, int url, Function<String, Buffer> body) {
        String start = url == 0 ? "" : "https://www.example.com/";
        return Stream.of("a", "汉", EMOJI)
                .map(each -> new Limit(errcode, bytes, what + " of " + each, filled(start, each, bytes), body));
    }

    private static String filled(String start, String each, int bytes) {
        int size = each.getBytes(StandardCharsets.UTF_8).length;
        int left = bytes - start.length();
        return start + each.repeat(left / size) + "b".repeat(left % size);
    }

    private static String mini(String url) {
        return leaf("miniprogram", "a", "url", url, "appid", "wx0123456789abcdef", "pagepath", "pages/a");
    }

    @Test
    void takesThreeButtonsAndNotFour() {
        Menus menus = TestMenus.empty();

        assertThat(TestMenus.errcode(() -> menus.create(menu(clicks(1))))).isZero();
        assertThat(TestMenus.errcode(() -> menus.create(menu(clicks(3))))).isZero();
        assertThat(TestMenus.errcode(() -> menus.create(menu(clicks(4))))).isEqualTo(40016);
    }

    @Test
    void takesFiveChildrenAndNotSix() {
        Menus menus = TestMenus.empty();

        assertThat(TestMenus.errcode(() -> menus.create(menu(parent("a", clicks(1))))))
                .isZero();
        assertThat(TestMenus.errcode(() -> menus.create(menu(parent("a", clicks(5))))))
                .isZero();
        assertThat(TestMenus.errcode(() -> menus.create(menu(parent("a", clicks(6))))))
                .isEqualTo(40023);
    }

    @Test
    void takesAMediaIdUpToTheSimulatorsOwnLimit() {
        Menus menus = new Menus(new Followers(Clock.systemUTC()), mediaId -> Optional.of("image"));
        String most = "m".repeat(PlatformButtonChecks.MAX_MEDIA_ID_BYTES);

        assertThat(TestMenus.errcode(() -> menus.create(menu(leaf("media_id", "a", "media_id", most)))))
                .isZero();
        assertThat(TestMenus.errcode(() -> menus.create(menu(leaf("media_id", "a", "media_id", most + "m")))))
                .isEqualTo(40118);
    }

    @Test
    void takesPersonalisedMenusUpToTheSimulatorsOwnLimit() {
        Menus menus = TestMenus.withDefault();
        Buffer one = personalised("{'tag_id':'100'}", CLICK);

        for (int number = 0; number < ConditionalMenus.MAX_MENUS; number++) {
            menus.addConditional(one);
        }

        assertThat(menus.get().path("conditionalmenu")).hasSize(ConditionalMenus.MAX_MENUS);
        assertThat(TestMenus.errcode(() -> menus.addConditional(one))).isEqualTo(65305);
    }

    @Test
    void takesThreeDomainsOverAllPersonalisedMenusAndNotFour() {
        Menus menus = TestMenus.withDefault();
        menus.create(menu(view("https://of-the-default.example/")));
        menus.addConditional(linking("https://one.example/a"));
        menus.addConditional(linking("http://user@ONE.example:8080?b"));
        menus.addConditional(linking("https://two.example"));
        String last = menus.addConditional(linking("https://three.example#c"));

        assertThat(TestMenus.errcode(() -> menus.addConditional(linking("https://four.example/"))))
                .isEqualTo(65316);
        menus.deleteConditional(MenuJson.json("{'menuid':'" + last + "'}"));
        assertThat(TestMenus.errcode(() -> menus.addConditional(linking("https://four.example/"))))
                .isZero();
    }

    @Test
    void theUrlForClientsTooOldForAMiniProgramCountsAsALink() {
        Menus menus = TestMenus.withDefault();
        menus.addConditional(personalised(
                "{'tag_id':'100'}",
                parent("a", view("https://a.example/"), view("https://b.example/"), view("https://c.example/"))));

        int errcode = TestMenus.errcode(
                () -> menus.addConditional(personalised("{'tag_id':'100'}", mini("https://d.example/"))));

        assertThat(errcode).isEqualTo(65316);
    }

    private static Buffer linking(String url) {
        return personalised("{'client_platform_type':'1'}", view(url));
    }

    private record Limit(int errcode, int bytes, String what, String most, Function<String, Buffer> body) {
        @Override
        public String toString() {
            return what + ": " + bytes + " bytes, else " + errcode;
        }
    }
}
