package io.weir.menu.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Json;
import io.weir.client.WeChatClient;
import io.weir.client.calls.TagCalls;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.file.MenuFile;
import io.weir.menu.file.MenuFinding;
import io.weir.menu.file.MenuPull;
import io.weir.menu.file.TagIds;
import java.util.List;
import java.util.Map;

/** The routes of a whole menu file: all menus of an account at once, as the commands have them. */
record MenuFileRoutes(MenuRouteSupport office, MenuPull pull, WeChatClient client) {
    private static final String YAML = "application/yaml; charset=utf-8";

    /** Judges a menu file, or the body of menu/create, which is one, and tells what it says; asks nobody. */
    Future<ApiAnswer> validate(ApiRequest request) {
        return office.reader().file(request.account(), request.body()).map(sent -> {
            ObjectNode draft = sent.file().map(MenuViews::draft).orElseGet(Json::object);
            sent.requireWith(draft);
            ObjectNode json = Json.object()
                    .put("errors", 0)
                    .put("warnings", sent.findings().size());
            json.set("findings", MenuProblems.json(sent.findings()));
            return ApiAnswer.json(json.setAll(draft));
        });
    }

    Future<ApiAnswer> pull(ApiRequest request) {
        return pull.withoutMaterial(request.account(), false)
                .map(pulled -> pulled.map(menus -> ApiAnswer.of(YAML, menus.text(false)))
                        .orElseThrow(() ->
                                ApiProblem.of(404, "There is no menu", "The account has no menu to make a file of.")));
    }

    Future<ApiAnswer> plan(ApiRequest request) {
        return wanted(request).compose(wanted -> office.plan(request, wanted));
    }

    Future<ApiAnswer> apply(ApiRequest request) {
        return wanted(request).compose(wanted -> office.apply(request, wanted));
    }

    private Future<WantedMenus> wanted(ApiRequest request) {
        return office.reader()
                .file(request.account(), request.body())
                .map(SentMenus::require)
                .compose(file -> tagIds(request.account(), file).map(ids -> wanted(file, ids)));
    }

    private Future<Map<String, String>> tagIds(String account, MenuFile file) {
        return file.tagNames().isEmpty()
                ? Future.succeededFuture(Map.of())
                : TagIds.byName(new TagCalls(client), account);
    }

    private static WantedMenus wanted(MenuFile file, Map<String, String> tagIds) {
        List<MenuFinding> unknown = file.unknownTags(tagIds);
        if (!unknown.isEmpty()) {
            throw MenuProblems.of(unknown, 422);
        }
        return file.wanted(tagIds, Map.of());
    }
}
