package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.weir.simulator.api.ControlApi.ControlRoute;
import io.weir.simulator.api.ControlRequest.ControlProblem;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.Registration;
import java.util.List;
import java.util.Set;

/** Shows the accounts, ends their tokens, and changes what WeChat's console would change; never shows a secret. */
public final class AccountControls {
    private final Platform platform;

    public AccountControls(Platform platform) {
        this.platform = platform;
    }

    /** The table. */
    public List<ControlRoute> all() {
        return List.of(
                ControlRoute.of(HttpMethod.GET, "state", request -> state()),
                ControlRoute.of(HttpMethod.GET, "accounts/:name/qrcodes", this::qrCodes),
                ControlRoute.of(HttpMethod.POST, "accounts/:name/tokens/invalidate", this::invalidate),
                ControlRoute.of(HttpMethod.PUT, "accounts/:name/registration", this::register));
    }

    private ObjectNode state() {
        return platform.exclusively(() -> {
            ObjectNode state = JsonNodeFactory.instance
                    .objectNode()
                    .put("clock", platform.clock().instant().toString());
            ArrayNode accounts = state.putArray("accounts");
            platform.accounts().forEach(account -> accounts.add(describe(account)));
            return state;
        });
    }

    private ObjectNode invalidate(ControlRequest request) {
        return platform.exclusively(() -> {
            PlatformAccount account = account(request);
            account.tokens().invalidate();
            return describe(account);
        });
    }

    private ObjectNode qrCodes(ControlRequest request) {
        return platform.exclusively(() -> {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode codes = answer.putArray("codes");
            account(request).qrCodes().all().forEach(code -> {
                ObjectNode written = codes.addObject()
                        .put("scene", code.scene().text())
                        .put("ticket", code.ticket())
                        .put("url", code.url())
                        .put("permanent", code.forEver());
                if (!code.forEver()) {
                    written.put("ends", code.ends().toString());
                }
            });
            return answer;
        });
    }

    private ObjectNode register(ControlRequest request) {
        request.only("verified", "testAccount", "whitelist", "secretFrozen");
        return platform.exclusively(() -> {
            PlatformAccount account = account(request);
            Registration is = account.registration();
            account.register(is.verified(request.flag("verified").orElse(is.verified()))
                    .testAccount(request.flag("testAccount").orElse(is.testAccount()))
                    .whitelist(request.texts("whitelist")
                            .<Set<String>>map(Set::copyOf)
                            .orElse(is.whitelist())));
            request.flag("secretFrozen").ifPresent(account.tokens()::freezeSecret);
            return describe(account);
        });
    }

    private PlatformAccount account(ControlRequest request) {
        String name = request.inPath("name");
        return platform.byName(name)
                .orElseThrow(() -> ControlProblem.notFound("There is no account \"" + name + "\"; there are: "
                        + String.join(
                                ", ",
                                platform.accounts().stream()
                                        .map(account -> account.registration().name())
                                        .toList())
                        + "."));
    }

    private static ObjectNode describe(PlatformAccount account) {
        Registration registration = account.registration();
        ObjectNode described = JsonNodeFactory.instance
                .objectNode()
                .put("name", registration.name())
                .put("appId", registration.appId())
                .put("originalId", registration.originalId())
                .put("verified", registration.verified())
                .put("testAccount", registration.testAccount());
        registration.whitelist().stream().sorted().forEach(described.putArray("whitelist")::add);
        described.set("tokens", account.tokens().describe());
        described.set("calls", account.quotas().describe());
        return described.put("people", account.followers().all().size());
    }
}
