package io.weir.menu.diff;

import java.util.List;
import java.util.Optional;

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
}
