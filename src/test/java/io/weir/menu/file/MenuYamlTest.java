package io.weir.menu.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.menu.file.PulledMenus.MenuYaml;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MenuYamlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "今日动态",
                "👨‍👩‍👧 家庭",
                "yes",
                "NULL",
                "~",
                "007",
                "1.50",
                "0x1F",
                "2026-11-20",
                "- a",
                "a: b",
                "a #b",
                "'",
                "\"",
                "\\",
                "\\n",
                "a\nb",
                "a\tb",
                "\u0001",
                "a\u0085b",
                "a\u2028b",
                "\ufeffa",
                "  a  ",
                "${HOME}",
                "${HOME:x}",
                "$",
                "{a}",
                "[a]",
                "*a",
                "&a",
                "!a",
                "|",
                ">",
                "%a",
                "@a",
                "`a",
                "?",
                "<<",
                "="
            })
    void whatItWritesIsReadAsTheSameText(String value) {
        ObjectNode file = MenuJson.write(new Menu(List.of(
                new Button.SubMenu(value, List.of(new Button.View(value, value))), new Button.Click(value, value))));

        String text = MenuYaml.write(file, List.of("a remark with " + value));

        List<MenuFinding> findings = new ArrayList<>();
        assertThat(MenuText.read("menu.yaml", text.getBytes(StandardCharsets.UTF_8), findings)
                        .map(MenuText::tree))
                .as(text + findings)
                .contains(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"会员-ios", "100", "a b", "null", "a.b", "[0]", "\"", "#"})
    void writesNamesOfAllKinds(String name) {
        ObjectNode file = MenuJson.write(new Menu(List.of(new Button.Click("a", "A"))));
        ObjectNode vip = MenuJson.write(new Menu(List.of(new Button.Click("b", "B"))));
        vip.set("matchrule", JsonNodeFactory.instance.objectNode().put("tag", name));
        file.putObject("conditional").set(name, vip);

        String text = MenuYaml.write(file, List.of());

        List<MenuFinding> findings = new ArrayList<>();
        assertThat(MenuText.read("menu.yaml", text.getBytes(StandardCharsets.UTF_8), findings)
                        .map(MenuText::tree))
                .as(text + findings)
                .contains(file);
    }

    @Test
    void isForPeople() {
        ObjectNode file = MenuJson.write(new Menu(List.of(
                new Button.Click("今日动态", "NEWS"),
                new Button.SubMenu("更多", List.of(new Button.View("主页", "https://www.example.com/"))))));

        assertThat(MenuYaml.write(file, List.of("first\nsecond"))).isEqualTo("""
                # first
                # second
                button:
                  - type: click
                    name: 今日动态
                    key: NEWS
                  - name: 更多
                    sub_button:
                      - type: view
                        name: 主页
                        url: "https://www.example.com/"
                """);
    }
}
