package io.weir.menu.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.config.AccountConfig;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.menu.diff.AccountMenus;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.PlanJson;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.publish.MenuChanges;
import io.weir.wechat.menu.LiveMenus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the routes of menus have in common. */
final class MenuRouteSupport {
    private final Map<String, AccountConfig> accounts;
    private final MenuChanges changes;
    private final SentMenus.Reader reader;

    MenuRouteSupport(List<AccountConfig> accounts, MenuChanges changes, SentMenus.Reader reader) {
        this.accounts = accounts.stream().collect(Collectors.toMap(AccountConfig::name, Function.identity()));
        this.changes = changes;
        this.reader = reader;
    }

    MenuChanges changes() {
        return changes;
    }

    SentMenus.Reader reader() {
        return reader;
    }

    AccountConfig account(ApiRequest request) {
        return Optional.ofNullable(accounts.get(request.account()))
                .orElseThrow(() -> new IllegalArgumentException("there is no account " + request.account()));
    }

    /** A plan with what is left of its quotas; its hash is the ETag. */
    Future<ApiAnswer> answer(AccountConfig account, MenuPlan plan) {
        return changes.quotas(account, plan)
                .map(quotas -> ApiAnswer.json(PlanJson.of(plan, quotas)).tagged(plan.hash()));
    }

    /** What would be done to have these menus. */
    Future<ApiAnswer> plan(ApiRequest request, WantedMenus wanted) {
        AccountConfig account = account(request);
        return changes.plan(account, wanted).compose(plan -> answer(account, plan));
    }

    /** Does it. */
    Future<ApiAnswer> apply(ApiRequest request, WantedMenus wanted) {
        return change(request, live -> MenuPlan.between(live, wanted));
    }

    /** Makes menus of those that are there, if these are as If-Match has them, and tells what was done. */
    Future<ApiAnswer> change(ApiRequest request, Function<AccountMenus, MenuPlan> planner) {
        return changes.change(account(request), request.expectedState(), planner)
                .map(MenuRouteSupport::done);
    }

    private static ApiAnswer done(MenuChanges.Applied applied) {
        ObjectNode json = PlanJson.of(applied.plan(), List.of());
        applied.backup().ifPresent(backup -> json.put("backup", backup.id()));
        return ApiAnswer.json(json).tagged(after(applied.plan()).hash());
    }

    /** The menus when a plan was carried out, which has been verified. */
    private static AccountMenus after(MenuPlan plan) {
        return AccountMenus.of(new LiveMenus(
                Optional.of(plan.wanted().standard()),
                Optional.empty(),
                plan.wanted().conditional().stream()
                        .map(WantedMenus.Named::menu)
                        .toList()));
    }

    /** The personalised menus that stay as they are. */
    static List<WantedMenus.Named> named(LiveMenus live) {
        return live.conditional().stream()
                .map(menu -> new WantedMenus.Named("menuid " + menu.menuid().orElse("unknown"), menu))
                .toList();
    }
}
