package io.weir.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.weir.CommandRun;
import io.weir.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir menu validate}, which asks nobody. */
class MenuValidateCommandTest {
    private static final String TEN_MISTAKES = """
            button:
              - { type: click, name: 今日歌曲推荐, key: V1001_SUNCK }
              - { type: view, name: 主页, url: www.example.com }
              - name: 更多
                sub_button:
                  - { type: click, name: "", key: HELP }
                  - { type: clik, name: 帮助, key: HELP }
                  - { type: click, name: 长, key: "LONG" }
                  - { type: miniprogram, name: 下单, url: "https://www.example.com/", appid: WX0123456789ABCDEF }
                  - { type: view, name: 关于 }
            conditional:
              everybody:
                matchrule: {}
                button: [ { type: click, name: 会员, key: VIP } ]
              men:
                matchrule: { sex: 1 }
                button: [ { type: click, name: 会员, key: NOBODY_ANSWERS } ]
            """.replace("LONG", "L".repeat(129));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private String conf;

    @BeforeEach
    void configure() throws IOException {
        conf = Files.writeString(folder.resolve("weir.yaml"), """
                        accounts:
                          shop: { appId: wx00000000000000a1, appSecret: s3cretOfShop, token: t0kenOfShop }
                        """).toString();
        replies("CLICK: { V1001_SUNCK: { text: a }, HELP: { text: b }, VIP: { text: c } }\n");
    }

    @Test
    void findsTenMistakesAtOnce() throws IOException {
        CommandRun text = validate(TEN_MISTAKES);
        CommandRun json = validate(TEN_MISTAKES, "--json");

        assertThat(text.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(text.out())
                .startsWith(folder.resolve("menu.yaml")
                        + ":2:26: error: button[0].name: name has 18 bytes in UTF-8; 1 to 16"
                        + " are allowed. [40018] → A name has 1 to 16 bytes")
                .contains("\n    name 按 UTF-8 计为 18 字节；允许 1 至 16 字节。")
                .endsWith("11 errors, 0 warnings\n");
        assertThat(text.out()
                        .lines()
                        .filter(line -> line.contains(": error: "))
                        .map(MenuValidateCommandTest::pathAndCode))
                .containsExactly(
                        "button[0].name [40018]",
                        "button[1].url [40055]",
                        "button[2].sub_button[0].name [40025]",
                        "button[2].sub_button[1].type [40024]",
                        "button[2].sub_button[2].key [40026]",
                        "button[2].sub_button[3].pagepath [40165]",
                        "button[2].sub_button[3].appid [40166]",
                        "button[2].sub_button[4].url [40027]",
                        "conditional.everybody.matchrule [65304]",
                        "conditional.men.matchrule.sex [65320]",
                        "conditional.men.button[0].key ");
        assertThat(json.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        List<JsonObject> findings = json.json().getJsonArray("findings").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(findings).hasSizeGreaterThanOrEqualTo(10).allSatisfy(finding -> {
            assertThat(finding.getInteger("line")).isPositive();
            assertThat(finding.getString("path")).isNotBlank();
            assertThat(finding.getString("message")).isNotBlank();
            assertThat(finding.getString("hint")).isNotBlank();
        });
        assertThat(findings.get(0).getJsonObject("size"))
                .isEqualTo(new JsonObject().put("found", 18).put("allowed", 16).put("unit", "bytes"));
        assertThat(findings.get(0).getInteger("errcode")).isEqualTo(40018);
    }

    private static String pathAndCode(String line) {
        return line.replaceFirst(".*: error: ([^:]+): .*?(\\[[0-9]{5}])? → .*", "$1 $2")
                .replace("null", "");
    }

    @Test
    void aKeyWithoutAnAnswerIsAnErrorUnlessThereIsADefault() throws IOException {
        String menu = "button: [ { type: click, name: a, key: NEW }, { type: pic_weixin, name: b, key: PIC } ]\n";

        CommandRun unanswered = validate(menu);
        replies("CLICK: { default: { text: a } }\npic_weixin: { PIC: { text: a } }\n");
        CommandRun answered = validate(menu);

        assertThat(unanswered.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(unanswered.out())
                .contains(
                        "menu.yaml:1:40: error: button[0].key: nobody answers the key \"NEW\" → add it to the replies:"
                                + " CLICK: { NEW: { text: \"…\" } }, or a default there")
                .contains("menu.yaml:1:81: error: button[1].key: nobody answers the key \"PIC\"");
        assertThat(answered.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(answered.out()).isEqualTo("0 errors, 0 warnings\n");
    }

    @Test
    void anAnswerThatNoMenuHasTheKeyOfIsAWarning() throws IOException {
        CommandRun validate = validate("button: [ { type: click, name: a, key: HELP } ]\n");

        assertThat(validate.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(validate.out())
                .contains(
                        "menu.yaml: warning: no menu has the key of ",
                        "replies.yaml:1 CLICK.V1001_SUNCK → remove the reply, or is")
                .endsWith("0 errors, 2 warnings\n");
    }

    @Test
    void withdrawnFieldsAreWarnedOfForOldFiles() throws IOException {
        String old = """
                button: [ { type: click, name: a, key: HELP } ]
                conditional:
                  men: { matchrule: { sex: 1 }, button: [ { type: click, name: a, key: VIP } ] }
                """;

        CommandRun today = validate(old);
        CommandRun legacy = validate(old, "--legacy");

        assertThat(today.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(today.out()).contains("error: conditional.men.matchrule.sex", "[65320]");
        assertThat(legacy.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(legacy.out()).contains("warning: conditional.men.matchrule.sex");
    }

    @Test
    void tagsAreLeftToTheCommandsThatAsk() throws IOException {
        String menu = """
                button: [ { type: click, name: a, key: HELP } ]
                conditional:
                  vip: { matchrule: { tag: 星标组 }, button: [ { type: click, name: a, key: VIP } ] }
                """;

        CommandRun text = validate(menu);
        CommandRun json = validate(menu, "--json");

        assertThat(text.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(text.err()).isEqualTo("not checked, since only WeChat knows the account's tags: 星标组\n");
        assertThat(json.json().getJsonArray("tagsNotChecked")).containsExactly("星标组");
    }

    @Test
    void aFileThatIsNotThereIsBadData() {
        CommandRun none =
                CommandRun.of("menu", "validate", folder.resolve("none.yaml").toString(), "--conf", conf);
        CommandRun folderInstead = CommandRun.of("menu", "validate", folder.toString(), "--conf", conf);

        assertThat(none.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(none.err()).contains("no menu file at ", "none.yaml; weir menu pull ");
        assertThat(folderInstead.exitCode()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(folderInstead.err()).contains("it is a folder");
    }

    private void replies(String text) throws IOException {
        Files.writeString(folder.resolve("replies.yaml"), text);
    }

    private CommandRun validate(String menu, String... options) throws IOException {
        String file = Files.writeString(folder.resolve("menu.yaml"), menu).toString();
        String[] arguments = new String[options.length + 5];
        System.arraycopy(new String[] {"menu", "validate", file, "--conf", conf}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return CommandRun.of(arguments);
    }
}
