package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.GET;
import static io.weir.simulator.api.ApiCall.Method.POST;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import java.util.List;

/** The seven calls about menus (menu-api.md). */
public final class MenuEndpoints {
    private MenuEndpoints() {}

    /** Reading the current menu is for all accounts, the rest for verified ones. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.verifiedOnly(POST, "/cgi-bin/menu/create", MenuEndpoints::create),
                ApiCall.verifiedOnly(GET, "/cgi-bin/menu/get", MenuEndpoints::get),
                ApiCall.verifiedOnly(GET, "/cgi-bin/menu/delete", MenuEndpoints::delete),
                ApiCall.verifiedOnly(POST, "/cgi-bin/menu/addconditional", MenuEndpoints::addConditional),
                ApiCall.verifiedOnly(POST, "/cgi-bin/menu/delconditional", MenuEndpoints::deleteConditional),
                ApiCall.verifiedOnly(POST, "/cgi-bin/menu/trymatch", MenuEndpoints::tryMatch),
                ApiCall.forAll(GET, "/cgi-bin/get_current_selfmenu_info", MenuEndpoints::selfMenuInfo));
    }

    private static CallAnswer create(CallRequest request) {
        request.account().menus().create(request.body());
        return CallAnswer.ok();
    }

    private static CallAnswer get(CallRequest request) {
        return new CallAnswer.Json(request.account().menus().get());
    }

    private static CallAnswer delete(CallRequest request) {
        request.account().menus().delete();
        return CallAnswer.ok();
    }

    private static CallAnswer addConditional(CallRequest request) {
        String menuid = request.account().menus().addConditional(request.body());
        return new CallAnswer.Json(JsonNodeFactory.instance.objectNode().put("menuid", menuid));
    }

    private static CallAnswer deleteConditional(CallRequest request) {
        request.account().menus().deleteConditional(request.body());
        return CallAnswer.ok();
    }

    private static CallAnswer tryMatch(CallRequest request) {
        return new CallAnswer.Json(request.account().menus().tryMatch(request.body()));
    }

    private static CallAnswer selfMenuInfo(CallRequest request) {
        return new CallAnswer.Json(request.account().menus().selfMenuInfo());
    }
}
