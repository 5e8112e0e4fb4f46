package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bodies of menu calls, as texts, so that a test can also write what no tree can hold. */
final class MenuJson {
    static final String CLICK = leaf("click", "点", "key", "K");

    private MenuJson() {}

    static Buffer menu(String... buttons) {
        return Buffer.buffer("{\"button\":[" + String.join(",", buttons) + "]}");
    }

    /** A personalised menu; {@code rule} with single quotes. */
    static Buffer personalised(String rule, String... buttons) {
        return json("{'button':[%s],'matchrule':%s}".formatted(String.join(",", buttons), rule));
    }

    /** Single quotes stand for double ones. */
    static Buffer json(String text) {
        return Buffer.buffer(text.replace('\'', '"'));
    }

    static String parent(String name, String... children) {
        return "{\"name\":" + quoted(name) + ",\"sub_button\":[" + String.join(",", children) + "]}";
    }

    /** The only button of the second level of a menu. */
    static Buffer child(String leaf) {
        return menu(parent("更多", leaf));
    }

    /** @param fields names and values in turn */
    static String leaf(String type, String name, String... fields) {
        String own = IntStream.range(0, fields.length / 2)
                .mapToObj(at -> ",\"" + fields[2 * at] + "\":" + quoted(fields[2 * at + 1]))
                .collect(Collectors.joining());
        return "{\"type\":\"" + type + "\",\"name\":" + quoted(name) + own + "}";
    }

    static String view(String url) {
        return leaf("view", "看", "url", url);
    }

    static String[] clicks(int number) {
        return Stream.generate(() -> CLICK).limit(number).toArray(String[]::new);
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
