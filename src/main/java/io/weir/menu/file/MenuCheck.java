package io.weir.menu.file;

import io.weir.config.Place;
import io.weir.rules.Rule;
import io.weir.wechat.menu.MenuValidator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Everything that can be said about a menu file without asking WeChat: its rules, and whether every button has an answer.
 *
 * @param legacy whether rules with withdrawn fields are only warned of
 */
public record MenuCheck(boolean legacy, AnswersCheck answers) {
    /** All findings in the order of the file. */
    public List<MenuFinding> check(MenuFile file) {
        List<MenuFinding> findings = new ArrayList<>();
        MenuValidator validator = legacy ? MenuValidator.legacy() : MenuValidator.ofToday();
        validator
                .account(file.standardBody(), file.conditionalBodies())
                .forEach(violation -> findings.add(MenuFinding.of(file.at(violation.path()), violation)));
        answers.unanswered(file.draft()).forEach(each -> findings.add(unanswered(file, each)));
        findings.sort(Comparator.comparing((MenuFinding each) -> each.place().line())
                .thenComparing(each -> each.place().column()));
        answers.unused(file.draft()).forEach(rule -> findings.add(unused(file, rule)));
        return List.copyOf(findings);
    }

    private static MenuFinding unanswered(MenuFile file, AnswersCheck.Unanswered button) {
        String section = button.type().wireName();
        return MenuFinding.error(
                file.at(button.path()),
                "nobody answers the key \"" + button.key() + "\"",
                "add it to the replies: " + section + ": { " + button.key()
                        + ": { text: \"…\" } }, or a default there");
    }

    private static MenuFinding unused(MenuFile file, Rule rule) {
        return MenuFinding.warning(
                new Place(file.at("").file(), 0, 0, ""),
                "no menu has the key of " + rule.name(),
                "remove the reply, or is the key misspelt in the menu?");
    }
}
