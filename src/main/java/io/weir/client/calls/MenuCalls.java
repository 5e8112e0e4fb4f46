package io.weir.client.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.weir.client.Call;
import io.weir.client.Call.Repeat;
import io.weir.client.Json;
import io.weir.client.ResponseFields;
import io.weir.client.WeChatClient;
import io.weir.client.WeChatException;
import io.weir.wechat.api.ErrorCode;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.SelfMenu;
import java.util.Optional;
import java.util.Set;

/** Menus, default and personalised (menu-api.md). What is sent is not checked here: that is for the validator. */
public final class MenuCalls {
    /** 46002 and 46003: no menu, which is an answer and no failure. */
    private static final Set<Integer> NO_MENU = Set.of(46002, 46003);

    private final WeChatClient client;

    public MenuCalls(WeChatClient client) {
        this.client = client;
    }

    /** What was made through the API; {@link LiveMenus#EMPTY} where nothing was. */
    public Future<LiveMenus> get(String account) {
        return client.call(account, Call.get("/cgi-bin/menu/get"))
                .map(MenuJson::liveMenus)
                .recover(failure ->
                        isNoMenu(failure) ? Future.succeededFuture(LiveMenus.EMPTY) : Future.failedFuture(failure));
    }

    /** Makes the default menu, or replaces it as a whole. */
    public Future<Void> create(String account, Menu menu) {
        Call call = Call.post("/cgi-bin/menu/create", MenuJson.write(menu)).repeat(Repeat.SAFE);
        return client.call(account, call).mapEmpty();
    }

    /** Deletes the default menu and with it all personalised ones. */
    public Future<Void> delete(String account) {
        return client.call(account, Call.get("/cgi-bin/menu/delete")).mapEmpty();
    }

    /**
     * Adds a personalised menu; made twice, there are two.
     *
     * @return its menuid
     */
    public Future<String> addConditional(String account, ConditionalMenu menu) {
        Call call = Call.post("/cgi-bin/menu/addconditional", MenuJson.write(menu));
        return client.call(account, call)
                .map(json ->
                        MenuJson.menuid(json).orElseThrow(() -> new ResponseFields(call, json).unlike("a menuid")));
    }

    /** Deletes a personalised menu. Repeated only if it was surely not executed: the second time there is none (65301). */
    public Future<Void> deleteConditional(String account, String menuid) {
        JsonNode body = Json.object().put("menuid", menuid);
        return client.call(account, Call.post("/cgi-bin/menu/delconditional", body))
                .mapEmpty();
    }

    /**
     * What a follower sees; empty where there is no menu.
     *
     * @param userId openid or WeChat id
     */
    public Future<Optional<Menu>> tryMatch(String account, String userId) {
        JsonNode body = Json.object().put("user_id", userId);
        return client.call(account, Call.post("/cgi-bin/menu/trymatch", body).repeat(Repeat.SAFE))
                .map(MenuJson::seenMenu)
                .recover(failure ->
                        isNoMenu(failure) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure));
    }

    /** The default menu in force, made through the API or on WeChat's website. */
    public Future<SelfMenu> currentSelfMenuInfo(String account) {
        return client.call(account, Call.get("/cgi-bin/get_current_selfmenu_info"))
                .map(MenuJson::selfMenu);
    }

    private static boolean isNoMenu(Throwable failure) {
        return failure instanceof WeChatException known
                && known.code().map(ErrorCode::code).filter(NO_MENU::contains).isPresent();
    }
}
