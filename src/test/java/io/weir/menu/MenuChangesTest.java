package io.weir.menu;

import static io.weir.menu.MenuShop.ACCOUNT;
import static io.weir.menu.MenuShop.failure;
import static io.weir.menu.MenuShop.join;
import static io.weir.menu.MenuShop.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.weir.menu.MenuChanges.Applied;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import io.weir.simulator.api.ApiFault;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.MenuJson;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans and changes of menus against a simulated WeChat. */
class MenuChangesTest {
    private static final String CLICK = "{\"type\":\"click\",\"name\":\"笑话\",\"key\":\"V1001_SUNCK\"}";
    private static final String NEWS = "{\"type\":\"click\",\"name\":\"今日动态\",\"key\":\"NEWS\"}";
    private static final String HOME = "{\"type\":\"view\",\"name\":\"主页\",\"url\":\"https://www.example.com/\"}";
    private static final String VIP = conditional(NEWS, "100");
    private static final String STAFF = conditional(HOME, "101");
    private static final WantedMenus BEFORE = wanted(menu(CLICK, HOME), VIP, STAFF);
    /** The default menu has a new button, the order of the personalised ones is another, and one has another button. */
    private static final WantedMenus AFTER =
            wanted(menu(NEWS, CLICK, HOME), STAFF, conditional(CLICK, "100"), conditional(HOME, "102"));

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

    static Stream<Arguments> faults() {
        List<String> paths = List.of("menu/get", "menu/create", "menu/addconditional", "menu/delconditional");
        List<ApiFault> faults = List.of(
                new ApiFault.Refusal(-1, "system error"),
                new ApiFault.Refusal(65301, "no such menu"),
                new ApiFault.Reset(),
                new ApiFault.AnswerLost());
        return paths.stream().flatMap(path -> faults.stream().map(fault -> Arguments.of(path, fault)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void afterAFaultPlanAndApplyConverge(String path, ApiFault fault) {
        apply(BEFORE);
        // The client repeats some calls by itself.
        shop.wechat.apiFaults().next("/cgi-bin/" + path, 3, fault);

        Throwable failure = failure(shop.changes().apply(ACCOUNT, AFTER, Optional.empty()));
        shop.wechat.clearFaults();
        MenuPlan rest = join(shop.changes().plan(ACCOUNT, AFTER));
        apply(AFTER);

        if (failure instanceof MenuException known && known.kind() == MenuException.Kind.FAILED) {
            assertThat(known).hasMessageContaining(path);
        }
        assertThat(rest.isEmpty()).isEqualTo(failure == null);
        assertThat(join(shop.changes().plan(ACCOUNT, AFTER)).isEmpty()).isTrue();
        assertThat(live().conditional()).hasSize(3);
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
                .hasMessageContaining("1 personalised menu taken back");
        assertThat(menuids()).isEqualTo(before);
    }

    @Test
    void refusesWhenTheMenusHaveChangedSinceThePlan() throws Exception {
        apply(BEFORE);
        MenuPlan plan = join(shop.changes().plan(ACCOUNT, AFTER));
        exclusively(() -> shop.wechat.account("shop").menus().create(Buffer.buffer(menu(HOME))));

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
        exclusively(() -> shop.wechat.account("shop").menus().setByConsole(made));

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

    private void exclusively(Runnable action) {
        shop.wechat.platform().exclusively(() -> {
            action.run();
            return true;
        });
    }

    private long calls(String name) {
        return shop.wechat.calls().of("shop", "/cgi-bin/menu/" + name);
    }

    private static String menu(String... buttons) {
        return "{\"button\":[" + String.join(",", buttons) + "]}";
    }

    private static String conditional(String button, String tag) {
        return "{\"button\":[" + button + "],\"matchrule\":{\"tag_id\":\"" + tag + "\"}}";
    }
}
