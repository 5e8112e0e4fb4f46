package io.weir.menu.publish;

import static io.weir.menu.MenuShop.ACCOUNT;
import static io.weir.menu.MenuShop.failure;
import static io.weir.menu.MenuShop.join;
import static io.weir.menu.MenuShop.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.weir.cli.Terminal;
import io.weir.menu.MenuShop;
import io.weir.menu.RecordedCalls;
import io.weir.menu.diff.MenuException;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.MenuPlan.ButtonChange;
import io.weir.menu.diff.MenuPlan.Change;
import io.weir.menu.diff.MenuPlan.ConditionalChange;
import io.weir.menu.diff.MenuPlan.QuotaLeft;
import io.weir.menu.diff.PlanText;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.publish.MenuBackups.RedisBackups;
import io.weir.menu.publish.MenuChanges.Applied;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import io.weir.simulator.api.ApiFault;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.MenuJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans and changes of menus against a simulated WeChat. */
class MenuChangesIT {
    private static final String CLICK = "{\"type\":\"click\",\"name\":\"笑话\",\"key\":\"V1001_SUNCK\"}";
    private static final String NEWS = "{\"type\":\"click\",\"name\":\"今日动态\",\"key\":\"NEWS\"}";
    private static final String HOME = "{\"type\":\"view\",\"name\":\"主页\",\"url\":\"https://www.example.com/\"}";
    private static final String VIP = conditional(NEWS, "100");
    private static final String STAFF = conditional(HOME, "101");
    private static final WantedMenus BEFORE = wanted(menu(CLICK, HOME), VIP, STAFF);
    /** The default menu has a new button, the order of the personalised ones is another, and one has another button. */
    private static final WantedMenus AFTER =
            wanted(menu(NEWS, CLICK, HOME), STAFF, conditional(CLICK, "100"), conditional(HOME, "102"));

    private static final Terminal PLAIN = new Terminal(Writer.nullWriter(), Writer.nullWriter(), false);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @SuppressWarnings("NullAway.Init") // set before each test
    private MenuShop shop;

    @BeforeEach
    void start() {
        shop = new MenuShop(vertx, folder);
    }

    @AfterEach
    void stop() {
        join(shop.wechat.stop());
        join(vertx.close());
    }

    @Test
    void ofAnEmptyAccountThePlanAddsAllAndApplyingItLeavesNothingToDo() {
        MenuPlan plan = join(shop.changes().plan(ACCOUNT, BEFORE));
        Applied applied = join(shop.changes().apply(ACCOUNT, BEFORE, Optional.of(plan.hash())));
        MenuPlan rest = join(shop.changes().plan(ACCOUNT, BEFORE));

        assertThat(plan.standard()).extracting(ButtonChange::change).containsOnly(Change.ADDED);
        assertThat(plan.conditional()).extracting(ConditionalChange::change).containsOnly(Change.ADDED);
        assertThat(plan.steps().calls())
                .containsEntry("/cgi-bin/menu/create", 1)
                .containsEntry("/cgi-bin/menu/addconditional", 2);
        assertThat(applied.backup()).isPresent();
        assertThat(rest.isEmpty()).isTrue();
        assertThat(rest.conditional()).extracting(ConditionalChange::change).containsOnly(Change.KEPT);
    }

    @Test
    void appliesOnlyWhatHasChanged() {
        apply(BEFORE);
        long created = calls("create");

        apply(wanted(menu(CLICK, HOME), VIP, STAFF, conditional(HOME, "102")));

        assertThat(calls("create")).isEqualTo(created);
        assertThat(calls("addconditional")).isEqualTo(3);
        assertThat(calls("delconditional")).isZero();
    }

    @Test
    void tellsWhatIsLeftOfTheQuotas() {
        MenuPlan plan = join(shop.changes().plan(ACCOUNT, BEFORE));

        List<QuotaLeft> quotas = join(shop.changes().quotas(ACCOUNT, plan));

        assertThat(quotas)
                .extracting(QuotaLeft::path)
                .containsExactlyElementsOf(plan.steps().calls().keySet());
        assertThat(quotas).allSatisfy(quota -> assertThat(quota.left()).isPresent());
    }

    @Test
    void takesBackWhatItHasAddedWhenTheSetCannotBeCompleted() {
        apply(BEFORE);
        List<Optional<String>> before = menuids();
        WantedMenus broken = wanted(
                menu(CLICK, HOME),
                conditional(HOME, "103"),
                "{\"button\":[{\"type\":\"media_id\",\"name\":\"图\",\"media_id\":\"nowhere\"}],\"matchrule\":{\"tag_id\":\"104\"}}");

        Throwable failure = failure(shop.changes().apply(ACCOUNT, broken, Optional.empty()));

        assertThat(failure)
                .isInstanceOf(MenuException.class)
                .hasMessageContaining("menu/addconditional of \"menu1\" has failed; WeChat means button[0] \"图\"")
                .hasMessageContaining("Before: 1 personalised menu added and taken back.");
        assertThat(menuids()).isEqualTo(before);
    }

