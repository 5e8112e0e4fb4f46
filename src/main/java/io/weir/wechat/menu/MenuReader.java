package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Makes records of the API's JSON; whatever is missing or of another shape is read as empty. */
final class MenuReader {
    private static final Comparator<ConditionalMenu> OLDEST_FIRST =
            Comparator.comparing(menu -> menu.menuid().map(MenuReader::number).orElse(BigInteger.ZERO));

    private MenuReader() {}

    static Menu menu(JsonNode body) {
        return new Menu(buttons(body.path("button")));
    }

    private static List<Button> buttons(JsonNode list) {
        return list(list).stream().map(MenuReader::button).toList();
    }

    static List<JsonNode> list(JsonNode array) {
        return array.isArray()
                ? StreamSupport.stream(array.spliterator(), false).toList()
                : List.of();
    }

    private static Button button(JsonNode json) {
        JsonNode children = json.path("sub_button");
        return children.isArray() && !children.isEmpty()
                ? new Button.SubMenu(Fields.of(json).text("name"), buttons(children))
                : leaf(json);
    }

    static Button leaf(JsonNode json) {
        Fields fields = Fields.of(json);
        return ButtonType.find(fields.text("type"))
                .map(type -> type.reader().apply(fields))
                .orElseGet(() -> other(json, fields));
    }

    private static Button other(JsonNode json, Fields fields) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        if (json.isObject()) {
            rest.setAll((ObjectNode) json);
        }
        rest.remove(Set.of("type", "name", "sub_button"));
        rest.properties().removeIf(field -> field.getValue().isNull());
        return new Button.Other(fields.text("type"), fields.text("name"), rest);
    }

    static ConditionalMenu conditionalMenu(JsonNode body) {
        return new ConditionalMenu(
                menu(body), matchRule(body.path("matchrule")), Fields.of(body).optional("menuid"));
    }

    static MatchRule matchRule(JsonNode json) {
        Fields rule = Fields.of(json);
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

    static LiveMenus liveMenus(JsonNode answer) {
        JsonNode menu = answer.path("menu");
        return new LiveMenus(
                menu.isObject() ? Optional.of(menu(menu)) : Optional.empty(),
                Fields.of(menu).optional("menuid"),
                list(answer.path("conditionalmenu")).stream()
                        .map(MenuReader::conditionalMenu)
                        .sorted(OLDEST_FIRST)
                        .toList());
    }

    private static BigInteger number(String menuid) {
        return menuid.matches("[0-9]{1,40}") ? new BigInteger(menuid) : BigInteger.ZERO;
    }

    static Optional<Menu> seenMenu(JsonNode answer) {
        JsonNode shown = answer.path("menu").isObject() ? answer.path("menu") : answer;
        return shown.path("button").isArray() ? Optional.of(menu(shown)) : Optional.empty();
    }
}
