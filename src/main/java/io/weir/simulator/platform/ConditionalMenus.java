package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
}