    @Test
    void saysWhatHelpsWhereOldAndNewAreTooManyTogether() {
        apply(BEFORE);
        shop.wechat.apiFaults().next("/cgi-bin/menu/addconditional", 1, new ApiFault.Refusal(65305, "too many"));

        Throwable failure = failure(shop.changes().apply(ACCOUNT, AFTER, Optional.empty()));

        assertThat(failure)
                .hasMessageContaining("beside the 1 that are deleted afterwards")
                .hasMessageContaining("weir menu delete first");
    }

    @Test
    void refusesWhenTheMenusHaveChangedSinceThePlan() throws Exception {
        apply(BEFORE);
        MenuPlan plan = join(shop.changes().plan(ACCOUNT, AFTER));
        shop.atWeChat(menus -> menus.create(Buffer.buffer(menu(HOME))));

        Throwable stale = failure(shop.changes().apply(ACCOUNT, AFTER, Optional.of(plan.hash())));

        assertThat(stale).isInstanceOfSatisfying(MenuException.class, known -> {
            assertThat(known.kind()).isEqualTo(MenuException.Kind.STALE);
            assertThat(known.plan()).isPresent();
        });
        assertThat(live().menu()).contains(MenuJson.menu(MenuJson.parse(menu(HOME))));
    }

    @Test
    void noticesAMenuOfTheWebsite() {
        apply(BEFORE);
        MenuPlan plan = join(shop.changes().plan(ACCOUNT, AFTER));
        ObjectNode made = MenuJson.parse("{\"button\":[{\"type\":\"text\",\"name\":\"客服\",\"value\":\"你好\"}]}");
        shop.atWeChat(menus -> menus.setByConsole(made));

        Throwable stale = failure(shop.changes().apply(ACCOUNT, AFTER, Optional.of(plan.hash())));
        MenuPlan now = join(shop.changes().plan(ACCOUNT, AFTER));

        assertThat(((MenuException) stale).kind()).isEqualTo(MenuException.Kind.STALE);
        assertThat(now.live().website()).isPresent();
        apply(AFTER);
        assertThat(join(shop.changes().plan(ACCOUNT, AFTER)).isEmpty()).isTrue();
    }

    @Test
    void ofTwoAtOnceOneWinsAndTheOtherIsRefused() {
        assertOneWins(shop.changes(), shop.changes());
    }

    @Test
    void ofTwoInstancesAtOnceOneWinsThroughRedis() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink one = RedisLink.open(vertx, server.config(), RedisLimits.DEFAULT);
            RedisLink other = RedisLink.open(vertx, server.config(), RedisLimits.DEFAULT);

            assertOneWins(shop.changes(Optional.of(one)), shop.changes(Optional.of(other)));
            join(shop.changes(Optional.of(one)).apply(ACCOUNT, BEFORE, Optional.empty()));
            join(shop.changes(Optional.of(other)).apply(ACCOUNT, AFTER, Optional.empty()));

