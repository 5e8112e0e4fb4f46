package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.config.ConfigException;
import io.weir.config.FileText;
import io.weir.config.JsonReader;
import io.weir.config.Node;
import io.weir.config.Place;
import io.weir.config.Problem;
import io.weir.config.Problem.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Menus in WeChat's JSON. A text that people wrote is parsed strictly; an answer of the API is read leniently, with numbers
 * or texts, and fields that are unknown left out.
 */
public final class MenuJson {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int EMPTY_BODY = 44002;
    private static final int NOT_UTF_8 = 65318;
    private static final int NOT_A_MENU = 40016;
    private static final int ESCAPES = 40033;
    private static final int NOT_JSON = 47001;

    private MenuJson() {}

    /**
     * The object of a JSON text in UTF-8, such as a menu file or a menu/create body, with the place of each value.
     *
     * @param file how the problem names it
     * @throws MenuJsonException where it is not JSON, not an object, has a key twice, or is larger than 64 KiB
     */
    public static Node.Mapping read(String file, byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            throw unreadable(
                    new Place(file, 1, 1, ""),
                    utf8.length + " bytes",
                    "expected at most " + MAX_BYTES + " bytes",
                    "is this the right file?",
                    NOT_JSON);
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        FileText.readableStart(utf8, text).ifPresent(start -> {
            throw unreadable(
                    Place.behind(file, start),
                    "bytes that are no UTF-8",
                    "expected UTF-8",
                    "save it as UTF-8; is it GBK?",
                    NOT_UTF_8);
        });
        try {
            return JsonReader.read(file, text);
        } catch (ConfigException e) {
            Problem problem = e.problems().get(0);
            throw new MenuJsonException(problem, errcode(problem, text.replaceFirst("^[\uFEFF \t\r\n]+", "")));
        }
    }

    private static MenuJsonException unreadable(Place place, String found, String rule, String hint, int errcode) {
        return new MenuJsonException(new Problem(Severity.ERROR, place, found, rule, Optional.of(hint)), errcode);
    }

    private static int errcode(Problem problem, String text) {
        if (problem.found().equals(JsonReader.HALF_CHARACTER)) {
            return ESCAPES;
        }
        if (text.isEmpty()) {
            return EMPTY_BODY;
        }
        return text.startsWith("[") || text.startsWith("\"") ? NOT_A_MENU : NOT_JSON;
    }

    /** The same without the places. */
    public static ObjectNode parse(byte[] utf8) {
        return read("", utf8).toJson();
    }

    /** The same for a text. */
    public static ObjectNode parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The body of menu/create, or any object with {@code button}. */
    public static Menu menu(JsonNode body) {
        return MenuReader.menu(body);
    }

    /** The body of menu/addconditional, or an entry of menu/get's {@code conditionalmenu}. */
    public static ConditionalMenu conditionalMenu(JsonNode body) {
        return MenuReader.conditionalMenu(body);
    }

    /** The {@code matchrule} itself. */
    public static MatchRule matchRule(JsonNode matchrule) {
        return MenuReader.matchRule(matchrule);
    }

    /** The answer of menu/get; {@code {"errcode":46003}} is {@link LiveMenus#EMPTY}. */
    public static LiveMenus liveMenus(JsonNode answer) {
        return MenuReader.liveMenus(answer);
    }

    /** The answer of get_current_selfmenu_info. */
    public static SelfMenu selfMenu(JsonNode answer) {
        return SelfMenuReader.selfMenu(answer);
    }

    /** The answer of menu/trymatch in either shape; empty when the user sees no menu. */
    public static Optional<Menu> seenMenu(JsonNode answer) {
        return MenuReader.seenMenu(answer);
    }

    /** The {@code menuid} of menu/addconditional's answer, a text or a number. */
    public static Optional<String> menuid(JsonNode answer) {
        return Fields.of(answer).optional("menuid");
    }

    /** The body of menu/create. */
    public static ObjectNode write(Menu menu) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode buttons = json.putArray("button");
        menu.buttons().forEach(button -> buttons.add(button.toJson()));
        return json;
    }

    /** The body of menu/addconditional: with the rule, without the menuid. */
    public static ObjectNode write(ConditionalMenu conditional) {
        ObjectNode json = write(conditional.menu());
        json.set("matchrule", write(conditional.matchRule()));
        return json;
    }

    /** A {@code matchrule}: all values are texts, the tag is {@code tag_id}. */
    public static ObjectNode write(MatchRule rule) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        rule.tagId().ifPresent(tag -> json.put("tag_id", tag));
        rule.clientPlatformType().ifPresent(platform -> json.put("client_platform_type", platform));
        rule.personalData().fields().forEach(json::put);
        return json;
    }

    /** Raw: no character is escaped that JSON does not force, since WeChat refuses {@code \}{@code u} escapes (40033). */
    public static String text(JsonNode json) {
        return json.toString();
    }
}
