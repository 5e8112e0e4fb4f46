package io.weir.menu.publish;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.WeChatClient;
import io.weir.client.calls.MenuCalls;
import io.weir.client.calls.QuotaCalls;
import io.weir.config.AccountConfig;
import io.weir.file.OwnedFolder;
import io.weir.menu.diff.AccountMenus;
import io.weir.menu.diff.MenuException;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.MenuPlan.QuotaLeft;
import io.weir.menu.diff.PublishingSteps;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.publish.MenuBackups.FileBackups;
import io.weir.menu.publish.MenuBackups.RedisBackups;
import io.weir.menu.publish.MenuBackups.SafeBackups;
import io.weir.menu.publish.MenuLease.FileLease;
import io.weir.menu.publish.MenuLease.RedisLease;
import io.weir.redis.RedisLink;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.SelfMenu;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The only way in which menus are changed: one at a time for an account, from the menus that a plan was made from, with a
 * backup before the first call and a look at the result after the last. Any thread.
 *
 * <p>Futures fail with a {@link MenuException}, or with a WeChatException before anything was changed.
 */
public final class MenuChanges {
    private static final int NO_MENU = 46003;

    private final MenuCalls calls;
    private final QuotaCalls quotas;
    private final MenuLease lease;
    private final MenuBackups backups;
    private final Clock clock;

    MenuChanges(WeChatClient client, MenuLease lease, MenuBackups backups, Clock clock) {
        this.calls = new MenuCalls(client);
        this.quotas = new QuotaCalls(client);
        this.lease = lease;
        this.backups = backups;
        this.clock = clock;
    }

    /**
     * Those of a process.
     *
     * @param redis what the instances share; without it, one machine's files
     * @param folder for backups, and for the lock where there is no Redis; made when it is needed
     */
    public static MenuChanges create(
            Vertx vertx, WeChatClient client, Optional<RedisLink> redis, Path folder, Clock clock) {
        MenuLease lease = redis.<MenuLease>map(link -> new RedisLease(link, System::nanoTime))
                .orElseGet(() -> new FileLease(vertx, folder));
        Stream<MenuBackups> shared = redis.<MenuBackups>map(RedisBackups::new).stream();
        MenuBackups backups = new SafeBackups(
                Stream.concat(shared, Stream.of(new FileBackups(vertx, folder))).toList());
        return new MenuChanges(client, lease, backups, clock);
    }

    /**
     * Where backups of menus are kept: in the folder for what Weir writes, if the launcher names one; else beside the configuration
     * file, without one in the working directory.
     */
    public static Path backupFolder(Optional<Path> conf) {
        return OwnedFolder.ofProcess(conf, "menu-backups");
    }

    /** The menus that the account has. */
    public Future<AccountMenus> live(AccountConfig account) {
        return calls.get(account.name())
                .compose(menus -> menus.isEmpty()
                        ? website(account).map(website -> new AccountMenus(menus, website))
                        : Future.succeededFuture(AccountMenus.of(menus)));
    }

    private Future<Optional<SelfMenu>> website(AccountConfig account) {
        return calls.currentSelfMenuInfo(account.name())
                .map(menu -> Optional.of(menu).filter(SelfMenu::isOpen));
    }

    /** What there is to do. */
    public Future<MenuPlan> plan(AccountConfig account, WantedMenus wanted) {
        return live(account).map(live -> MenuPlan.between(live, wanted));
    }

    /** What is left of the calls that a plan needs; what WeChat does not tell is empty. */
    public Future<List<QuotaLeft>> quotas(AccountConfig account, MenuPlan plan) {
        List<Future<QuotaLeft>> left = plan.steps().calls().entrySet().stream()
                .map(call -> quotas.get(account.name(), call.getKey())
                        .map(quota -> Optional.of(quota.remain()))
                        .otherwise(Optional.empty())
                        .map(remain -> new QuotaLeft(call.getKey(), call.getValue(), remain)))
                .toList();
        return Future.join(left).map(joined -> left.stream().map(Future::result).toList());
    }

    /** Newest first. */
    public Future<List<MenuBackup>> backups(AccountConfig account) {
        return backups.all(account);
    }

    /**
     * Makes the account's menus the wanted ones.
     *
     * @param hash of the plan that was agreed to; empty: whatever is there now
     */
    public Future<Applied> apply(AccountConfig account, WantedMenus wanted, Optional<String> hash) {
        return change(account, hash, live -> MenuPlan.between(live, wanted));
    }

    /** As {@link #apply}, of a menu that is made from those that are there. */
    public Future<Applied> change(
            AccountConfig account, Optional<String> hash, Function<AccountMenus, MenuPlan> planner) {
        return lease.exclusively(
                account,
                hold -> live(account).map(planner).compose(plan -> {
                    plan.require(hash);
                    return carryOut(account, plan, hold);
                }));
    }

