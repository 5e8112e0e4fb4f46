package io.weir.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.weir.simulator.api.ControlApi.ControlRoute;
import io.weir.simulator.api.ControlRequest;
import io.weir.simulator.api.ControlRequest.ControlProblem;
import io.weir.simulator.push.PushFault;
import io.weir.simulator.push.PushFaults;
import io.weir.simulator.push.PushMode;
import io.weir.simulator.push.Pusher;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.UrlVerification;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Lets pushes go wrong, {@code {"kind": "duplicate", "amount": 2, "times": 1}}, and changes where they go and what they are signed
 * with. No answer shows a Token, a key or a secret.
 */
final class PushControls {
    private final Simulator simulator;
    private final PushFaults faults;

    PushControls(Simulator simulator) {
        this.simulator = simulator;
        this.faults = simulator.pushFaults();
    }

    /** The table. */
    List<ControlRoute> all() {
        return List.of(
                ControlRoute.of(HttpMethod.GET, "push-faults", request -> standing()),
                ControlRoute.of(HttpMethod.POST, "push-faults", this::add),
                ControlRoute.of(HttpMethod.DELETE, "push-faults", this::clear),
                ControlRoute.of(HttpMethod.PUT, "accounts/:name/url", this::url),
                ControlRoute.of(HttpMethod.PUT, "accounts/:name/credentials", this::credentials),
                new ControlRoute(HttpMethod.POST, "accounts/:name/verify", this::verify));
    }

    private ObjectNode add(ControlRequest request) {
        request.only("kind", "amount", "times", "account");
        try {
            PushFault fault = PushFault.of(
                    ControlRequest.required(request.text("kind"), "kind"),
                    request.integer("amount").map(OptionalLong::of).orElseGet(OptionalLong::empty));
            OptionalInt times = request.integer("times").map(OptionalInt::of).orElseGet(OptionalInt::empty);
            faults.add(new PushFaults.ActiveFault(fault, request.text("account"), times));
        } catch (IllegalArgumentException e) {
            throw ControlProblem.badRequest(String.valueOf(e.getMessage()));
        } catch (IllegalStateException full) {
            throw new ControlProblem(409, "Too many faults stand", String.valueOf(full.getMessage()));
        }
        return standing();
    }

    private ObjectNode clear(ControlRequest request) {
        request.only("account");
        request.text("account").ifPresentOrElse(faults::clear, faults::clear);
        return standing();
    }

    private ObjectNode standing() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("faults");
        faults.standing().forEach(one -> {
            ObjectNode written = all.addObject().put("kind", one.fault().name());
            one.fault().amount().ifPresent(amount -> written.put("amount", amount));
            one.account().ifPresent(account -> written.put("account", account));
            one.pushes().ifPresent(left -> written.put("times", left));
        });
        return json;
    }

    private ObjectNode url(ControlRequest request) {
        request.only("url");
        String url = ControlRequest.required(request.text("url"), "url");
        try {
            URI target = URI.create(url);
            if (!Pusher.isPushUrl(target)) {
                throw ControlProblem.badRequest("The field \"url\" has to be http://host/path or https://host/path.");
            }
            simulator.pushTo(request.inPath("name"), target);
        } catch (IllegalArgumentException e) {
            throw ControlProblem.badRequest(String.valueOf(e.getMessage()));
        }
        return JsonNodeFactory.instance.objectNode().put("url", url);
    }

    private ObjectNode credentials(ControlRequest request) {
        request.only("token", "aesKey", "mode", "appSecret", "originalId");
        String account = request.inPath("name");
        try {
            AccountCredentials changed = changed(request);
            simulator.change(account, changed);
        } catch (IllegalArgumentException e) {
            throw ControlProblem.badRequest(String.valueOf(e.getMessage()));
        }
        SimulatedAccount now = simulator.official(account).pushes();
        return JsonNodeFactory.instance
                .objectNode()
                .put("account", account)
                .put("appId", now.appId())
                .put("originalId", now.originalId())
                .put("mode", now.mode().toString());
    }

    private static AccountCredentials changed(ControlRequest request) {
        AccountCredentials changed = AccountCredentials.UNCHANGED;
        changed = request.text("token").map(changed::withToken).orElse(changed);
        changed = request.text("aesKey").map(changed::withAesKey).orElse(changed);
        changed = request.text("appSecret").map(changed::withAppSecret).orElse(changed);
        changed = request.text("originalId").map(changed::withOriginalId).orElse(changed);
        return request.text("mode").map(PushMode::named).map(changed::withMode).orElse(changed);
    }

    private Future<ObjectNode> verify(ControlRequest request) {
        request.only();
        try {
            return simulator.verify(request.inPath("name")).map(UrlVerification::json);
        } catch (IllegalArgumentException e) {
            throw ControlProblem.notFound(String.valueOf(e.getMessage()));
        }
    }
}
