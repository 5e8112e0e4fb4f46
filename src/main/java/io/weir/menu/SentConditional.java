package io.weir.menu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.wechat.menu.ConditionalMenu;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.MenuJsonException;
import io.weir.wechat.menu.MenuValidator;
import io.weir.wechat.menu.Violation;
import java.util.List;
import java.util.stream.Stream;

/** A personalised menu that came over HTTP: the body of menu/addconditional. */
final class SentConditional {
    private final ObjectNode body;
    private final Marks marks;
    private final List<MenuFinding> unanswered;

    private SentConditional(ObjectNode body, Marks marks, AnswersCheck answers) {
        this.body = body;
        this.marks = marks;
        this.unanswered = answers.unanswered(new WantedMenus(menu().menu(), List.of())).stream()
                .map(this::finding)
                .toList();
    }

    /**
     * Reads it and judges it by itself.
     *
     * @throws io.weir.http.api.ApiProblem 400 where it cannot be read, 422 where it breaks rules
     */
    static SentConditional read(Buffer sent, AnswersCheck answers) {
        ObjectNode body = parsed(sent);
        MenuText.tooMany("", body).ifPresent(finding -> {
            throw MenuProblems.of(List.of(finding), 422);
        });
        SentConditional read = new SentConditional(body, Marks.ofJson("", sent.toString()), answers);
        read.require(MenuValidator.ofToday().conditionalMenu(read.body));
        return read;
    }

    private static ObjectNode parsed(Buffer sent) {
        try {
            return MenuJson.parse(sent.getBytes());
        } catch (MenuJsonException fault) {
            throw MenuProblems.of(List.of(MenuFinding.of("", fault)), 400);
        }
    }

    ConditionalMenu menu() {
        return MenuJson.conditionalMenu(body);
    }

    /**
     * Judges it together with those that are live: that there is a default menu, and the domains of all.
     *
     * @throws io.weir.http.api.ApiProblem 422
     */
    void requireFit(LiveMenus live) {
        require(MenuValidator.ofToday().addition(body, live));
    }

    private void require(List<Violation> violations) {
        List<MenuFinding> findings = Stream.concat(
                        violations.stream().map(each -> MenuFinding.of(marks.at(each.path()), each)),
                        unanswered.stream())
                .toList();
        if (findings.stream().anyMatch(MenuFinding::isError)) {
            throw MenuProblems.of(findings, 422);
        }
    }

    private MenuFinding finding(AnswersCheck.Unanswered button) {
        return MenuFinding.error(
                marks.at(button.path()),
                "nobody answers the key \"" + button.key() + "\"",
                "add it to the replies, or a default, in the section "
                        + button.type().wireName());
    }
}
