package io.weir.wechat.menu;

import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.menu.Violation.Severity;
import io.weir.wechat.menu.Violation.Size;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects violations. What helps against an error is what helps against its code. */
final class Findings {
    private final List<Violation> all = new ArrayList<>();

    List<Violation> all() {
        return List.copyOf(all);
    }

    void error(String path, int errcode, Words message) {
        add(path, Optional.empty(), errcode, message);
    }

    private void add(String path, Optional<Size> size, int errcode, Words message) {
        ErrorCode code = ErrorCode.of(errcode);
        all.add(new Violation(
                path,
                size,
                errcode,
                Severity.ERROR,
                message.english(),
                code.remedy(),
                message.chinese(),
                code.chineseRemedy()));
    }

    void warning(String path, Words message, Words hint) {
        warning(path, Optional.empty(), message, hint);
    }

    void warning(String path, Optional<Size> size, Words message, Words hint) {
        all.add(new Violation(
                path, size, 0, Severity.WARNING, message.english(), hint.english(), message.chinese(), hint.chinese()));
    }

    /** That a field has 1 to so many bytes. */
    boolean checkBytes(String path, String field, String text, int maxBytes, int errcode) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes >= 1 && bytes <= maxBytes) {
            return true;
        }
        Words message = bytes == 0
                ? new Words(
                        field + " is missing or empty; 1 to " + maxBytes + " bytes are allowed.",
                        field + " 缺失或为空；允许 1 至 " + maxBytes + " 字节。")
                : new Words(
                        field + " has " + bytes + " bytes in UTF-8; 1 to " + maxBytes + " are allowed.",
                        field + " 按 UTF-8 计为 " + bytes + " 字节；允许 1 至 " + maxBytes + " 字节。");
        add(path, Optional.of(new Size(bytes, maxBytes, "bytes")), errcode, message);
        return false;
    }

    void tooManyButtons(String path, int found, int allowed, int errcode) {
        Words message = new Words(
                "There are " + found + " buttons; 1 to " + allowed + " are allowed.",
                "共有 " + found + " 个按钮；允许 1 至 " + allowed + " 个。");
        add(path, Optional.of(new Size(found, allowed, "buttons")), errcode, message);
    }

    void tooManyDomains(String path, List<String> found, int allowed, int errcode) {
        Words message = new Words(
                "The personalised menus link to " + found.size() + " domains (" + String.join(", ", found) + "); "
                        + allowed + " are allowed.",
                "个性化菜单共链接到 " + found.size() + " 个域名（" + String.join("、", found) + "）；最多允许 " + allowed + " 个。");
        add(path, Optional.of(new Size(found.size(), allowed, "domains")), errcode, message);
    }

    /** The field has another type of JSON than it should. */
    void misshapen(String path, String found, Words expected) {
        error(
                path,
                40035,
                new Words(
                        "It is " + found + "; it should be " + expected.english() + ".",
                        "实际为 " + found + "，应为" + expected.chinese() + "。"));
    }

    /** A sentence in both languages of the users. */
    record Words(String english, String chinese) {}
}
