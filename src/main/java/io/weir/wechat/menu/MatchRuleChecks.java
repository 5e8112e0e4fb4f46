package io.weir.wechat.menu;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.wechat.menu.Findings.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The checks of a {@code matchrule} (menu-api.md §6). */
record MatchRuleChecks(boolean legacy, TextFields fields) {
    private static final Map<String, Pattern> FORMS = Map.of(
            "tag_id", Pattern.compile("[0-9]{1,9}"),
            "group_id", Pattern.compile("[0-9]{1,9}"),
            "client_platform_type", Pattern.compile("[123]"),
            "sex", Pattern.compile("[12]"));
    private static final List<String> FIELDS =
            List.of("tag_id", "group_id", "client_platform_type", "sex", "country", "province", "city", "language");
    private static final List<String> WITHDRAWN = List.of("sex", "country", "province", "city", "language");

    /** @param path of the rule */
    static void check(JsonNode rule, String path, boolean legacy, Findings findings) {
        if (rule.isMissingNode() || rule.isNull()) {
            findings.error(path, 65304, new Words("There is no matchrule.", "没有 matchrule。"));
        } else if (!rule.isObject()) {
            findings.misshapen(path, rule.toString(), new Words("an object", "对象"));
        } else {
            new MatchRuleChecks(legacy, new TextFields(rule, path, findings)).check();
        }
    }

    private void check() {
        boolean isEmpty = true;
        for (String field : FIELDS) {
            Optional<String> value = fields.textOrNumber(field);
            value.filter(text -> !text.isEmpty()).ifPresent(text -> checkForm(field, text));
            isEmpty &= value.filter(String::isEmpty).isPresent();
        }
        if (isEmpty) {
            Words message = new Words("No field of the matchrule has a value.", "matchrule 中没有任何有值的字段。");
            findings().error(fields.path(), 65304, message);
        }
        checkRegion();
        WITHDRAWN.stream().filter(this::isGiven).forEach(this::refuseWithdrawn);
        warnOfIgnored();
    }

    private void checkForm(String field, String value) {
        Pattern form = FORMS.get(field);
        if (form != null && !form.matcher(value).matches() && (legacy || !WITHDRAWN.contains(field))) {
            Words expected = field.endsWith("_id")
                    ? new Words("the digits of a tag's id", "标签 id（数字）")
                    : new Words("one of the digits " + form, "数字 " + form + " 之一");
            findings().misshapen(fields.pathOf(field), "\"" + value + "\"", expected);
        }
    }

    private void checkRegion() {
        if (isGiven("province") || isGiven("city")) {
            if (!isGiven("country")) {
                Words message =
                        new Words("A province or city is given without country.", "填写了 province 或 city，但没有 country。");
                findings().error(fields.pathOf("country"), 65310, message);
            }
            if (!isGiven("province")) {
                Words message = new Words("A city is given without province.", "填写了 city，但没有 province。");
                findings().error(fields.pathOf("province"), 65311, message);
            }
        }
    }

    private void refuseWithdrawn(String field) {
        if (legacy) {
            findings()
                    .warning(
                            fields.pathOf(field),
                            new Words(field + " was withdrawn; the menu matches nobody.", field + " 已停用；该菜单不再匹配任何用户。"),
                            new Words("Remove the menu, or the field.", "请删除该菜单，或删除该字段。"));
        } else {
            Words message = new Words(field + " was withdrawn as personal data.", field + " 涉及个人信息，已停用。");
            findings().error(fields.pathOf(field), 65320, message);
        }
    }

    private void warnOfIgnored() {
        fields.json().properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> findings()
                        .warning(
                                fields.pathOf(name),
                                new Words(
                                        "A matchrule has no field " + name + "; WeChat ignores it.",
                                        "matchrule 没有字段 " + name + "，微信会忽略它。"),
                                new Words("Remove it, or check its spelling.", "请删除，或检查拼写。")));
    }

    private boolean isGiven(String field) {
        return !fields.json().path(field).asText("").isEmpty();
    }

    private Findings findings() {
        return fields.findings();
    }
}
