package io.weir.menu.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Json;
import io.weir.config.AccountConfig;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.menu.diff.AccountMenus;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.publish.MenuBackup;
import io.weir.wechat.menu.Menu;
import java.util.Map;
import java.util.Optional;

/** The routes of the default menu. As with menu/create, personalised menus stay when it is replaced. */
record DefaultMenuRoutes(MenuRouteSupport office) {
    private static final Map<String, Boolean> TRUTH = Map.of("true", true, "false", false);

    Future<ApiAnswer> show(ApiRequest request) {
        return office.changes()
                .live(office.account(request))
                .map(live -> ApiAnswer.json(json(live)).tagged(live.hash()));
    }

    private static ObjectNode json(AccountMenus live) {
        String source = live.api().isEmpty() ? live.website().isPresent() ? "website" : "none" : "api";
        return Json.object().put("hash", live.hash()).put("source", source).setAll(MenuBackup.answer(live.api()));
    }

    Future<ApiAnswer> plan(ApiRequest request) {
        AccountConfig account = office.account(request);
        return wanted(request)
                .compose(menu -> office.changes().live(account).map(live -> replacing(live, menu)))
                .compose(plan -> office.answer(account, plan));
    }

    Future<ApiAnswer> replace(ApiRequest request) {
        return wanted(request).compose(menu -> office.change(request, live -> replacing(live, menu)));
    }

    private Future<Menu> wanted(ApiRequest request) {
        return office.reader()
                .standard(request.account(), request.body())
                .map(SentMenus::require)
                .map(file -> file.wanted(Map.of(), Map.of()).standard());
    }

    private static MenuPlan replacing(AccountMenus live, Menu menu) {
        return MenuPlan.between(live, new WantedMenus(menu, MenuRouteSupport.named(live.api())));
    }

    /** What was looked at is what is deleted: nobody's new personalised menu goes with it unseen. */
    Future<ApiAnswer> delete(ApiRequest request) {
        boolean cascade = request.parameters("cascade").oneOf("cascade", TRUTH, false);
        AccountConfig account = office.account(request);
        Optional<String> expected = request.expectedState();
        return cascade
                ? delete(account, expected)
                : office.changes().live(account).compose(live -> delete(account, expected, live));
    }

    private Future<ApiAnswer> delete(AccountConfig account, Optional<String> expected, AccountMenus live) {
        boolean takesMore =
                !live.api().conditional().isEmpty() || live.website().isPresent();
        return takesMore
                ? Future.failedFuture(MenuProblems.cascade(live))
                : delete(account, expected.or(() -> Optional.of(live.hash())));
    }

    private Future<ApiAnswer> delete(AccountConfig account, Optional<String> hash) {
        return office.changes()
                .delete(account, hash)
                .map(DefaultMenuRoutes::deleted)
                .map(ApiAnswer::json);
    }

    private static ObjectNode deleted(Optional<MenuBackup> backup) {
        ObjectNode json = Json.object().put("deleted", backup.isPresent());
        backup.ifPresent(kept -> json.put("backup", kept.id()));
        return json;
    }
}
