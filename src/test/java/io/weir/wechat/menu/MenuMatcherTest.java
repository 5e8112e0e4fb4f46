package io.weir.wechat.menu;

import static io.weir.wechat.menu.MenuTexts.click;
import static io.weir.wechat.menu.MenuTexts.menu;
import static io.weir.wechat.menu.MenuTexts.personalised;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Follower.Client;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MatchRule.ClientPlatform;
import io.weir.wechat.menu.MatchRule.PersonalData;
import io.weir.wechat.menu.MenuMatcher.Match;
import io.weir.wechat.menu.MenuMatcher.Viewer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MenuMatcherTest {
    private static final Menu STANDARD = named("默认");

    private static Menu named(String name) {
        return new Menu(List.of(new Button.Click(name, "K")));
    }

    private static LiveMenus live(MatchRule... oldestFirst) {
        List<ConditionalMenu> menus = java.util.stream.IntStream.range(0, oldestFirst.length)
                .mapToObj(each -> new ConditionalMenu(
                        named(Integer.toString(each)), oldestFirst[each], Optional.of(Integer.toString(each))))
                .toList();
        return new LiveMenus(Optional.of(STANDARD), Optional.empty(), menus);
    }

    private static MatchRule tag(String id) {
        return MatchRule.of(Optional.of(id), Optional.empty());
    }

    private static MatchRule platform(ClientPlatform platform) {
        return MatchRule.of(Optional.empty(), Optional.of(platform));
    }

    private static Optional<String> seen(LiveMenus live, Viewer viewer) {
        return MenuMatcher.match(live, viewer)
                .map(match -> match.menu().buttons().get(0).name());
    }

    private static Viewer tagged(String... tags) {
        return new Viewer(List.of(tags), Optional.of(ClientPlatform.IOS));
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 默认", "1, 3"})
    void theNewestThatMatchesIsSeen(String tag, String menu) {
        LiveMenus live = live(tag("1"), tag("2"), tag("2"), tag("1"));

        assertThat(seen(live, tagged(tag))).contains(menu);
    }

    @Test
    void theTagThatWasAddedLastDecides() {
        assertThat(seen(live(tag("1"), tag("2")), tagged("2", "1"))).contains("0");
        assertThat(seen(live(tag("2")), tagged("2", "1"))).contains("默认");
        assertThat(seen(live(tag("2")), tagged())).contains("默认");
    }

    @Test
    void everyFieldOfTheRuleMustFit() {
        MatchRule both = MatchRule.of(Optional.of("1"), Optional.of(ClientPlatform.ANDROID));

        assertThat(seen(live(both), tagged("1"))).contains("默认");
        assertThat(seen(live(both), new Viewer(List.of("1"), Optional.of(ClientPlatform.ANDROID))))
                .contains("0");
    }

    @Test
    void anUnknownPlatformFitsNoRuleWithOne() {
        Viewer unknown = new Viewer(List.of("1"), Optional.empty());

        assertThat(seen(live(platform(ClientPlatform.IOS)), unknown)).contains("默认");
        assertThat(seen(live(tag("1")), unknown)).contains("0");
    }

    @Test
    void deadAndEmptyRulesMatchNobody() {
        PersonalData chinese = new PersonalData(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("zh_CN"));
        MatchRule dead = new MatchRule(Optional.of("1"), Optional.empty(), chinese);
        MatchRule empty = MatchRule.of(Optional.empty(), Optional.empty());

        assertThat(MenuMatcher.match(live(dead, empty), tagged("1"))).contains(new Match(STANDARD, Optional.empty()));
    }

    @Test
    void withoutDefaultMenuNothingIsSeen() {
        assertThat(MenuMatcher.match(LiveMenus.EMPTY, tagged())).isEmpty();
    }

    @Test
    void platformsHaveTheirDigits() {
        assertThat(ClientPlatform.ofCode("3")).contains(ClientPlatform.OTHERS);
        assertThat(ClientPlatform.ofCode("4")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTrymatch(long seed) {
        Random random = new Random(seed);
        PlatformAccount account = SimulatedAccount.create();
        account.menus().create(SimulatedAccount.body(menu(click("默认"))));
        for (int each = 0; each < 12; each++) {
            publish(account, Integer.toString(each), random);
        }

        LiveMenus live = MenuJson.liveMenus(account.menus().get());
        for (int each = 0; each < 200; each++) {
            Follower person = person(random);
            account.followers().put(person);
            ObjectNode answer = account.menus().tryMatch(Buffer.buffer("{\"user_id\":\"o1\"}"));
            assertThat(MenuMatcher.match(live, viewer(person)).map(Match::menu)).isEqualTo(MenuJson.seenMenu(answer));
        }
    }

    private static void publish(PlatformAccount account, String name, Random random) {
        String platform = random.nextBoolean() ? ",'client_platform_type':'" + (1 + random.nextInt(3)) + "'" : "";
        String tag = platform.isEmpty() || random.nextBoolean() ? ",'tag_id':'" + (1 + random.nextInt(4)) + "'" : "";
        String rule = "{'sex':''" + platform + tag;
        if (random.nextInt(4) == 0) {
            account.menus()
                    .addConditionalOfOld(
                            SimulatedAccount.body(personalised(rule + ",'language':'zh_CN'}", click(name))));
        } else {
            account.menus().addConditional(SimulatedAccount.body(personalised(rule + "}", click(name))));
        }
    }

    private static Follower person(Random random) {
        Follower person = Follower.of("o1", "One").on(List.of(Client.values()).get(random.nextInt(3)));
        for (int tags = random.nextInt(4); tags > 0; tags--) {
            person = person.tagged(1 + random.nextInt(4));
        }
        return person;
    }

    private static Viewer viewer(Follower person) {
        return new Viewer(
                person.tags().stream().map(String::valueOf).toList(),
                ClientPlatform.ofCode(person.client().code()));
    }
}