    private Future<Applied> carryOut(AccountConfig account, MenuPlan plan, MenuLease.Hold hold) {
        if (!plan.wanted().missing().isEmpty()) {
            throw new IllegalArgumentException("never to be published without "
                    + String.join(", ", plan.wanted().missing()));
        }
        return plan.isEmpty()
                ? Future.succeededFuture(new Applied(plan, Optional.empty()))
                : backup(account, plan.live())
                        .compose(
                                backup -> new Publication(calls, account.name(), plan, new ChangeProgress(hold, backup))
                                        .run()
                                        .compose(published -> verify(account, plan.wanted(), backup))
                                        .map(verified -> new Applied(plan, Optional.of(backup))));
    }

    /**
     * Deletes the default menu, and with it all personalised ones.
     *
     * @param hash of the menus that were agreed to; empty: whatever is there now
     */
    public Future<Optional<MenuBackup>> delete(AccountConfig account, Optional<String> hash) {
        return lease.exclusively(
                account,
                hold -> live(account)
                        .compose(live ->
                                MenuPlan.isOf(live.hash(), hash) ? delete(account, live, hold) : staleDeletion()));
    }

    private Future<Optional<MenuBackup>> delete(AccountConfig account, AccountMenus live, MenuLease.Hold hold) {
        return live.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : backup(account, live)
                        .compose(backup -> delete(account, new ChangeProgress(hold, backup))
                                .compose(deleted -> verifyDeleted(account))
                                .map(gone -> Optional.of(backup)));
    }

    private Future<Void> delete(AccountConfig account, ChangeProgress progress) {
        return progress.write(() -> calls.delete(account.name()))
                .recover(failure -> ChangeProgress.code(failure)
                                .filter(code -> code == NO_MENU)
                                .isPresent()
                        ? Future.succeededFuture()
                        : progress.failed("menu/delete", failure));
    }

    private Future<MenuBackup> backup(AccountConfig account, AccountMenus live) {
        MenuBackup backup = MenuBackup.of(live, clock.instant());
        return backups.keep(account, backup).map(kept -> backup);
    }

    private Future<Void> verify(AccountConfig account, WantedMenus wanted, MenuBackup backup) {
        return calls.get(account.name())
                .recover(failure -> Future.failedFuture(MenuException.failed(
                        "all calls have succeeded, but reading the menus back has failed; weir menu plan tells"
                                + " whether they are as wanted.",
                        failure)))
                .map(now -> MenuPlan.between(AccountMenus.of(now), wanted))
                .compose(rest -> rest.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(MenuException.withPlan(
                                MenuException.Kind.DIFFERENT,
                                "all calls have succeeded, and yet the menus that WeChat tells are not the wanted ones;"
                                        + " weir menu rollback --to " + backup.id() + " brings back what was.",
                                rest)));
    }

    private Future<Void> verifyDeleted(AccountConfig account) {
        return live(account)
                .recover(failure -> Future.failedFuture(MenuException.failed(
                        "menu/delete has succeeded, but reading the menus back has failed; weir menu current tells"
                                + " what there is.",
                        failure)))
                .compose(now -> now.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(MenuException.of(
                                MenuException.Kind.DIFFERENT,
                                "WeChat has deleted the menus, and yet it tells that there are some")));
    }

    private static <T> Future<T> staleDeletion() {
        return Future.failedFuture(
                MenuException.of(MenuException.Kind.STALE, "the menus have changed meanwhile; nothing was deleted"));
    }

    /**
     * What was done.
     *
     * @param backup of the menus before; empty where nothing had to be done
     */
    public record Applied(MenuPlan plan, Optional<MenuBackup> backup) {}

    /** Makes the calls of a plan, once. Where one fails, as much as can be is as it was before. */
    static final class Publication {
        private final MenuCalls calls;
        private final String account;
        private final MenuPlan plan;
        private final ChangeProgress progress;

        Publication(MenuCalls calls, String account, MenuPlan plan, ChangeProgress progress) {
            this.calls = calls;
            this.account = account;
            this.plan = plan;
            this.progress = progress;
        }

        /** Fails with a {@link MenuException} that says what was done and what is left. */
        Future<Void> run() {
            return plan.steps()
                    .create()
                    .map(menu -> create(menu).compose(created -> republishAfterCreate()))
                    .orElseGet(() -> republish(plan.steps(), plan.live().api()));
        }

        private Future<Void> create(Menu menu) {
            return progress.write(() -> calls.create(account, menu))
                    .onSuccess(created -> progress.tell("the default menu is replaced"))
                    .recover(failure -> progress.failed("menu/create", failure, menu));
        }

        /** Whether personalised menus survive another default menu WeChat does not document (menu-api.md §5): so it looks. */
        private Future<Void> republishAfterCreate() {
            LiveMenus before = plan.live().api();
            return before.conditional().isEmpty()
                    ? republish(plan.steps(), before)
                    : calls.get(account)
                            .recover(failure -> progress.failed("menu/get", failure))
                            .compose(now -> republish(PublishingSteps.between(now, plan.wanted()), now));
        }

        private Future<Void> republish(PublishingSteps steps, LiveMenus before) {
            return new ConditionalPublisher(calls, account, steps, before, progress).run();
        }
    }
}
