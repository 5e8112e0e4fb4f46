package io.weir.wechat.menu;

import io.weir.wechat.menu.Domains.WebAddress;
import io.weir.wechat.menu.Findings.Words;
import io.weir.wechat.menu.Level.Kind;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The checks of a button that does something: its type and the type's fields (menu-api.md §2). */
record LeafChecks(Kind kind, Level level, TextFields fields) {
    private static final int MAX_KEY_BYTES = 128;
    private static final int MAX_URL_BYTES = 1024;
    private static final Pattern APPID = Pattern.compile("[0-9a-z_]+");
    private static final Set<String> OF_THE_WEBSITE = Set.of("text", "img", "photo", "video", "voice", "news");
    private static final Set<String> OF_EVERY_BUTTON = Set.of("type", "name", "sub_button");

    void check() {
        fields.text("type")
                .ifPresent(name -> ButtonType.find(name).ifPresentOrElse(this::checkFields, () -> refuseType(name)));
    }

    private void refuseType(String name) {
        String known = String.join(", ", new TreeSet<>(ButtonType.ALL.keySet()));
        if (name.isEmpty()) {
            error(
                    "type",
                    kind.withoutTypeCode(level),
                    "type is missing; there are " + known + ".",
                    "缺少 type；可用：" + known + "。");
        } else if (OF_THE_WEBSITE.contains(name)) {
            error(
                    "type",
                    level.typeUseCode(),
                    "type \"" + name + "\" can only be made on WeChat's website.",
                    "type “" + name + "”只能在公众平台网站上设置。");
        } else {
            error(
                    "type",
                    level.typeCode,
                    "type \"" + name + "\" does not exist; there are " + known + ".",
                    "type “" + name + "”不存在；可用：" + known + "。");
        }
    }

    private void checkFields(ButtonType type) {
        if (type.wireName().equals("view_limited")) {
            warnOfViewLimited();
        }
        type.fields().forEach(field -> fields.text(field).ifPresent(value -> checkField(field, value)));
        fields.json().properties().stream()
                .filter(field -> !field.getValue().isNull())
                .map(field -> field.getKey())
                .filter(name ->
                        !OF_EVERY_BUTTON.contains(name) && !type.fields().contains(name))
                .forEach(name -> warnOfIgnored(name, type));
    }

    private void checkField(String field, String value) {
        switch (field) {
            case "key" -> checkBytes(field, value, MAX_KEY_BYTES, level.keyCode);
            case "url" -> checkUrl(value);
            case "appid" -> checkAppid(value);
            case "pagepath" -> checkNotBlank(field, value, 40165);
            case "media_id" -> checkNotBlank(field, value, 40118);
            case "article_id" -> checkNotBlank(field, value, 53600);
            default -> throw new IllegalStateException("no check for " + field);
        }
    }

    private boolean checkBytes(String field, String value, int maxBytes, int errcode) {
        return fields.findings().checkBytes(fields.pathOf(field), field, value, maxBytes, errcode);
    }

    private void checkUrl(String url) {
        if (checkBytes("url", url, MAX_URL_BYTES, level.urlLengthCode)
                && WebAddress.host(url).isEmpty()) {
            error(
                    "url",
                    kind.urlFormCode(level),
                    "url \"" + url + "\" is not http:// or https:// with a host.",
                    "url “" + url + "”不是带主机名的 http:// 或 https:// 地址。");
        }
    }

    private void checkAppid(String appid) {
        if (!APPID.matcher(appid).matches()) {
            error(
                    "appid",
                    40166,
                    "appid \"" + appid + "\" is not small letters and digits.",
                    "appid “" + appid + "”不是由小写字母和数字组成。");
        }
    }

    private void checkNotBlank(String field, String value, int errcode) {
        if (value.isBlank()) {
            error(field, errcode, field + " is missing or empty.", field + " 缺失或为空。");
        }
    }

    private void warnOfViewLimited() {
        fields.findings()
                .warning(
                        fields.pathOf("type"),
                        new Words("view_limited may be refused to new accounts.", "新账号可能不支持 view_limited。"),
                        new Words(
                                "Publish the article and use article_view_limited.", "请发布文章并改用 article_view_limited。"));
    }

    private void warnOfIgnored(String name, ButtonType type) {
        fields.findings()
                .warning(
                        fields.pathOf(name),
                        new Words(
                                "A button of type " + type.wireName() + " has no field " + name
                                        + "; WeChat ignores it.",
                                "类型为 " + type.wireName() + " 的按钮没有字段 " + name + "，微信会忽略它。"),
                        new Words("Remove it, or check its spelling.", "请删除，或检查拼写。"));
    }

    private void error(String field, int errcode, String english, String chinese) {
        fields.findings().error(fields.pathOf(field), errcode, new Words(english, chinese));
    }
}
