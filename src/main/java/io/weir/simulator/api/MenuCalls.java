package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.GET;
import static io.weir.simulator.api.ApiCall.Method.POST;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** The seven calls about menus (menu-api.md). */
public final class MenuCalls {
    private MenuCalls() {}

    /** Reading the current menu is for all accounts, the rest for verified ones. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.verifiedOnly(POST, "/cgi-bin/menu/create", MenuCalls::create),
                ApiCall.verifiedOnly(GET, "/cgi-bin/menu/get", MenuCalls::get),
                ApiCall.verifiedOnly(GET, "/cgi-bin/menu/delete", MenuCalls::delete),
                ApiCall.verifiedOnly(POST, "/cgi-bin/menu/addconditional", MenuCalls::addConditional),
                ApiCall.verifiedOnly(POST, "/cgi-bin/menu/delconditional", MenuCalls::deleteConditional),
                ApiCall.verifiedOnly(POST, "/cgi-bin/menu/trymatch", MenuCalls::tryMatch),
                ApiCall.forAll(GET, "/cgi-bin/get_current_selfmenu_info", MenuCalls::selfMenuInfo));
    }

    private static ApiAnswer create(ApiRequest request) {
        request.account().menus().create(request.body());
        return ApiAnswer.ok();
    }

    private static ApiAnswer get(ApiRequest request) {
        return new ApiAnswer.Json(request.account().menus().get());
    }

    private static ApiAnswer delete(ApiRequest request) {
        request.account().menus().delete();
        return ApiAnswer.ok();
    }

    private static ApiAnswer addConditional(ApiRequest request) {
        String menuid = request.account().menus().addConditional(request.body());
        return new ApiAnswer.Json(JsonNodeFactory.instance.objectNode().put("menuid", menuid));
    }

    private static ApiAnswer deleteConditional(ApiRequest request) {
        request.account().menus().deleteConditional(request.body());
        return ApiAnswer.ok();
    }

    private static ApiAnswer tryMatch(ApiRequest request) {
        return new ApiAnswer.Json(request.account().menus().tryMatch(request.body()));
    }

    private static ApiAnswer selfMenuInfo(ApiRequest request) {
        return new ApiAnswer.Json(request.account().menus().selfMenuInfo());
    }
}
