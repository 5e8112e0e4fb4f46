package io.weir.menu.file;

import static io.weir.menu.MenuShop.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.menu.diff.WantedMenus;
import io.weir.rules.ReplyRules;
import io.weir.wechat.message.PushType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether every button has an answer. */
class AnswersCheckTest {
    private static final WantedMenus MENUS = wanted(
            "{\"button\":[{\"type\":\"click\",\"name\":\"a\",\"key\":\"ONE\"},"
                    + "{\"type\":\"view\",\"name\":\"b\",\"url\":\"https://www.example.com/\"},"
                    + "{\"name\":\"c\",\"sub_button\":[{\"type\":\"location_select\",\"name\":\"d\",\"key\":\"HERE\"}]}]}",
            "{\"button\":[{\"type\":\"scancode_push\",\"name\":\"e\",\"key\":\"SCAN\"}],\"matchrule\":{\"tag_id\":\"1\"}}");

    @Test
    void aButtonOfEveryMenuAndLevelNeedsOne() {
        AnswersCheck nobody = new AnswersCheck(ReplyRules.NONE, (type, key) -> false);

        assertThat(nobody.unanswered(MENUS))
                .containsExactly(
                        new AnswersCheck.Unanswered("button[0].key", PushType.CLICK, "ONE"),
                        new AnswersCheck.Unanswered("button[2].sub_button[0].key", PushType.LOCATION_SELECT, "HERE"),
                        new AnswersCheck.Unanswered("conditional.menu0.button[0].key", PushType.SCANCODE_PUSH, "SCAN"));
    }

    @Test
    void aHandlerOfOnesOwnAnswersEveryKeyOfItsType() {
        AnswersCheck jar = new AnswersCheck(
                ReplyRules.NONE,
                (type, key) -> Set.of(PushType.CLICK, PushType.SCANCODE_PUSH).contains(type));

        assertThat(jar.unanswered(MENUS))
                .extracting(AnswersCheck.Unanswered::key)
                .isEqualTo(List.of("HERE"));
    }
}
