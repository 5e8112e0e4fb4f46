package io.weir.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.weir.simulator.api.ControlApi.ControlRoute;
import io.weir.simulator.api.ControlRequest;
import io.weir.simulator.api.ControlRequest.ControlProblem;
import io.weir.simulator.push.PushFault;
import io.weir.simulator.push.PushFaults;
import io.weir.simulator.push.Pusher;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** Lets pushes go wrong, and changes where they go: {@code {"kind": "duplicate", "amount": 2, "times": 1}}. */
final class PushControls {
    private final PushFaults faults;
    private final BiConsumer<String, URI> pushTo;

    /** @param pushTo changes the URL of the account of that name; throws IllegalArgumentException when there is none */
    PushControls(PushFaults faults, BiConsumer<String, URI> pushTo) {
        this.faults = faults;
        this.pushTo = pushTo;
    }

    /** The table. */
    List<ControlRoute> all() {
        return List.of(
                ControlRoute.of(HttpMethod.GET, "push-faults", request -> standing()),
                ControlRoute.of(HttpMethod.POST, "push-faults", this::add),
                ControlRoute.of(HttpMethod.DELETE, "push-faults", request -> clear()),
                ControlRoute.of(HttpMethod.PUT, "accounts/:name/url", this::url));
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

    private ObjectNode clear() {
        faults.clear();
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
            pushTo.accept(request.inPath("name"), target);
        } catch (IllegalArgumentException e) {
            throw ControlProblem.badRequest(String.valueOf(e.getMessage()));
        }
        return JsonNodeFactory.instance.objectNode().put("url", url);
    }
}
