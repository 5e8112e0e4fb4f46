package io.weir.menu.http;

import static io.weir.http.api.Access.OPERATOR;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.weir.client.WeChatClient;
import io.weir.config.AccountConfig;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.Right;
import io.weir.menu.file.AnswersCheck;
import io.weir.menu.file.MenuPull;
import io.weir.menu.publish.MenuChanges;
import io.weir.menu.publish.MenuPreviews;
import io.weir.menu.publish.MenuPreviews.MenuViewer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The menus' part of the admin port's table of contents; {@code openapi.json} describes each line. */
public final class MenuRoutes {
    private static final String MENU = "/api/v1/accounts/{account}/menu";

    private MenuRoutes() {}

    /**
     * One line for each path and method.
     *
     * @param accounts those of the configuration
     * @param answers what an account answers at the moment
     */
    public static List<ApiRoute> all(
            Vertx vertx,
            WeChatClient client,
            MenuChanges changes,
            List<AccountConfig> accounts,
            Function<String, AnswersCheck> answers) {
        MenuRouteSupport office = new MenuRouteSupport(accounts, changes, new SentMenus.Reader(vertx, answers));
        DefaultMenuRoutes standard = new DefaultMenuRoutes(office);
        ConditionalMenuRoutes personalised = new ConditionalMenuRoutes(office);
        MenuFileRoutes file = new MenuFileRoutes(office, new MenuPull(vertx, client), client);
        RollbackRoutes old = new RollbackRoutes(office);
        MenuViewRoutes looks = new MenuViewRoutes(client);
        return List.of(
                route(HttpMethod.GET, "", standard::show),
                route(HttpMethod.PUT, "", standard::replace),
                route(HttpMethod.DELETE, "", standard::delete),
                route(HttpMethod.POST, "/plan", standard::plan),
                route(HttpMethod.GET, "/current", looks::current),
                route(HttpMethod.GET, "/match", looks::match),
                route(HttpMethod.POST, "/validate", file::validate),
                route(HttpMethod.GET, "/conditional", personalised::list),
                route(HttpMethod.POST, "/conditional", personalised::add),
                route(HttpMethod.DELETE, "/conditional/{menuId}", personalised::remove),
                route(HttpMethod.GET, "/file", file::pull),
                route(HttpMethod.PUT, "/file", file::apply),
                route(HttpMethod.POST, "/file/plan", file::plan),
                route(HttpMethod.GET, "/backups", old::list),
                route(HttpMethod.POST, "/rollback", old::rollBack),
                route(HttpMethod.POST, "/rollback/plan", old::plan));
    }

    /** Which menu an OpenID sees, as GET menu/match tells it. */
    public static Future<ObjectNode> seen(WeChatClient client, String account, String openId) {
        MenuViewer person = new MenuViewer(Optional.of(openId), List.of(), Optional.empty());
        return new MenuPreviews(client).of(account, person).map(MenuViews::sight);
    }

    private static ApiRoute route(HttpMethod method, String path, ApiRoute.Effect effect) {
        boolean changes = !method.equals(HttpMethod.GET) && !path.endsWith("/plan") && !path.equals("/validate");
        return ApiRoute.order(
                        method,
                        MENU + path,
                        OPERATOR,
                        request -> Future.succeededFuture(request)
                                .compose(effect::answer)
                                .recover(failure -> Future.failedFuture(MenuProblems.of(failure))))
                .with(changes ? Right.MENU : Right.READ);
    }
}
