package io.weir.menu.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.MatchRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would be done to make wanted menus of those that are there. Pure: makes no call.
 *
 * @param hash of the menus that it was made from
 * @param standard what becomes of the default menu's buttons
 * @param conditional what becomes of the personalised menus, oldest first, the removed ones last
 */
public record MenuPlan(
        String hash,
        AccountMenus live,
        WantedMenus wanted,
        List<ButtonChange> standard,
        List<ConditionalChange> conditional,
        PublishingSteps steps) {
    /** What of a hash has to be given at least. */
    public static final int SHORTEST_HASH = 8;

    public MenuPlan {
        standard = List.copyOf(standard);
        conditional = List.copyOf(conditional);
    }

    /** Of an account without menus it is a plan that adds all. */
    public static MenuPlan between(AccountMenus live, WantedMenus wanted) {
        PublishingSteps steps = PublishingSteps.between(live.api(), wanted);
        return new MenuPlan(
                live.hash(),
                live,
                wanted,
                ButtonDiff.between(
                        live.api().menu().map(menu -> menu.buttons()).orElse(List.of()),
                        wanted.standard().buttons()),
                ConditionalDiff.between(live.api().conditional(), wanted.conditional(), steps.kept()),
                steps);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /**
     * Makes sure that it was made from the menus that somebody has seen.
     *
     * @param agreed the hash of those, or its beginning; empty: whatever there is
     * @throws MenuException where it was not
     */
    public void require(Optional<String> agreed) {
        if (!isOf(hash, agreed)) {
            throw MenuException.withPlan(
                    MenuException.Kind.STALE,
                    "the menus have changed since the plan was made; nothing was done. What there is to do now:",
                    this);
        }
    }

    /** Whether a hash begins so; a few characters are not enough. */
    public static boolean isOf(String hash, Optional<String> agreed) {
        return agreed.isEmpty() || (agreed.get().length() >= SHORTEST_HASH && hash.startsWith(agreed.get()));
    }

    /**
     * What becomes of one button.
     *
     * @param button as it will be, or as it was when it is removed
     * @param from its place before, from 0; -1 when it is added
     * @param to its place afterwards; -1 when it is removed
     * @param fields what differs, also of one that moves
     * @param children what becomes of the buttons in a sub-menu
     */
    public record ButtonChange(
            Change change, Button button, int from, int to, List<FieldChange> fields, List<ButtonChange> children) {
        public ButtonChange {
            fields = List.copyOf(fields);
            children = List.copyOf(children);
        }

        /** Whether nothing becomes of it, nor of any button in it. */
        boolean isQuiet() {
            return change == Change.KEPT && children.stream().allMatch(ButtonChange::isQuiet);
        }

        /** It and all in it. */
        Stream<ButtonChange> all() {
            return Stream.concat(Stream.of(this), children.stream().flatMap(ButtonChange::all));
        }
    }

    /**
     * A field of a button or rule that will have another value.
     *
     * @param name on the wire
     * @param from empty where it was not there
     * @param to empty where it will not be there
     */
    public record FieldChange(String name, String from, String to) {
        /** All fields that differ, but for {@code sub_button}. */
        static List<FieldChange> between(ObjectNode before, ObjectNode after) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.remove("sub_button");
            return names.stream()
                    .filter(name -> !before.path(name).equals(after.path(name)))
                    .map(name -> new FieldChange(name, text(before.path(name)), text(after.path(name))))
                    .toList();
        }

        private static String text(JsonNode value) {
            return value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString();
        }
    }

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

    /** What becomes of a button or a menu. */
    public enum Change {
        KEPT(" "),
        CHANGED("~"),
        MOVED(">"),
        /** The same, but published anew so that the newest still wins. */
        REPUBLISHED("^"),
        ADDED("+"),
        REMOVED("-");

        private final String sign;

        Change(String sign) {
            this.sign = sign;
        }

        /** One character, for the margin of a text. */
        String sign() {
            return sign;
        }
    }

    /**
     * Whether WeChat's daily quota is enough for what is planned.
     *
     * @param path of the call, as in {@code /cgi-bin/menu/create}
     * @param needed how often the plan calls it
     * @param left how often it may be called today; empty where WeChat did not tell
     */
    public record QuotaLeft(String path, int needed, Optional<Long> left) {
        public boolean isTooLittle() {
            return left.filter(calls -> calls < needed).isPresent();
        }
    }

    /** How much of each kind of change a plan has, buttons and personalised menus. */
    static final class Counts {
        private Counts() {}

        static Map<Change, Long> of(MenuPlan plan) {
            Stream<Change> buttons = Stream.concat(
                            plan.standard().stream(),
                            plan.conditional().stream()
                                    .filter(menu -> menu.change() == Change.CHANGED)
                                    .flatMap(menu -> menu.buttons().stream()))
                    .flatMap(ButtonChange::all)
                    .map(ButtonChange::change);
            return Stream.concat(buttons, plan.conditional().stream().map(ConditionalChange::change))
                    .filter(change -> change != Change.KEPT)
                    .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        }

        static String word(Change change) {
            return change.name().toLowerCase(Locale.ROOT);
        }
    }
}
