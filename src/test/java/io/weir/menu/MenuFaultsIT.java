package io.weir.menu;

import static io.weir.menu.MenuShop.ACCOUNT;
import static io.weir.menu.MenuShop.failure;
import static io.weir.menu.MenuShop.join;
import static io.weir.menu.MenuShop.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.publish.MenuBackup;
import io.weir.menu.publish.MenuChanges;
import io.weir.menu.publish.Rollback;
import io.weir.simulator.api.ApiFault;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MenuJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of every change goes wrong in turn, once or from then on: nobody is left without the menu that he had before
 * and is to have afterwards, the plan tells what is left, and doing the same again completes it.
 */
class MenuFaultsIT {
    private static final String CLICK = "{\"type\":\"click\",\"name\":\"笑话\",\"key\":\"V1001_SUNCK\"}";
    private static final String HOME = "{\"type\":\"view\",\"name\":\"主页\",\"url\":\"https://www.example.com/\"}";
    /** Tags 100 and 101 have menus before and after. */
    private static final WantedMenus BEFORE =
            wanted(menu(CLICK, HOME), conditional(HOME, "100"), conditional(CLICK, "101"));

    private static final WantedMenus AFTER =
            wanted(menu(HOME), conditional(CLICK, "101"), conditional(CLICK, "100"), conditional(HOME, "102"));

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        join(vertx.close());
    }

    /** What can go wrong with a call: before or after it had its effect, with or without a word. */
    static Stream<Arguments> faults() {
        return Stream.of(
                        new ApiFault.Refusal(-1, "system error"),
                        new ApiFault.Refusal(45009, "reach max api daily quota limit"),
                        new ApiFault.Refusal(48001, "api unauthorized"),
                        new ApiFault.Status(502, "Bad Gateway"),
                        new ApiFault.Html(),
                        new ApiFault.Truncated(),
                        new ApiFault.Reset(),
                        new ApiFault.AnswerLost())
                .flatMap(fault -> Stream.of(true, false).map(once -> Arguments.of(fault, once)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anApplyConverges(ApiFault fault, boolean once) {
        atEachCall(
                7,
                call -> converges(
                        call, fault, once, AFTER, changes -> changes.apply(ACCOUNT, AFTER, Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aRollbackConverges(ApiFault fault, boolean once) {
        atEachCall(9, call -> converges(call, fault, once, BEFORE, MenuFaultsIT::rollBack));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aDeletionConverges(ApiFault fault, boolean once) {
        atEachCall(4, call -> isDeleted(call, fault, once));
    }

    private static Future<?> rollBack(MenuChanges changes) {
        return changes.backups(ACCOUNT)
                .map(backups ->
                        Rollback.to(Optional.of(backups.get(backups.size() - 2).id()), backups))
                .compose(rollback -> changes.apply(ACCOUNT, rollback.wanted().orElse(AFTER), Optional.empty()));
    }

    /** At the same time, since most of the time goes by in waiting. */
    private static void atEachCall(int calls, IntPredicate isStruck) {
        ExecutorService threads = Executors.newFixedThreadPool(calls + 1);
        try {
            List<CompletableFuture<Boolean>> runs = IntStream.rangeClosed(1, calls + 1)
                    .mapToObj(call -> CompletableFuture.supplyAsync(() -> isStruck.test(call), threads))
                    .toList();
            List<Boolean> struck = runs.stream()
                    .map(run -> run.orTimeout(60, TimeUnit.SECONDS).join())
                    .toList();

            assertThat(struck.subList(0, calls)).as("all those calls are made").containsOnly(true);
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean isDeleted(int call, ApiFault fault, boolean once) {
        MenuShop shop = shop();
        join(shop.changes().apply(ACCOUNT, BEFORE, Optional.empty()));
        strike(shop, call, fault, once);

        Throwable failure = failure(shop.changes().delete(ACCOUNT, Optional.empty()));
        boolean isStruck = shop.wire.calls().size() >= call;
        LiveMenus left = healed(shop);
        join(shop.changes().delete(ACCOUNT, Optional.empty()));

        assertThat(left.isEmpty() || left.equals(published(BEFORE, left)))
                .as("call %d: %s", call, failure)
                .isTrue();
        assertThat(live(shop).isEmpty()).isTrue();
        List<MenuBackup> backups = join(shop.changes().backups(ACCOUNT));
        assertThat(Rollback.to(Optional.empty(), backups).wanted().map(WantedMenus::standard))
                .contains(BEFORE.standard());
        join(shop.wechat.stop());
        return isStruck;
    }

    private boolean converges(
            int call, ApiFault fault, boolean once, WantedMenus target, Function<MenuChanges, Future<?>> change) {
        MenuShop shop = shop();
        join(shop.changes().apply(ACCOUNT, BEFORE, Optional.empty()));
        if (target.equals(BEFORE)) {
            join(shop.changes().apply(ACCOUNT, AFTER, Optional.empty()));
        }
        strike(shop, call, fault, once);
        List<String> gaps = new CopyOnWriteArrayList<>();
        shop.wire.after(each -> gaps.addAll(gaps(each, live(shop))));

        Throwable failure = failure(change.apply(shop.changes()));
        boolean isStruck = shop.wire.calls().size() >= call;
        LiveMenus left = healed(shop);
        MenuPlan rest = join(shop.changes().plan(ACCOUNT, target));
        join(change.apply(shop.changes()));
        LiveMenus end = live(shop);

        String where = "call " + call + " of " + fault + ": " + failure;
        assertThat(gaps).as(where).isEmpty();
        assertThat(rest.isEmpty()).as(where).isEqualTo(left.equals(published(target, left)));
        assertThat(failure == null && !rest.isEmpty()).as(where).isFalse();
        assertThat(end).as(where).isEqualTo(published(target, end));
        join(shop.wechat.stop());
        return isStruck;
    }

    /** A new account and an empty folder each time. */
    private MenuShop shop() {
        try {
            return new MenuShop(vertx, Files.createTempDirectory(folder, "shop"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void strike(MenuShop shop, int number, ApiFault fault, boolean once) {
        shop.wire.clear();
        shop.wire.before(call -> {
            if (call.number() == number || (!once && call.number() > number)) {
                shop.wechat.apiFaults().next(call.path(), 1, fault);
            }
        });
    }

    /** Whoever has a menu of his own before and afterwards has one at every moment. */
    private static List<String> gaps(RecordedCalls.Sent call, LiveMenus live) {
        Set<String> tags = live.conditional().stream()
                .flatMap(menu -> menu.matchRule().tagId().stream())
                .collect(Collectors.toSet());
        return tags.containsAll(List.of("100", "101")) ? List.of() : List.of(call + " leaves " + tags);
    }

    private static LiveMenus healed(MenuShop shop) {
        shop.wire.clear();
        shop.wechat.clearFaults();
        return live(shop);
    }

    /** As it is at WeChat, without a call. */
    private static LiveMenus live(MenuShop shop) {
        return shop.wechat
                .platform()
                .exclusively(() -> shop.menus().byDefault().isEmpty()
                        ? LiveMenus.EMPTY
                        : MenuJson.liveMenus(shop.menus().get()));
    }

    /** What is wanted, with the menuids that there are. */
    private static LiveMenus published(WantedMenus wanted, LiveMenus live) {
        List<ConditionalMenu> conditional = new ArrayList<>();
        for (int each = 0; each < wanted.conditional().size(); each++) {
            ConditionalMenu menu = wanted.conditional().get(each).menu();
            Optional<String> menuid = each < live.conditional().size()
                    ? live.conditional().get(each).menuid()
                    : Optional.empty();
            conditional.add(new ConditionalMenu(menu.menu(), menu.matchRule(), menuid));
        }
        return new LiveMenus(Optional.of(wanted.standard()), live.menuid(), conditional);
    }

    private static String menu(String... buttons) {
        return "{\"button\":[" + String.join(",", buttons) + "]}";
    }

    private static String conditional(String button, String tag) {
        return "{\"button\":[" + button + "],\"matchrule\":{\"tag_id\":\"" + tag + "\"}}";
    }
}
