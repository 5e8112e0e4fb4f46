package io.weir.menu.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.menu.diff.WantedMenus;
import io.weir.menu.file.MenuFile.MenuImage;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.MatchRule;
import io.weir.wechat.menu.MenuJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a menu file may say, and what is said of one that does not. */
class MenuFileTest {
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n a picture".getBytes(StandardCharsets.ISO_8859_1);

    private static final String YAML = """
            # the menus of the shop
            button:
              - { type: click, name: 笑话, key: 0012 }
              - name: 更多
                sub_button:
                  - type: view
                    name: "主页"
                    url: https://www.example.com/
            conditional:
              vip:
                matchrule: { tag: 星标组, client_platform_type: 2 }
                button:
                  - { type: media_id, name: 图, image: logo.png }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void readsYamlWithItsValuesExactlyAsWritten() throws IOException {
        Files.write(folder.resolve("logo.png"), PNG);

        MenuFile file = read("menu.yaml", YAML).file().orElseThrow();
        MenuImage image = file.images().get(0);
        WantedMenus menus = file.wanted(Map.of("星标组", "2"), Map.of(image.sha256(), "MEDIA"));

        assertThat(menus.missing()).isEmpty();
        assertThat(menus.standard().leaves())
                .containsExactly(new Button.Click("笑话", "0012"), new Button.View("主页", "https://www.example.com/"));
        assertThat(menus.conditional()).singleElement().satisfies(vip -> {
            assertThat(vip.name()).isEqualTo("vip");
            assertThat(vip.menu().menu().buttons()).containsExactly(new Button.MediaId("图", "MEDIA"));
            assertThat(vip.menu().matchRule())
                    .isEqualTo(MenuJson.matchRule(MenuJson.parse("{\"tag_id\":\"2\",\"client_platform_type\":\"2\"}")));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"menu.json", "menu"})
    void aBodyOfMenuCreateIsAMenuFile(String name) {
        String body =
                "{\"button\":[{\"type\":\"click\",\"name\":\"今日歌曲\",\"key\":\"V1001_TODAY_MUSIC\",\"sub_button\":[]}]}";

        WantedMenus menus = read(name, body).file().orElseThrow().wanted(Map.of(), Map.of());

        assertThat(MenuJson.write(menus.standard())).isEqualTo(MenuJson.parse(body.replace(",\"sub_button\":[]", "")));
        assertThat(menus.conditional()).isEmpty();
    }

    @Test
    void aFileWithABomAndWindowsLineEndsIsRead() {
        String windows = "\uFEFF" + "button:\r\n  - { type: click, name: a, key: k }\r\n";

        assertThat(read("menu.yml", windows).file()).isPresent();
        assertThat(read("menu.json", "\uFEFF{\"button\":[]}").file()).isPresent();
    }

    @Test
    void whatIsNotKnownYetIsMissing() throws IOException {
        Files.write(folder.resolve("logo.png"), PNG);
        MenuFile file = read("menu.yaml", YAML).file().orElseThrow();

        WantedMenus draft = file.draft();

        assertThat(file.tagNames()).containsExactly("星标组");
        assertThat(draft.missing())
                .hasSize(2)
                .anySatisfy(tag -> assertThat(tag).contains("tag \"星标组\""))
                .anySatisfy(picture -> assertThat(picture)
                        .contains("logo.png", file.images().get(0).placeholder()));
        assertThat(draft.conditional().get(0).menu().matchRule())
                .extracting(MatchRule::isEmpty)
                .isEqualTo(false);
        assertThat(file.unknownTags(Map.of("星标", "2")))
                .singleElement()
                .satisfies(unknown -> assertThat(unknown.where() + unknown.what())
                        .endsWith("menu.yaml:11:23: error: conditional.vip.matchrule.tag: the account has no tag"
                                + " \"星标组\" → did you mean \"星标\"?"));
    }

    @Test
    void thePictureOfTwoButtonsIsOneByItsContent() throws IOException {
        Files.write(folder.resolve("a.png"), PNG);
        Files.write(folder.resolve("b.jpg"), PNG);

        MenuFile file = read("menu.yaml", """
                button:
                  - { type: media_id, name: a, image: a.png }
                  - { type: media_id, name: b, image: b.jpg }
                """).file().orElseThrow();

        assertThat(file.images())
                .singleElement()
                .extracting(MenuImage::contentType)
                .isEqualTo("image/png");
        assertThat(file.wanted(Map.of(), Map.of(file.images().get(0).sha256(), "M"))
                        .standard()
                        .buttons())
                .containsExactly(new Button.MediaId("a", "M"), new Button.MediaId("b", "M"));
    }

    static Stream<Arguments> yaml() {
        return Stream.of(
                fault("menu.yaml", "button:\n  - {type: click, name: a, key: k\n", "3:", "expected"),
                fault("menu.yaml", "button:\n\t- type: click\n", "2:", "tab"),
                fault("menu.yaml", "button: x\n", "1:", "button", "list"),
                fault("menu.yaml", "- a\n", "1:", "found", "expected"),
                fault("menu.yaml", "button: []\nbutton: []\n", "2:", "button: found the key of line 1 again"),
                fault("menu.yaml", "button:\n  - {type: click, name: [a], key: k}\n", "2:", "button[0].name"),
                fault("menu.yaml", "button: []\nconditional: [a]\n", "2:", "conditional"),
                fault("menu.yaml", "button: []\nconditional:\n  vip: x\n", "3:", "conditional.vip"));
    }

    static Stream<Arguments> structure() {
        return Stream.of(
                fault(
                        "menu.yaml",
                        "buttons: []\n",
                        "1:10: ",
                        "buttons: found an unknown key; expected button or conditional",
                        "did you mean \"button\"?"),
                fault("menu.yaml", "button: []\nmatchrule: {tag_id: 1}\n", "2:12: ", "conditional: { NAME: … }"),
                fault("menu.yaml", "menu:\n  button: []\n", "2:3: ", "this is an answer of WeChat's", "weir menu pull"),
                fault(
                        "menu.yaml",
                        "button: []\nconditional:\n  vip:\n    button: []\n    menuid: 7\n",
                        "5:13: ",
                        "conditional.vip.menuid: found an unknown key; expected button or matchrule",
                        "WeChat gives a new one"),
                fault(
                        "menu.yaml",
                        "button: []\nconditional:\n  vip:\n    matchrule: {tag: a, tag_id: 7}\n    button: []\n",
                        "4:22: ",
                        "conditional.vip.matchrule.tag: found a tag's name and its id; expected one of them"));
    }

    static Stream<Arguments> pictures() {
        return Stream.of(
                fault(
                        "menu.yaml",
                        "button:\n  - {type: media_id, name: a, image: none.png}\n",
                        "2:",
                        "button[0].image: found no file at",
                        "relative to the menu file"),
                fault(
                        "menu.yaml",
                        "button:\n  - {type: media_id, name: a, image: text.png}\n",
                        "2:",
                        "which is not a PNG, JPEG, GIF or BMP"),
                fault(
                        "menu.yaml",
                        "button:\n  - {type: media_id, name: a, image: empty.png}\n",
                        "2:",
                        "has 0 bytes; 1 to 10485760 are allowed"),
                fault(
                        "menu.yaml",
                        "button:\n  - {type: click, name: a, image: logo.png}\n",
                        "2:",
                        "image stands for the media_id of a button of type media_id"),
                fault(
                        "menu.yaml",
                        "button:\n  - {type: media_id, name: a, media_id: M, image: logo.png}\n",
                        "2:",
                        "found an image and a media_id; expected one of them"));
    }

    static Stream<Arguments> json() {
        return Stream.of(
                fault("menu.json", "{\"button\":[\n  {\"type\":\"click\",}]}", "2:19: ", "found", "expected"),
                fault("menu.json", "{\"button\":[]\n", "2:1: ", "end"),
                fault("menu.json", "[]", "1:1: ", "expected", "[40016]"),
                fault("menu.json", "", "1:1: ", "expected"),
                fault("menu.json", "{\"button\":[],\"button\":[]}", "1:", "button"),
                fault(
                        "menu.json",
                        "{\"button\":[],\n \"conditional\":7}",
                        "2:16: ",
                        "found \"7\"; expected menus by name"),
                fault(
                        "menu.json",
                        "{\"button\":[],\n \"conditional\":{\"vip\":[]}}",
                        "2:23: ",
                        "conditional.vip: found a list; expected button and matchrule"),
                fault(
                        "menu.json",
                        "{\"button\":[],\n \"conditional\":{\"😀\":{\"matchrule\":{\"tag\":5}}}}",
                        "2:41: ",
                        "found \"5\"; expected the name of a tag",
                        "write tag_id for an id"),
                fault(
                        "menu.json",
                        "{\"is_menu_open\":1}",
                        "1:17: ",
                        "is_menu_open: found an unknown key; expected button or conditional"));
    }

    private static Arguments fault(String name, String text, String place, String... words) {
        return Arguments.of(name, text, place, List.of(words));
    }

    @ParameterizedTest
    @MethodSource({"yaml", "structure", "pictures", "json"})
    void tellsWhereWhatWasFoundAndWhatWasExpected(String name, String text, String place, List<String> words)
            throws IOException {
        Files.write(folder.resolve("logo.png"), PNG);
        Files.writeString(folder.resolve("text.png"), "no picture");
        Files.writeString(folder.resolve("empty.png"), "");

        MenuFileReader.ReadFile reading = read(name, text);

        assertThat(reading.file()).isEmpty();
        assertThat(reading.findings()).first().satisfies(finding -> {
            assertThat(finding.isError()).isTrue();
            assertThat(finding.where()).startsWith(folder.resolve(name) + ":" + place);
            assertThat(finding.what()).startsWith("error: ").contains(words);
        });
    }

    @Test
    void refusesAnotherEncoding() {
        byte[] gbk = {'b', 'u', 't', 't', 'o', 'n', ':', ' ', (byte) 0xBD, (byte) 0xF1};

        MenuFileReader.ReadFile yaml = MenuFileReader.read(folder.resolve("menu.yaml"), gbk);
        MenuFileReader.ReadFile json = MenuFileReader.read(folder.resolve("menu.json"), gbk);

        assertThat(yaml.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("bytes that are not UTF-8", "UTF-8"));
        assertThat(json.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains("UTF-8"));
    }

    private MenuFileReader.ReadFile read(String name, String text) {
        return MenuFileReader.read(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
