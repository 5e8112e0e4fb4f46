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
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MatchRule.PersonalData;
import io.weir.wechat.menu.SelfMenu.SelfMenuReader;
import java.io.Serial;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Menus in WeChat's JSON. A text that people wrote is parsed strictly; an answer of the API is read leniently, with numbers
 * or texts, and fields that are unknown left out.
 */
public final class MenuJson {
    private static final Comparator<ConditionalMenu> OLDEST_FIRST =
            Comparator.comparing(menu -> menu.menuid().map(MenuJson::number).orElse(BigInteger.ZERO));

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
        return new Menu(buttons(body.path("button")));
    }

    /** The body of menu/addconditional, or an entry of menu/get's {@code conditionalmenu}. */
    public static ConditionalMenu conditionalMenu(JsonNode body) {
        return new ConditionalMenu(
                menu(body),
                matchRule(body.path("matchrule")),
                JsonFields.of(body).optional("menuid"));
    }

    /** The {@code matchrule} itself. */
    public static MatchRule matchRule(JsonNode matchrule) {
        JsonFields rule = JsonFields.of(matchrule);
        PersonalData personal = new PersonalData(
                rule.optional("sex"),
                rule.optional("country"),
                rule.optional("province"),
                rule.optional("city"),
                rule.optional("language"));
        return new MatchRule(
                rule.optional("tag_id").or(() -> rule.optional("group_id")),
                rule.optional("client_platform_type"),
                personal);
    }

    /** The answer of menu/get; {@code {"errcode":46003}} is {@link LiveMenus#EMPTY}. */
    public static LiveMenus liveMenus(JsonNode answer) {
        JsonNode menu = answer.path("menu");
        return new LiveMenus(
                menu.isObject() ? Optional.of(menu(menu)) : Optional.empty(),
                JsonFields.of(menu).optional("menuid"),
                list(answer.path("conditionalmenu")).stream()
                        .map(MenuJson::conditionalMenu)
                        .sorted(OLDEST_FIRST)
                        .toList());
    }

    /** The answer of get_current_selfmenu_info. */
    public static SelfMenu selfMenu(JsonNode answer) {
        return SelfMenuReader.selfMenu(answer);
    }

    /** The answer of menu/trymatch in either shape; empty when the user sees no menu. */
    public static Optional<Menu> seenMenu(JsonNode answer) {
        JsonNode shown = answer.path("menu").isObject() ? answer.path("menu") : answer;
        return shown.path("button").isArray() ? Optional.of(menu(shown)) : Optional.empty();
    }

    /** The {@code menuid} of menu/addconditional's answer, a text or a number. */
    public static Optional<String> menuid(JsonNode answer) {
        return JsonFields.of(answer).optional("menuid");
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

    private static List<Button> buttons(JsonNode list) {
        return list(list).stream().map(MenuJson::button).toList();
    }

    private static Button button(JsonNode json) {
        JsonNode children = json.path("sub_button");
        return children.isArray() && !children.isEmpty()
                ? new Button.SubMenu(JsonFields.of(json).text("name"), buttons(children))
                : leaf(json);
    }

    static List<JsonNode> list(JsonNode array) {
        return array.isArray()
                ? StreamSupport.stream(array.spliterator(), false).toList()
                : List.of();
    }

    static Button leaf(JsonNode json) {
        JsonFields fields = JsonFields.of(json);
        return ButtonType.find(fields.text("type"))
                .map(type -> type.reader().apply(fields))
                .orElseGet(() -> other(json, fields));
    }

    private static Button other(JsonNode json, JsonFields fields) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        if (json.isObject()) {
            rest.setAll((ObjectNode) json);
        }
        rest.remove(Set.of("type", "name", "sub_button"));
        rest.properties().removeIf(field -> field.getValue().isNull());
        return new Button.Other(fields.text("type"), fields.text("name"), rest);
    }

    private static BigInteger number(String menuid) {
        return menuid.matches("[0-9]{1,40}") ? new BigInteger(menuid) : BigInteger.ZERO;
    }

    /** Reads the fields of an object leniently. */
    record JsonFields(JsonNode json) {
        static JsonFields of(JsonNode json) {
            return new JsonFields(json);
        }

        /** A text, or a number as one; empty for anything else. */
        String text(String name) {
            JsonNode value = json.path(name);
            return value.isTextual() || value.isNumber() ? value.asText() : "";
        }

        /** Empty also for an empty text. */
        Optional<String> optional(String name) {
            return Optional.of(text(name)).filter(value -> !value.isEmpty());
        }
    }

    /** A text that is not the JSON it should be: where, what was found and what was expected. Without stack trace. */
    public static final class MenuJsonException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;
        private final int errcode;

        MenuJsonException(Problem problem, int errcode) {
            super(
                    "line " + problem.place().line() + ", column "
                            + problem.place().column() + ": " + problem.rule()
                            + ", found " + problem.found()
                            + problem.hint().map(hint -> " (" + hint + ")").orElse(""),
                    null,
                    false,
                    false);
            this.problem = problem;
            this.errcode = errcode;
        }

        /** Its place has line and column. */
        public Problem problem() {
            return problem;
        }

        /** From 1. */
        public int line() {
            return problem.place().line();
        }

        public String found() {
            return problem.found();
        }

        /** Empty when there is none. */
        public String hint() {
            return problem.hint().orElse("");
        }

        /** What WeChat would answer. */
        public int errcode() {
            return errcode;
        }
    }
}
