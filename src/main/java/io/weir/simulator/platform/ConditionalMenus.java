package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.MatchRules.StoredMatchRule;
import io.weir.simulator.platform.PlatformButtonChecks.MenuUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The personalised menus of an account, in the order of publishing (menu-api.md §6). */
final class ConditionalMenus {
    /** There is a limit (65305), but WeChat does not publish it: the simulator's own. */
    static final int MAX_MENUS = 100;

    private static final int MAX_DOMAINS = 3;

    private final List<StoredConditionalMenu> menus = new ArrayList<>();

    /** Publishes one more, as the newest. */
    void add(StoredConditionalMenu menu) {
        long domains = Stream.concat(menus.stream(), Stream.of(menu))
                .flatMap(each -> each.domains().stream())
                .distinct()
                .count();
        if (domains > MAX_DOMAINS) {
            throw MenuError.TOO_MANY_DOMAINS.refused();
        }
        if (menus.size() >= MAX_MENUS) {
            throw MenuError.TOO_MANY_MENUS.refused();
        }
        menus.add(menu);
    }

    void remove(String menuid) {
        if (!menus.removeIf(menu -> String.valueOf(menu.menuid()).equals(menuid))) {
            throw MenuError.NO_SUCH_MENU.refused();
        }
    }

    void clear() {
        menus.clear();
    }

    /** The newest that matches. */
    Optional<StoredConditionalMenu> seenBy(Follower person) {
        return IntStream.rangeClosed(1, menus.size())
                .mapToObj(back -> menus.get(menus.size() - back))
                .filter(menu -> menu.rule().matches(person))
                .findFirst();
    }

    boolean isEmpty() {
        return menus.isEmpty();
    }

    ArrayNode shown() {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        menus.forEach(menu -> shown.add(menu.shown()));
        return shown;
    }

    void load(JsonNode saved) {
        menus.clear();
        saved.forEach(menu -> menus.add(StoredConditionalMenu.load(menu)));
    }

    /** A personalised menu that is published. */
    record StoredConditionalMenu(long menuid, ArrayNode button, StoredMatchRule rule) {
        /** The hosts that its buttons link to, those for clients too old for a mini program included. */
        Set<String> domains() {
            return button.findValuesAsText("url").stream()
                    .flatMap(url -> MenuUrl.domain(url).stream())
                    .collect(Collectors.toSet());
        }

        /** As menu/get shows it, which is also how the file keeps it. */
        ObjectNode shown() {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            shown.set("button", button.deepCopy());
            shown.set("matchrule", rule.shown());
            return shown.put("menuid", menuid);
        }

        static StoredConditionalMenu load(JsonNode saved) {
            return new StoredConditionalMenu(
                    saved.path("menuid").asLong(), saved.withArray("button").deepCopy(), MatchRules.readOld((ObjectNode)
                            saved));
        }
    }
}
