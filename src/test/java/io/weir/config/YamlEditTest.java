package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.config.YamlEdit.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEditTest {
    private static final String FILE = "replies.yaml";
    private static final String COMMENTED = """
            # Answers of the shop.

            CLICK:   # menu
              # The first button.
              HELP:  { text: "how?" }     # asked often
              SONG:
                music:
                  thumbMediaId: m1        # the cover
                  title: 'it''s late'
              default: { text: 'unknown {eventKey}' }   # 其他

            text:
              你好: { text: "你好！" }
            # the end
            """;

    @Test
    void replacesOnlyTheTextThatDiffers() {
        assertThat(set(COMMENTED, "CLICK", "HELP", "{text: so!}")).isEqualTo(COMMENTED.replace("\"how?\"", "\"so!\""));
        assertThat(set(COMMENTED, "CLICK", "SONG", "{music: {thumbMediaId: m2, title: \"it's late\"}}"))
                .isEqualTo(COMMENTED.replace("m1 ", "\"m2\" "));
        assertThat(set(COMMENTED, "text", "你好", "{text: \"您好，{openId}\"}"))
                .isEqualTo(COMMENTED.replace("你好！", "您好，{openId}"));
    }

    @Test
    void leavesTheTextAloneWhereNothingChanges() {
        assertThat(set(COMMENTED, "CLICK", "SONG", "{music: {title: \"it's late\", thumbMediaId: m1}}"))
                .isEqualTo(COMMENTED);
    }

    @Test
    void replacesAReplyByOneOfAnotherKind() {
        assertThat(set(COMMENTED, "CLICK", "SONG", "{text: quiet}"))
                .isEqualTo(COMMENTED.replace("""
                          SONG:
                            music:
                              thumbMediaId: m1        # the cover
                              title: 'it''s late'
                        """, "  SONG: { text: \"quiet\" }\n"));
        JsonNode none = new ObjectMapper().createObjectNode().put("none", true);
        assertThat(apply(COMMENTED, new Change("CLICK", "HELP", Optional.of(none), Optional.empty(), Optional.empty())))
                .isEqualTo(COMMENTED
                        .replace("{ text: \"how?\" }", "{ none: true }")
                        .replace("HELP:  ", "HELP: "));
    }

    @Test
    void writesSeveralArticlesBelowEachOther() {
        String news =
                "{news: [{title: a, description: '', picUrl: p, url: u}, {title: b, description: d, picUrl: p, url: u}]}";

        assertThat(set(COMMENTED, "CLICK", "HELP", news)).contains("""
                  HELP:
                    news:
                      - title: "a"
                        description: ""
                        picUrl: "p"
                        url: "u"
                      - title: "b"
                """.stripTrailing(), "    # asked often\n");
    }

    @Test
    void addsARuleBeforeTheDefaultOrWhereItIsToStand() {
        assertThat(set(COMMENTED, "CLICK", "NEW", "{image: i}"))
                .isEqualTo(COMMENTED.replace("  default:", "  NEW: { image: \"i\" }\n  default:"));
        assertThat(set(COMMENTED, "text", "contains:天气", "{text: 晴}"))
                .isEqualTo(COMMENTED.replace("# the end", "  \"contains:天气\": { text: \"晴\" }\n# the end"));
        assertThat(apply(
                        COMMENTED,
                        new Change("CLICK", "NEW", json("{text: x}"), Optional.empty(), Optional.of("HELP"))))
                .isEqualTo(COMMENTED.replace("  # The first", "  NEW: { text: \"x\" }\n  # The first"));
    }

    @Test
    void addsASection() {
        assertThat(set(COMMENTED, "SCAN", "123", "{text: hi}"))
                .isEqualTo(COMMENTED + "\nSCAN:\n  \"123\": { text: \"hi\" }\n");
        assertThat(set("# nothing yet\n", "SCAN", "default", "{text: hi}"))
                .isEqualTo("# nothing yet\n\nSCAN:\n  default: { text: \"hi\" }\n");
        assertThat(set("", "SCAN", "default", "{text: hi}")).isEqualTo("SCAN:\n  default: { text: \"hi\" }\n");
        assertThat(set("text:\n  a: { text: b }", "SCAN", "default", "{text: hi}"))
                .isEqualTo("text:\n  a: { text: b }\n\nSCAN:\n  default: { text: \"hi\" }\n");
    }

    @Test
    void addsToAnEmptySection() {
        assertThat(set("text:  # later\nCLICK: {}\n", "text", "a", "{text: b}"))
                .isEqualTo("text:  # later\n  a: { text: \"b\" }\nCLICK: {}\n");
        assertThat(set("text:\nCLICK: {}\n", "CLICK", "a", "{text: b}"))
                .isEqualTo("text:\nCLICK: { a: { text: \"b\" } }\n");
    }

    @Test
    void removesARuleAndNothingElse() {
        assertThat(apply(COMMENTED, removed("CLICK", "SONG"))).isEqualTo(COMMENTED.replace("""
                  SONG:
                    music:
                      thumbMediaId: m1        # the cover
                      title: 'it''s late'
                """, ""));
        assertThat(apply(COMMENTED, removed("text", "你好")))
                .isEqualTo(COMMENTED.replace("text:\n  你好: { text: \"你好！\" }\n", ""));
    }

    @Test
    void changesSectionsInOneLine() {
        String text = "CLICK: { A: { text: a }, B: { text: b } } # two\ntext: { default: { none: true } }\n";

        assertThat(set(text, "CLICK", "B", "{text: c}"))
                .isEqualTo("CLICK: { A: { text: a }, B: { text: \"c\" } } # two\ntext: { default: { none: true } }\n");
        assertThat(set(text, "CLICK", "C", "{text: c}")).contains("B: { text: b }, C: { text: \"c\" } } # two");
        assertThat(set(text, "text", "x", "{text: c}"))
                .contains("text: { x: { text: \"c\" }, default: { none: true } }");
        assertThat(apply(text, removed("CLICK", "A"))).startsWith("CLICK: { B: { text: b } } # two");
        assertThat(apply(text, removed("CLICK", "B"))).startsWith("CLICK: { A: { text: a } } # two");
        assertThat(apply(text, removed("text", "default"))).doesNotContain("text: {");
    }

    @Test
    void renamesAndMoves() {
        assertThat(apply(
                        COMMENTED, new Change("CLICK", "HELP", Optional.empty(), Optional.of("H 1"), Optional.empty())))
                .isEqualTo(COMMENTED.replace("HELP:", "\"H 1\":"));
        String moved = apply(
                COMMENTED, new Change("CLICK", "HELP", Optional.empty(), Optional.empty(), Optional.of("default")));
        String help = "  # The first button.\n  HELP:  { text: \"how?\" }     # asked often\n";
        assertThat(moved).isEqualTo(COMMENTED.replace(help, "").replace("  default:", help + "  default:"));
        assertThat(apply(moved, new Change("CLICK", "HELP", Optional.empty(), Optional.empty(), Optional.of(""))))
                .contains("# 其他\n" + help);
    }

    @Test
    void readsBackWhatPeopleWrite() {
        for (String text : List.of(
                "a\nb",
                "\"quoted\" 'twice'",
                "# no comment",
                "- no list",
                "{openId}：",
                "tab\there",
                "\\n",
                "🎉 \uD83D\uDE00",
                "nel\u0085 ls\u2028 bom\uFEFF",
                "~",
                "null",
                "true",
                "0123",
                " blank ",
                "&a *b !c",
                "%",
                "x: y")) {
            JsonNode reply = new ObjectMapper().createObjectNode().put("text", text);
            String yaml = apply(
                    COMMENTED, new Change("CLICK", "SONG", Optional.of(reply), Optional.empty(), Optional.empty()));
            assertThat(YamlEdit.read(FILE, yaml).at("/CLICK/SONG/text").textValue())
                    .isEqualTo(text);
            String keyed =
                    apply(COMMENTED, new Change("text", text, Optional.of(reply), Optional.empty(), Optional.empty()));
            assertThat(YamlEdit.read(FILE, keyed).path("text").has(text)).isTrue();
        }
    }

    @Test
    void keepsWindowsLineBreaksAndTheByteOrderMark() {
        String text = "\uFEFF" + COMMENTED.replace("\n", "\r\n");

        String added = set(text, "SCAN", "default", "{text: hi}");

        assertThat(added).isEqualTo(text + "\r\nSCAN:\r\n  default: { text: \"hi\" }\r\n");
        assertThat(set(text, "CLICK", "NEW", "{image: i}"))
                .isEqualTo(text.replace("  default:", "  NEW: { image: \"i\" }\r\n  default:"));
        assertThat(apply(text, removed("CLICK", "HELP"))).doesNotContain("HELP").contains("button.\r\n  SONG:");
    }

    @Test
    void replacesTextsOfSeveralLines() {
        String text = "CLICK:\n  A:\n    text: |\n      one\n      two\n\n  # about B\n  B: { text: >-\n      x }\n";

        assertThat(set(
                        "CLICK:\n  A:\n    text: |\n      one\n      two\n\n# about B\ntext: {}\n",
                        "CLICK",
                        "A",
                        "{text: 1}"))
                .isEqualTo("CLICK:\n  A:\n    text: \"1\"\n\n# about B\ntext: {}\n");
        assertThat(text).contains("about B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLICK: &c\n  A: { text: a }\nSCAN: *c\n",
                "CLICK:\n  A: &a { text: a }\n  B: *a\n",
                "CLICK:\n  B: { text: &t hi }\n  A: { text: *t }\n",
                "CLICK:\n  A:\n    text: &t a\n  B: { text: *t }\n"
            })
    void refusesWhatSeveralRulesShare(String text) {
        assertThatThrownBy(() -> set(text, "CLICK", "A", "{text: b}"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems().get(0).text())
                                .contains("CLICK.A", "an anchor (&) or an alias (*)", "change the file by hand"));
    }

    @Test
    void changesOtherRulesOfAFileWithAnchors() {
        String text = "CLICK:\n  A: &a { text: a }\n  B: *a\n  C: { text: c }\n";

        assertThat(set(text, "CLICK", "C", "{text: d}")).isEqualTo(text.replace("text: c", "text: \"d\""));
    }

    @Test
    void refusesAFileThatCannotBeRead() {
        assertThatThrownBy(() -> set("CLICK: [", "CLICK", "A", "{text: b}")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> apply(COMMENTED, removed("CLICK", "NONE"))).hasMessageContaining("no such rule");
        assertThatThrownBy(() -> apply(
                        COMMENTED,
                        new Change("CLICK", "HELP", Optional.empty(), Optional.of("SONG"), Optional.empty())))
                .hasMessageContaining("already");
    }

    /** Every rule of the shipped file, changed, removed and added again. */
    @Test
    void changesEveryRuleOfTheShippedFile() throws IOException {
        String text = Files.readString(Path.of("conf/replies.yaml"));
        YamlEdit.read(FILE, text)
                .properties()
                .forEach(section -> section.getValue().fieldNames().forEachRemaining(key -> {
                    assertThat(comments(set(text, section.getKey(), key, "{text: \"新\"}")))
                            .isEqualTo(comments(text));
                    String without = apply(text, removed(section.getKey(), key));
                    assertThat(comments(without)).isEqualTo(comments(text));
                    set(without, section.getKey(), key, "{none: true}");
                    apply(text, new Change(section.getKey(), key, Optional.empty(), Optional.empty(), Optional.of("")));
                }));
    }

    private static long comments(String text) {
        return text.lines().filter(line -> line.strip().startsWith("#")).count();
    }

    private static String set(String text, String section, String key, String reply) {
        return apply(text, new Change(section, key, json(reply), Optional.empty(), Optional.empty()));
    }

    private static Change removed(String section, String key) {
        return new Change(section, key, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String apply(String text, Change change) {
        return YamlEdit.apply(FILE, text, List.of(change));
    }

    /** Written in YAML, for brevity. */
    private static Optional<JsonNode> json(String reply) {
        return Optional.of(YamlEdit.read("reply", reply));
    }
}
