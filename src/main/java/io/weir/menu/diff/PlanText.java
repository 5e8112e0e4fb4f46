package io.weir.menu.diff;

import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.menu.diff.MenuPlan.ButtonChange;
import io.weir.menu.diff.MenuPlan.Change;
import io.weir.menu.diff.MenuPlan.ConditionalChange;
import io.weir.menu.diff.MenuPlan.Counts;
import io.weir.menu.diff.MenuPlan.FieldChange;
import io.weir.menu.diff.MenuPlan.QuotaLeft;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.MatchRule;
import io.weir.wechat.menu.MenuJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as a tree of lines for people; the first character of each says what becomes of it, also without colours. */
public final class PlanText {
    private static final int SHORT_HASH = 12;

    private final Terminal terminal;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Terminal terminal) {
        this.terminal = terminal;
    }

    public static List<String> of(MenuPlan plan, List<QuotaLeft> quotas, Terminal terminal) {
        PlanText text = new PlanText(terminal);
        text.website(plan);
        text.standard(plan);
        text.conditional(plan);
        text.end(plan, quotas);
        return List.copyOf(text.lines);
    }

    private void website(MenuPlan plan) {
        if (plan.live().website().isPresent()) {
            lines.add("A menu that was made on WeChat's website is in force, which the API cannot read as its own.");
            lines.add("It will be replaced; weir menu current shows it, weir menu pull writes it to a file.");
            lines.add("");
        }
    }

    private void standard(MenuPlan plan) {
        lines.add(terminal.paint(Colour.STRONG, "Default menu")
                + (plan.live().api().menu().isEmpty() ? " (there is none now)" : ""));
        plan.standard().forEach(change -> button(change, "", 1));
    }

    private void conditional(MenuPlan plan) {
        if (plan.conditional().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(
                terminal.paint(Colour.STRONG, "Personalised menus") + ", in the order of publication: the newest wins");
        plan.conditional().forEach(this::conditional);
        if (plan.steps().deleteFirst()) {
            lines.add(
                    "  ! Old and new together link to more than 3 domains (65316): the old are deleted first, and until"
                            + " the new are there users see the default menu.");
        }
    }

    private void conditional(ConditionalChange change) {
        String note = switch (change.change()) {
            case REPUBLISHED -> "  (unchanged; published anew to stay newer)";
            case MOVED -> "  (another place in the order)";
            default -> "";
        };
        line(change.change(), 1, Terminal.harmless(change.title()) + ": " + rule(change.rule()) + note);
        change.rules().forEach(field -> field(field, 3));
        if (change.buttons().stream().anyMatch(button -> !button.isQuiet())) {
            change.buttons().forEach(button -> button(button, "", 2));
        }
    }

    private void button(ButtonChange change, String parent, int depth) {
        int place = 1 + (change.to() < 0 ? change.from() : change.to());
        String number = parent.isEmpty() ? String.valueOf(place) : parent + "." + place;
        String moved = change.change() == Change.MOVED ? "  (was " + (change.from() + 1) + ")" : "";
        line(change.change(), depth, number + " " + describe(change.button()) + moved);
        change.fields().forEach(field -> field(field, depth + 2));
        change.children().forEach(child -> button(child, number, depth + 1));
    }

    private void field(FieldChange field, int depth) {
        lines.add("  ".repeat(depth) + field.name() + ": " + terminal.paint(Colour.BAD, quoted(field.from())) + " → "
                + terminal.paint(Colour.GOOD, quoted(field.to())));
    }

    private void line(Change change, int depth, String text) {
        String line = "  ".repeat(depth) + change.sign() + " " + text;
        lines.add(
                switch (change) {
                    case KEPT -> terminal.paint(Colour.QUIET, line);
                    case ADDED -> terminal.paint(Colour.GOOD, line);
                    case REMOVED -> terminal.paint(Colour.BAD, line);
                    case CHANGED, MOVED, REPUBLISHED -> terminal.paint(Colour.STRONG, line);
                });
    }

    private static String describe(Button button) {
        String own = button.toJson().properties().stream()
                .filter(field -> field.getValue().isValueNode()
                        && !List.of("name", "type").contains(field.getKey()))
                .map(field ->
                        "  " + field.getKey() + " " + quoted(field.getValue().asText()))
                .collect(Collectors.joining());
        return quoted(button.name()) + (button.type().isEmpty() ? "" : "  " + Terminal.harmless(button.type())) + own;
    }

    private static String rule(MatchRule rule) {
        return MenuJson.write(rule).properties().stream()
                .map(field -> field.getKey() + " "
                        + Terminal.harmless(field.getValue().asText()))
                .collect(Collectors.joining(", "));
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "(none)" : "\"" + Terminal.harmless(text) + "\"";
    }

    private void end(MenuPlan plan, List<QuotaLeft> quotas) {
        lines.add("");
        if (plan.isEmpty()) {
            lines.add("No changes: the menus are as wanted.");
            return;
        }
        lines.add(counts(plan));
        plan.wanted().missing().forEach(missing -> lines.add("  still missing: " + Terminal.harmless(missing)));
        quotas.forEach(quota -> lines.add("  " + quota.path() + ": " + quota.needed() + " of "
                + quota.left().map(left -> left + " calls left today").orElse("an unknown number of calls left today")
                + (quota.isTooLittle() ? terminal.paint(Colour.BAD, "  (not enough)") : "")));
        lines.add("Hash of the live menus, for apply --hash: " + plan.hash().substring(0, SHORT_HASH));
    }

    private static String counts(MenuPlan plan) {
        Map<Change, Long> byChange = Counts.of(plan);
        return "Changes: "
                + byChange.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + Counts.word(entry.getKey()))
                        .collect(Collectors.joining(", "));
    }
}
