package io.weir.wechat.menu;

import static io.weir.wechat.menu.MenuTexts.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.wechat.menu.MenuJson.MenuJsonException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON samples of the documents behave as seed-samples.md says. */
class SeedMenusTest {
    @ParameterizedTest
    @ValueSource(strings = {"create-2018.json", "create-2018-program.json"})
    void theMenuOfSeed0IsValidAsItStands(String file) {
        ObjectNode body = MenuJson.parse(seed(file));

        Menu menu = MenuJson.menu(body);

        assertThat(menu.leaves().map(SeedMenusTest::keyOf).flatMap(Optional::stream))
                .containsExactly(
                        "V1001_SUNCK",
                        "V1002_MASSAGE_BEAUTIFUL01",
                        "V1002_MASSAGE_BEAUTIFUL02",
                        "V1002_MASSAGE_BEAUTIFUL03");
        assertThat(MenuValidator.ofToday().menu(body)).isEmpty();
    }

    private static Optional<String> keyOf(Button button) {
        return button instanceof Button.Keyed keyed ? Optional.of(keyed.key()) : Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create-2018.json",
                "create-2018-program.json",
                "click-and-view.json",
                "other-types.json",
                "addconditional.json",
                "trymatch.json"
            })
    void everySampleOfAMenuIsWrittenAsItWasRead(String file) {
        ObjectNode body = MenuJson.parse(seed(file));

        ObjectNode written = MenuJson.write(MenuJson.menu(body));

        assertThat(written.path("button")).isEqualTo(withoutEmptySubMenus(body).path("button"));
        assertThat(MenuJson.menu(MenuJson.parse(MenuJson.text(written)))).isEqualTo(MenuJson.menu(body));
    }

    private static JsonNode withoutEmptySubMenus(JsonNode body) {
        return MenuJson.parse(body.toString().replace(",\"sub_button\":[]", ""));
    }

    @ParameterizedTest
    @CsvSource({"click-and-view.json, 2", "other-types.json, 0"})
    void theCompletedMenusOfSeed1AreValid(String file, int warnings) {
        List<Violation> found = MenuValidator.ofToday().menu(MenuJson.parse(seed(file)));

        assertThat(found).noneMatch(Violation::isError).hasSizeLessThanOrEqualTo(warnings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "click-and-view.raw.txt",
                "other-types.raw.txt",
                "selfmenu-website.raw.txt",
                "selfmenu-api.raw.txt"
            })
    void theRawSamplesAreRefusedForTheBlanksOfAWebPage(String file) {
        MenuJsonException refusal = refusal(seed(file));

        assertThat(refusal.found()).isEqualTo("U+00A0");
        assertThat(refusal.hint()).contains("U+00A0, copied from a web page");
        assertThat(refusal.line()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"click-and-view.raw.txt", "other-types.raw.txt"})
    void theRawMenusOfSeed1LackTheBracesEvenWithOrdinaryBlanks(String file) {
        assertThatThrownBy(() -> MenuJson.parse(blanks(seed(file))))
                .isInstanceOf(MenuJsonException.class)
                .hasMessage("line 1, column 5: expected '{', found '\"'");
    }

    @Test
    void theFirstMenuOfSeed1LacksCommasEvenWithBraces() {
        assertThatThrownBy(() -> MenuJson.parse("{" + blanks(seed("click-and-view.raw.txt")) + "}"))
                .hasMessage("line 4, column 10: expected a comma or '}', found '\"'");
    }

    @Test
    void theSecondMenuOfSeed1LacksColonsEvenWithBraces() {
        assertThatThrownBy(() -> MenuJson.parse("{" + blanks(seed("other-types.raw.txt")) + "}"))
                .hasMessage("line 3, column 19: expected a colon, found '\"'");
    }

    @Test
    void thePersonalisedMenuOfSeed4LacksAComma() {
        assertThat(refusal(seed("addconditional.raw.txt")).getMessage())
                .matches("line 1, column \\d+: expected a comma or '}', found '\"'");
    }

    @Test
    void theCompletedRuleOfSeed4HasSevenFieldsAndIsRefusedToday() {
        ObjectNode body = MenuJson.parse(seed("addconditional.json"));

        MatchRule rule = MenuJson.conditionalMenu(body).matchRule();

        assertThat(rule.tagId()).contains("2");
        assertThat(rule.clientPlatformType()).contains("2");
        assertThat(rule.personalData().fields().values()).containsExactly("1", "中国", "广东", "广州", "zh_CN");
        assertThat(MenuValidator.ofToday().conditionalMenu(body).stream().filter(Violation::isError))
                .extracting(Violation::errcode)
                .containsOnly(65320)
                .hasSize(5);
        assertThat(MenuValidator.legacy().conditionalMenu(body)).noneMatch(Violation::isError);
    }

    @Test
    void theOtherAnswersOfSeed4AreRead() {
        assertThat(MenuJson.menuid(MenuJson.parse(seed("menuid.json")))).contains("208379533");
        assertThat(MenuJson.menuid(MenuJson.parse(seed("delconditional.json")))).contains("208379533");
        assertThat(MenuJson.menuid(MenuJson.parse(seed("ok.json")))).isEmpty();
        assertThat(MenuJson.parse(seed("trymatch-request.json")).path("user_id").asText())
                .isEqualTo("weixin");
    }

    @Test
    void threeEqualButtonsAreLegal() {
        ObjectNode answer = MenuJson.parse(seed("trymatch.json"));

        Button tx = new Button.View("tx", "http://www.qq.com/");
        assertThat(MenuJson.seenMenu(answer)).contains(new Menu(List.of(tx, tx, tx)));
        assertThat(MenuValidator.ofToday().menu(answer)).isEmpty();
    }

    @Test
    void theMenuMadeOnTheWebsiteIsRead() {
        SelfMenu menu = MenuJson.selfMenu(MenuJson.parse(seed("selfmenu-website.json")));

        SelfButton.SubMenu parent = (SelfButton.SubMenu) menu.buttons().get(0);
        SelfButton.News news = (SelfButton.News) parent.buttons().get(1);
        assertThat(menu.isOpen()).isTrue();
        assertThat(menu.asMenu()).isEmpty();
        assertThat(parent.buttons().get(0))
                .isEqualTo(new SelfButton.OfApi(new Button.View("view_url", "http://www.qq.com")));
        assertThat(parent.buttons().subList(2, 4))
                .hasExactlyElementsOfTypes(SelfButton.Video.class, SelfButton.Voice.class);
        assertThat(news.mediaId()).isEqualTo("KQb_w_Tiz-nSdVLoTV35Psmty8hGBulGhEdbb9SKs-o");
        assertThat(news.articles()).extracting(SelfButton.Article::showCover).containsExactly(false, true);
        assertThat(news.articles().get(0).sourceUrl()).isEmpty();
        assertThat(menu.buttons().subList(1, 3))
                .containsExactly(
                        new SelfButton.Text("text", "This is text!"),
                        new SelfButton.Image(
                                "photo", "ax5Whs5dsoomJLEppAvftBUuH7CgXCZGFbFJifmbUjnQk_ierMHY99Y5d2Cv14RD"));
    }

    @Test
    void theMenuMadeThroughTheApiCanBeMadeAgain() {
        SelfMenu menu = MenuJson.selfMenu(MenuJson.parse(seed("selfmenu-api.json")));

        assertThat(menu.asMenu()).contains(MenuJson.menu(MenuJson.parse(seed("click-and-view.json"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "30", "50", "51"})
    void theFragmentsOfSeed2AreNotJson(String line) {
        assertThat(refusal(seed("fragment-" + line + ".raw.txt")).errcode()).isEqualTo(47001);
    }

    /** Completed copies differ from the raw ones by what was missing, and nothing else. */
    @Test
    void completedCopiesSayTheSameAsTheRawOnes() {
        Stream.of("click-and-view", "other-types", "selfmenu-website", "selfmenu-api", "addconditional")
                .forEach(name -> assertThat(withoutMarks(seed(name + ".json")))
                        .isEqualTo(withoutMarks(seed(name + ".raw.txt"))));
    }

    private static String withoutMarks(String json) {
        return json.replaceAll("[\\s\\u00a0,:{}]", "");
    }

    private static String blanks(String raw) {
        return raw.replace('\u00a0', ' ');
    }

    private static MenuJsonException refusal(String text) {
        return catchThrowableOfType(MenuJsonException.class, () -> MenuJson.parse(text));
    }
}
