package io.weir.menu;

import java.util.List;

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
        Steps steps) {
    public MenuPlan {
        standard = List.copyOf(standard);
        conditional = List.copyOf(conditional);
    }

    /** Of an account without menus it is a plan that adds all. */
    public static MenuPlan between(AccountMenus live, WantedMenus wanted) {
        Steps steps = Steps.between(live.api(), wanted);
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
}
