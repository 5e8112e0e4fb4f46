package io.weir.menu.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Json;
import io.weir.config.AccountConfig;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiRequest;
import io.weir.menu.diff.AccountMenus;
import io.weir.menu.diff.ConditionalDiff;
import io.weir.menu.diff.MenuPlan;
import io.weir.menu.diff.PublishingSteps;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.http.SentMenus.SentConditional;
import io.weir.menu.publish.MenuBackup;
import io.weir.menu.publish.MenuChanges;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The routes of personalised menus, one at a time. WeChat cannot edit one: add the new one, then delete the old. */
record ConditionalMenuRoutes(MenuRouteSupport office) {
    Future<ApiAnswer> list(ApiRequest request) {
        return office.changes().live(office.account(request)).map(live -> {
            ObjectNode json = Json.object().put("hash", live.hash());
            json.set("conditionalmenu", json(live.api()));
            return ApiAnswer.json(json).tagged(live.hash());
        });
    }

    /** Also where there are none. */
    private static ArrayNode json(LiveMenus live) {
        return MenuBackup.answer(live).withArray("conditionalmenu");
    }

    /** The body is that of menu/addconditional. */
    Future<ApiAnswer> add(ApiRequest request) {
        AccountConfig account = office.account(request);
        Optional<String> expected = request.expectedState();
        return office.reader()
                .personalised(account.name(), request.body())
                .compose(sent -> office.changes()
                        .change(account, expected, live -> adding(live, sent))
                        .compose(applied ->
                                office.changes().live(account).map(now -> added(applied, now, sent.menu()))));
    }

    private static MenuPlan adding(AccountMenus live, SentConditional sent) {
        sent.requireFit(live.api());
        List<WantedMenus.Named> all = new ArrayList<>(MenuRouteSupport.named(live.api()));
        all.add(new WantedMenus.Named("new", sent.menu()));
        return MenuPlan.between(live, new WantedMenus(live.api().menu().orElseThrow(), all));
    }

    private static ApiAnswer added(MenuChanges.Applied applied, AccountMenus now, ConditionalMenu sent) {
        Set<Optional<String>> before = applied.plan().live().api().conditional().stream()
                .map(ConditionalMenu::menuid)
                .collect(Collectors.toSet());
        ObjectNode json = Json.object();
        now.api().conditional().stream()
                .filter(menu -> !before.contains(menu.menuid()) && ConditionalDiff.areEqual(menu, sent))
                .findFirst()
                .flatMap(ConditionalMenu::menuid)
                .ifPresent(menuid -> json.put("menuid", menuid));
        applied.backup().ifPresent(backup -> json.put("backup", backup.id()));
        return ApiAnswer.json(json).created().tagged(now.hash());
    }

    Future<ApiAnswer> remove(ApiRequest request) {
        String menuid = request.inPath("menuId");
        return office.change(request, live -> removing(live, menuid));
    }

    /** Of two equal ones exactly this: so the steps are not left to a comparison. */
    private static MenuPlan removing(AccountMenus live, String menuid) {
        ConditionalMenu gone = live.api().conditional().stream()
                .filter(menu -> menu.menuid().equals(Optional.of(menuid)))
                .findFirst()
                .orElseThrow(() -> MenuProblems.noSuchMenu(menuid));
        List<ConditionalMenu> rest = new ArrayList<>(live.api().conditional());
        rest.remove(gone);
        WantedMenus wanted = new WantedMenus(
                live.api().menu().orElseThrow(),
                MenuRouteSupport.named(
                        new LiveMenus(live.api().menu(), live.api().menuid(), rest)));
        MenuPlan plan = MenuPlan.between(live, wanted);
        return new MenuPlan(
                plan.hash(),
                live,
                wanted,
                plan.standard(),
                plan.conditional(),
                new PublishingSteps(Optional.empty(), rest.size(), List.of(), List.of(gone), false));
    }
}
