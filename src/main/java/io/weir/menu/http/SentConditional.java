package io.weir.menu.http;

import io.vertx.core.buffer.Buffer;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.file.AnswersCheck;
import io.weir.menu.file.MenuFinding;
import io.weir.menu.file.MenuText;
import io.weir.wechat.menu.ConditionalMenu;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.MenuValidator;
import io.weir.wechat.menu.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A personalised menu that came over HTTP: the body of menu/addconditional. */
final class SentConditional {
    private final MenuText text;
    private final List<MenuFinding> unanswered;

    private SentConditional(MenuText text, AnswersCheck answers) {
        this.text = text;
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
        List<MenuFinding> findings = new ArrayList<>();
        MenuText text = MenuText.json("", sent.getBytes(), findings).orElseThrow(() -> MenuProblems.of(findings, 400));
        text.tooMany().ifPresent(finding -> {
            throw MenuProblems.of(List.of(finding), 422);
        });
        SentConditional read = new SentConditional(text, answers);
        read.require(MenuValidator.ofToday().conditionalMenu(text.tree()));
        return read;
    }

    ConditionalMenu menu() {
        return MenuJson.conditionalMenu(text.tree());
    }

    /**
     * Judges it together with those that are live: that there is a default menu, and the domains of all.
     *
     * @throws io.weir.http.api.ApiProblem 422
     */
    void requireFit(LiveMenus live) {
        require(MenuValidator.ofToday().addition(text.tree(), live));
    }

    private void require(List<Violation> violations) {
        List<MenuFinding> findings = Stream.concat(
                        violations.stream().map(each -> MenuFinding.of(text.at(each.path()), each)),
                        unanswered.stream())
                .toList();
        if (findings.stream().anyMatch(MenuFinding::isError)) {
            throw MenuProblems.of(findings, 422);
        }
    }

    private MenuFinding finding(AnswersCheck.Unanswered button) {
        return MenuFinding.error(
                text.at(button.path()),
                "nobody answers the key \"" + button.key() + "\"",
                "add it to the replies, or a default, in the section "
                        + button.type().wireName());
    }
}