            assertThat(join(new RedisBackups(one).all(ACCOUNT))).isNotEmpty();
            one.close();
            other.close();
        }
    }

    private void assertOneWins(MenuChanges one, MenuChanges other) {
        shop.wechat.apiFaults().always("/cgi-bin/menu/create", new ApiFault.Delay(Duration.ofMillis(300)));

        Future<Applied> first = one.apply(ACCOUNT, BEFORE, Optional.empty());
        Future<Applied> second = other.apply(ACCOUNT, BEFORE, Optional.empty());
        List<Throwable> failures = Stream.of(failure(first), failure(second))
                .filter(failure -> failure != null)
                .toList();

        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        MenuException.class, busy -> assertThat(busy.kind()).isEqualTo(MenuException.Kind.BUSY));
        assertThat(calls("create")).isEqualTo(1);
        shop.wechat.clearFaults();
    }

    @Test
    void sendsEveryCharacterAsItIs() {
        String emoji = "{\"type\":\"click\",\"name\":\"🎁礼物\",\"key\":\"V1001_SUNCK\"}";

        apply(wanted(menu(emoji), conditional(emoji, "100")));

        assertThat(shop.wire.calls())
                .filteredOn(call -> call.body().contains("button"))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.body()).contains("🎁礼物").doesNotContain("\\u"));
    }

    @Test
    void publishesPersonalisedMenusAnewThatAnotherDefaultMenuHasWiped() {
        apply(BEFORE);
        shop.wire.after(call -> {
            if (call.path().endsWith("/create")) {
                wipePersonalised();
            }
        });

        apply(wanted(menu(HOME), VIP, STAFF));

        assertThat(live().conditional()).hasSize(2);
        assertThat(join(shop.changes().plan(ACCOUNT, wanted(menu(HOME), VIP, STAFF)))
                        .isEmpty())
                .isTrue();
    }

    private void wipePersonalised() {
        shop.atWeChat(menus -> menus.get()
                .path("conditionalmenu")
                .forEach(menu -> menus.deleteConditional(
                        Buffer.buffer("{\"menuid\":\"" + menu.path("menuid").asText() + "\"}"))));
    }

    @Test
    void deletesTheOldFirstWhenOldAndNewTogetherHaveTooManyDomains() {
        WantedMenus old = wanted(menu(HOME), conditional(view("a"), "100"), conditional(view("b"), "101"));
        WantedMenus fresh = wanted(menu(HOME), conditional(view("c"), "100"), conditional(view("d"), "101"));
        apply(old);

        MenuPlan plan = join(shop.changes().plan(ACCOUNT, fresh));
        apply(fresh);

        assertThat(plan.steps().deleteFirst()).isTrue();
        assertThat(PlanText.of(plan, List.of(), PLAIN))
                .anySatisfy(line -> assertThat(line).contains("more than 3 domains (65316)", "see the default menu"));
        assertThat(join(shop.changes().plan(ACCOUNT, fresh)).isEmpty()).isTrue();
    }

    @Test
    void neverPublishesAStandIn() {
        WantedMenus missing =
                new WantedMenus(BEFORE.standard(), BEFORE.conditional(), List.of("the media_id of logo.png"));

        MenuPlan plan = join(shop.changes().plan(ACCOUNT, missing));
        Throwable refused = failure(shop.changes().apply(ACCOUNT, missing, Optional.empty()));

        assertThat(PlanText.of(plan, List.of(), PLAIN)).contains("  still missing: the media_id of logo.png");
        assertThat(refused).hasMessageContaining("never to be published without the media_id of logo.png");
        assertThat(shop.wire.calls()).noneMatch(RecordedCalls.Sent::changes);
    }

    @Test
    void stopsBeforeItsNextChangeWhenItsLeaseHasRunOut() {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = RedisLink.open(vertx, server.config(), RedisLimits.DEFAULT);
            shop.wire.after(call -> {
                if (call.path().endsWith("/addconditional")) {
                    server.command("DEL", "weir:{" + ACCOUNT.appId() + "}:menu:lease");
                }
            });

            Throwable lost = failure(shop.changes(Optional.of(link)).apply(ACCOUNT, BEFORE, Optional.empty()));

            assertThat(lost)
                    .hasMessageContaining("menu/addconditional of \"menu1\" has failed: this took so long that")
                    .hasMessageContaining("the default menu is replaced")
                    .hasMessageContaining("1 personalised menu added and left over (menuid ");
            assertThat(shop.wire.calls())
                    .filteredOn(RecordedCalls.Sent::changes)
                    .hasSize(2);
            link.close();
        }
    }

    @Test
    void rollsBackToTheMenusBefore() throws IOException {
        apply(BEFORE);
        apply(AFTER);
        Rollback rollback = Rollback.to(Optional.empty(), join(shop.changes().backups(ACCOUNT)));

        join(shop.changes().apply(ACCOUNT, rollback.wanted().orElseThrow(), Optional.empty()));

        assertThat(join(shop.changes().plan(ACCOUNT, BEFORE)).isEmpty()).isTrue();
        try (Stream<Path> files = Files.list(folder.resolve("menu-backups"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(3);
        }
    }

    @Test
    void deletesAllAfterABackupAndBringsItBack() {
        apply(BEFORE);

        Optional<MenuBackup> backup = join(shop.changes().delete(ACCOUNT, Optional.empty()));
        LiveMenus deleted = live();
        Rollback rollback =
                Rollback.to(backup.map(MenuBackup::id), join(shop.changes().backups(ACCOUNT)));
        apply(rollback.wanted().orElseThrow());

        assertThat(deleted.isEmpty()).isTrue();
        assertThat(join(shop.changes().plan(ACCOUNT, BEFORE)).isEmpty()).isTrue();
        assertThat(join(shop.changes().delete(ACCOUNT, Optional.empty()))).isPresent();
        assertThat(join(shop.changes().delete(ACCOUNT, Optional.empty()))).isEmpty();
    }

    @Test
    void changesNothingWithoutAPlaceForABackup() throws IOException {
        Files.writeString(folder.resolve("menu-backups"), "a file where the folder should be");

        Throwable failure = failure(shop.changes().apply(ACCOUNT, BEFORE, Optional.empty()));

        assertThat(((MenuException) failure).kind()).isEqualTo(MenuException.Kind.UNAVAILABLE);
        assertThat(calls("create")).isZero();
    }

    private void apply(WantedMenus wanted) {
        join(shop.changes().apply(ACCOUNT, wanted, Optional.empty()));
    }

    private LiveMenus live() {
        return join(shop.changes().live(ACCOUNT)).api();
    }

    private List<Optional<String>> menuids() {
        return live().conditional().stream().map(menu -> menu.menuid()).toList();
    }

    private long calls(String name) {
        return shop.wechat.calls().of("shop", "/cgi-bin/menu/" + name);
    }

    private static String menu(String... buttons) {
        return "{\"button\":[" + String.join(",", buttons) + "]}";
    }

    private static String view(String host) {
        return "{\"type\":\"view\",\"name\":\"页\",\"url\":\"https://" + host + ".example.com/x\"}";
    }

    private static String conditional(String button, String tag) {
        return "{\"button\":[" + button + "],\"matchrule\":{\"tag_id\":\"" + tag + "\"}}";
    }
}
