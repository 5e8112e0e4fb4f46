package io.weir.menu.diff;

import io.weir.wechat.menu.MatchRule;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one personalised menu.
 *
 * @param name what the file calls it; empty for one that only WeChat has
 * @param menuid of the one that is live; empty when it is added
 * @param rule as it will be, or as it was when it is removed
 * @param rules what differs in the rule
 */
public record ConditionalChange(
        Change change,
        String name,
        Optional<String> menuid,
        MatchRule rule,
        List<FieldChange> rules,
        List<ButtonChange> buttons) {
    public ConditionalChange {
        rules = List.copyOf(rules);
        buttons = List.copyOf(buttons);
    }

    /** The file's name for it, else its menuid. */
    String title() {
        return name.isEmpty() ? "menuid " + menuid.orElse("unknown") : name;
    }
}
