package io.weir.menu.diff;

import io.weir.wechat.menu.Domains;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.Menu;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The calls that make wanted menus of live ones (menu-api.md §6). Nothing edits a personalised menu and a new one is always
 * the newest: so the oldest that are as wanted stay, all after the first that is not are added in their order, and then
 * whatever does not belong is deleted.
 *
 * @param create the default menu, where it is another
 * @param kept how many of the wanted personalised menus stay
 * @param delete those with menuids that do not stay
 * @param deleteFirst whether the old and the new together link to more domains than WeChat allows (65316): then there is a
 *     gap, in which users see the default menu
 */
public record PublishingSteps(
        Optional<Menu> create,
        int kept,
        List<WantedMenus.Named> add,
        List<ConditionalMenu> delete,
        boolean deleteFirst) {
    public PublishingSteps {
        add = List.copyOf(add);
        delete = List.copyOf(delete);
    }

    public static PublishingSteps between(LiveMenus live, WantedMenus wanted) {
        List<ConditionalMenu> rest = new ArrayList<>(live.conditional());
        int kept = keep(rest, live.conditional(), wanted.conditional());
        List<WantedMenus.Named> add =
                wanted.conditional().subList(kept, wanted.conditional().size());
        boolean another = !live.menu().equals(Optional.of(wanted.standard()));
        return new PublishingSteps(
                another ? Optional.of(wanted.standard()) : Optional.empty(),
                kept,
                add,
                rest,
                !rest.isEmpty() && Domains.areTooMany(together(live, add)));
    }

    /** What would be there before the first is deleted. */
    private static Stream<ConditionalMenu> together(LiveMenus live, List<WantedMenus.Named> add) {
        return Stream.concat(live.conditional().stream(), add.stream().map(WantedMenus.Named::menu));
    }

    /** Takes from {@code rest} the live ones that are the first of the wanted, in their order. */
    private static int keep(
            List<ConditionalMenu> rest, List<ConditionalMenu> oldestFirst, List<WantedMenus.Named> wanted) {
        int kept = 0;
        for (ConditionalMenu each : oldestFirst) {
            if (kept < wanted.size()
                    && ConditionalDiff.areEqual(each, wanted.get(kept).menu())) {
                rest.remove(each);
                kept++;
            }
        }
        return kept;
    }

    boolean isEmpty() {
        return create.isEmpty() && add.isEmpty() && delete.isEmpty();
    }

    /** How often each path is called. */
    public Map<String, Integer> calls() {
        Map<String, Integer> calls = new LinkedHashMap<>();
        calls.put("/cgi-bin/menu/create", create.isPresent() ? 1 : 0);
        calls.put("/cgi-bin/menu/addconditional", add.size());
        calls.put("/cgi-bin/menu/delconditional", delete.size());
        calls.values().removeIf(times -> times == 0);
        return calls;
    }
}
