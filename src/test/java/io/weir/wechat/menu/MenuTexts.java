package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** JSON for the tests of menus, with single quotes for double ones; and the samples of the documents. */
final class MenuTexts {
    private MenuTexts() {}

    static ObjectNode json(String singleQuoted) {
        return MenuJson.parse(singleQuoted.replace('\'', '"'));
    }

    static ObjectNode menu(String... buttons) {
        return json("{'button':[" + String.join(",", buttons) + "]}");
    }

    static String leaf(String type, String name, String field, String value) {
        return "{'type':'" + type + "','name':'" + name + "','" + field + "':'" + value + "'}";
    }

    static String click(String name) {
        return leaf("click", name, "key", "K");
    }

    static String view(String url) {
        return leaf("view", "页", "url", url);
    }

    static String parent(String... buttons) {
        return "{'name':'更多','sub_button':[" + String.join(",", buttons) + "]}";
    }

    static ObjectNode personalised(String rule, String... buttons) {
        return json("{'button':[" + String.join(",", buttons) + "],'matchrule':" + rule + "}");
    }

    /** A file of seeds/menu. */
    static String seed(String name) {
        try (InputStream file = MenuTexts.class.getResourceAsStream("/seeds/menu/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
