package io.weir.menu.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Json;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.publish.MenuBackup;
import io.weir.menu.publish.Rollback;
import java.util.List;
import java.util.Optional;

/** The routes of menus as they were: the same backups that the commands keep and see. */
record RollbackRoutes(MenuRouteSupport office) {
    private static final String TO = "to";

    Future<ApiAnswer> list(ApiRequest request) {
        return office.changes()
                .backups(office.account(request))
                .map(RollbackRoutes::json)
                .map(ApiAnswer::json);
    }

    private static ObjectNode json(List<MenuBackup> backups) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("backups");
        backups.forEach(backup -> describe(all.addObject(), backup));
        return json;
    }

    private static void describe(ObjectNode json, MenuBackup backup) {
        json.put("id", backup.id())
                .put("time", backup.time().toString())
                .put("hash", backup.hash())
                .put("summary", backup.summary())
                .put("website", backup.menus().isEmpty() && backup.website().isPresent())
                .put("personalised", backup.menus().conditional().size());
        ArrayNode names = json.putArray("names");
        backup.menus().menu().ifPresent(menu -> menu.buttons().forEach(button -> names.add(button.name())));
    }

    Future<ApiAnswer> plan(ApiRequest request) {
        return wanted(request).compose(wanted -> office.plan(request, wanted));
    }

    Future<ApiAnswer> rollBack(ApiRequest request) {
        return wanted(request).compose(wanted -> office.apply(request, wanted));
    }

    private Future<WantedMenus> wanted(ApiRequest request) {
        Optional<String> to = request.fields(TO).text(TO);
        return office.changes().backups(office.account(request)).map(backups -> wanted(Rollback.to(to, backups)));
    }

    private static WantedMenus wanted(Rollback rollback) {
        return rollback.wanted()
                .orElseThrow(() -> ApiProblem.of(
                        409,
                        "There is nothing to roll back to",
                        "Before that change there was no menu; DELETE menu?cascade=true deletes all."));
    }
}
