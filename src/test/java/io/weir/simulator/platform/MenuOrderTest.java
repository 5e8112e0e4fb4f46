package io.weir.simulator.platform;

import static io.weir.simulator.platform.MenuJson.CLICK;
import static io.weir.simulator.platform.MenuJson.clicks;
import static io.weir.simulator.platform.MenuJson.json;
import static io.weir.simulator.platform.MenuJson.leaf;
import static io.weir.simulator.platform.MenuJson.menu;
import static io.weir.simulator.platform.MenuJson.parent;
import static io.weir.simulator.platform.MenuJson.personalised;
import static io.weir.simulator.platform.MenuJson.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which code comes when a body has two faults: unknown of WeChat, documented for the simulator. */
class MenuOrderTest {
    private static final String NOWHERE = view("nowhere");
    private static final String NAMELESS = leaf("click", "", "key", "K");

    @ParameterizedTest
    @MethodSource("bodies")
    void theFirstFaultOfTheDocumentedOrderIsTheAnswer(int errcode, Buffer body) {
        Menus menus = TestMenus.withDefault();

        assertThat(TestMenus.errcode(() -> menus.create(body))).isEqualTo(errcode);
    }

    private static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of(40033, json("{'name':'\\u4eca'")),
                Arguments.of(40016, menu(NAMELESS, CLICK, CLICK, CLICK)),
                Arguments.of(40055, menu(NOWHERE, NAMELESS)),
                Arguments.of(40018, menu(NAMELESS, NOWHERE)),
                Arguments.of(40018, menu(parent("", NOWHERE))),
                Arguments.of(40018, json("{'button':[{'name':'','sub_button':null}]}")),
                Arguments.of(40023, menu(parent("a", NAMELESS, CLICK, CLICK, CLICK, CLICK, CLICK))),
                Arguments.of(40054, menu(parent("a", NOWHERE), NAMELESS)),
                Arguments.of(40018, menu(leaf("clock", ""))),
                Arguments.of(40017, menu(leaf("clock", "a", "url", "nowhere"))),
                Arguments.of(40055, menu(leaf("miniprogram", "a", "url", "x", "appid", "WX", "pagepath", ""))),
                Arguments.of(40166, menu(leaf("miniprogram", "a", "url", "https://a", "appid", "WX", "pagepath", ""))));
    }

    @Test
    void forAPersonalisedMenuItIsAccountThenBodyThenDefaultMenuThenRuleThenButtonsThenTheWhole() {
        Menus menus = TestMenus.empty();
        Buffer cutOff = json("{");
        Buffer withoutRule = menu(NOWHERE);
        Buffer withBadButton = personalised("{'tag_id':'1'}", NOWHERE);

        menus.configure(menus.settings().mayCreate(false));
        assertThat(adding(menus, cutOff)).isEqualTo(65319);
        menus.configure(MenuSettings.open());
        assertThat(adding(menus, cutOff)).isEqualTo(47001);
        assertThat(adding(menus, withoutRule)).isEqualTo(65303);
        menus.create(menu(clicks(1)));
        assertThat(adding(menus, withoutRule)).isEqualTo(65304);
        assertThat(adding(menus, withBadButton)).isEqualTo(65317);
    }

    private static int adding(Menus menus, Buffer body) {
        return TestMenus.errcode(() -> menus.addConditional(body));
    }
}
