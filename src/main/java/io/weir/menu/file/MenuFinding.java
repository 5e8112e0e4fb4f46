package io.weir.menu.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.config.Place;
import io.weir.config.Problem;
import io.weir.wechat.menu.MenuJson.MenuJsonException;
import io.weir.wechat.menu.Violation;
import java.util.Locale;
import java.util.Optional;

/**
 * Something in a menu file that is wrong, or doubtful.
 *
 * @param message what was found and what was expected
 * @param hint what to do; may be empty
 * @param chinese message and hint in Chinese; only of WeChat's own rules
 * @param errcode what WeChat would answer; 0 where it would not notice
 * @param size what was counted, where it was too much or too little
 */
public record MenuFinding(
        boolean isError,
        Place place,
        String message,
        String hint,
        String chinese,
        int errcode,
        Optional<Violation.Size> size) {

    public static MenuFinding error(Place place, String message, String hint) {
        return new MenuFinding(true, place, message, hint, "", 0, Optional.empty());
    }

    static MenuFinding warning(Place place, String message, String hint) {
        return new MenuFinding(false, place, message, hint, "", 0, Optional.empty());
    }

    public static MenuFinding of(Problem problem) {
        return of(problem, 0);
    }

    public static MenuFinding of(MenuJsonException fault) {
        return of(fault.problem(), fault.errcode());
    }

    private static MenuFinding of(Problem problem, int errcode) {
        return new MenuFinding(
                problem.severity() == Problem.Severity.ERROR,
                problem.place(),
                "found " + problem.found() + "; " + problem.rule(),
                problem.hint().orElse(""),
                "",
                errcode,
                Optional.empty());
    }

    public static MenuFinding of(Place place, Violation violation) {
        return new MenuFinding(
                violation.isError(),
                place,
                violation.message(),
                violation.hint(),
                (violation.chineseMessage() + violation.chineseHint()).strip(),
                violation.errcode(),
                violation.size());
    }

    /** {@code menu.yaml:4:11: }, without line and column where the file as a whole is meant. */
    public String where() {
        return place.where() + ": ";
    }

    /** One line without {@link #where}. */
    public String what() {
        String path = place.path().isEmpty() ? "" : place.path() + ": ";
        String code = errcode == 0 ? "" : " [" + errcode + ']';
        return (isError ? "error: " : "warning: ") + path + message + code + (hint.isEmpty() ? "" : " → " + hint);
    }

    /** For {@code --json}. */
    public ObjectNode json() {
        ObjectNode json = Json.object()
                .put("severity", isError ? "error" : "warning")
                .put("file", place.file())
                .put("line", place.line())
                .put("column", place.column())
                .put("path", place.path())
                .put("message", message);
        if (!hint.isEmpty()) {
            json.put("hint", hint);
        }
        if (!chinese.isEmpty()) {
            json.put("chinese", chinese);
        }
        if (errcode != 0) {
            json.put("errcode", errcode);
        }
        size.ifPresent(counted -> json.putObject("size")
                .put("found", counted.found())
                .put("allowed", counted.allowed())
                .put("unit", counted.unit().toLowerCase(Locale.ROOT)));
        return json;
    }
}
