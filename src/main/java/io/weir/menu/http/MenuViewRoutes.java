package io.weir.menu.http;

import io.vertx.core.Future;
import io.weir.client.WeChatClient;
import io.weir.client.calls.MenuCalls;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.menu.publish.MenuPreviews;
import io.weir.menu.publish.MenuPreviews.MenuViewer;
import io.weir.wechat.menu.MatchRule.ClientPlatform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The routes that show what people see. */
final class MenuViewRoutes {
    private static final Map<String, Optional<ClientPlatform>> PLATFORMS = platforms();

    private final MenuCalls menus;
    private final MenuPreviews sights;

    MenuViewRoutes(WeChatClient client) {
        this.menus = new MenuCalls(client);
        this.sights = new MenuPreviews(client);
    }

    Future<ApiAnswer> current(ApiRequest request) {
        return menus.currentSelfMenuInfo(request.account())
                .map(menu -> ApiAnswer.json(MenuViews.current(request.account(), menu)));
    }

    /** One tag is enough: only the one that was added last counts. */
    Future<ApiAnswer> match(ApiRequest request) {
        ApiFields asked = request.parameters("user", "tag", "platform");
        MenuViewer person = new MenuViewer(
                given(asked, "user"),
                given(asked, "tag").map(List::of).orElse(List.of()),
                asked.oneOf("platform", PLATFORMS, Optional.empty()));
        if (person.isNobody()) {
            throw ApiProblem.badRequest("Say who: user, or tag and platform.");
        }
        return sights.of(request.account(), person).map(MenuViews::sight).map(ApiAnswer::json);
    }

    private static Optional<String> given(ApiFields asked, String name) {
        return asked.text(name).filter(text -> !text.isBlank());
    }

    private static Map<String, Optional<ClientPlatform>> platforms() {
        Map<String, Optional<ClientPlatform>> platforms = new LinkedHashMap<>();
        for (ClientPlatform each : ClientPlatform.values()) {
            platforms.put(each.name().toLowerCase(Locale.ROOT), Optional.of(each));
        }
        return platforms;
    }
}
