package io.weir.menu.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The calls of a plan, carried out on a list: whatever there is and whatever is wanted, they lead from one to the other. */
class PublishingStepsTest {
    private static final int MENUS = 6;
    private static final Menu STANDARD =
            MenuJson.menu(MenuJson.parse("{\"button\":[{\"type\":\"click\",\"name\":\"a\",\"key\":\"K\"}]}"));

    @RepeatedTest(500)
    void leadFromWhatIsThereToWhatIsWanted(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        List<ConditionalMenu> before = IntStream.range(0, random.nextInt(MENUS))
                .mapToObj(place -> menu(random, Optional.of("43000000" + place)))
                .toList();
        List<WantedMenus.Named> wanted = IntStream.range(0, random.nextInt(MENUS))
                .mapToObj(place -> new WantedMenus.Named("menu" + place, menu(random, Optional.empty())))
                .toList();

        PublishingSteps steps = PublishingSteps.between(
                new LiveMenus(Optional.of(STANDARD), Optional.empty(), before), new WantedMenus(STANDARD, wanted));
        List<ConditionalMenu> after = new ArrayList<>(before);
        steps.add().forEach(added -> after.add(added.menu()));
        boolean removed = after.removeAll(steps.delete());

        assertThat(contents(after))
                .isEqualTo(contents(wanted.stream().map(WantedMenus.Named::menu).toList()));
        assertThat(removed).isEqualTo(!steps.delete().isEmpty());
        assertThat(steps.kept() + steps.add().size()).isEqualTo(wanted.size());
        assertThat(steps.kept() + steps.delete().size()).isEqualTo(before.size());
        assertThat(steps.isEmpty()).isEqualTo(contents(before).equals(contents(after)));
        assertThat(steps.deleteFirst()).isFalse();
    }

    /** One of few, so that many are equal. */
    private static ConditionalMenu menu(Random random, Optional<String> menuid) {
        ConditionalMenu menu =
                MenuJson.conditionalMenu(MenuJson.parse("{\"button\":[{\"type\":\"click\",\"name\":\"b\",\"key\":\"K"
                        + random.nextInt(2) + "\"}],\"matchrule\":{\"tag_id\":\"10" + random.nextInt(2) + "\"}}"));
        return new ConditionalMenu(menu.menu(), menu.matchRule(), menuid);
    }

    private static List<String> contents(List<ConditionalMenu> menus) {
        return menus.stream().map(menu -> MenuJson.write(menu).toString()).toList();
    }
}
