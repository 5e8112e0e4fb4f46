package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.weir.simulator.api.ApiFaults.Planned;
import java.util.List;
import java.util.Optional;

/**
 * Plans, shows and clears faults of the API: {@code {"path": "/cgi-bin/token", "times": 3, "kind": "refusal", "errcode":
 * -1}}. Without {@code times} a fault stays until it is cleared.
 */
public final class FaultControls {
    private final ApiFaults faults;

    public FaultControls(ApiFaults faults) {
        this.faults = faults;
    }

    /** The table. */
    public List<ControlRoute> all() {
        return List.of(
                ControlRoute.of(HttpMethod.GET, "faults", request -> planned()),
                ControlRoute.of(HttpMethod.POST, "faults", this::plan),
                ControlRoute.of(HttpMethod.DELETE, "faults", request -> clear()));
    }

    private ObjectNode plan(ControlRequest request) {
        request.only("path", "times", "kind", "errcode", "errmsg", "status", "body", "delayMillis");
        String path = ControlRequest.required(request.text("path"), "path");
        if (!path.equals(ApiFaults.EVERY_PATH) && !path.startsWith("/cgi-bin/")) {
            throw ControlProblem.badRequest("The field \"path\" has to be * or begin with /cgi-bin/.");
        }
        Optional<Integer> times = request.integer("times");
        if (times.filter(number -> number < 1).isPresent()) {
            throw ControlProblem.badRequest("The field \"times\" has to be 1 at least.");
        }
        try {
            faults.plan(new Planned(path, times, FaultForm.read(request)));
        } catch (IllegalStateException full) {
            throw new ControlProblem(409, "Too many faults wait", full.getMessage() + ".");
        }
        return planned();
    }

    private ObjectNode clear() {
        faults.clear();
        return planned();
    }

    private ObjectNode planned() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("faults");
        faults.all().forEach(one -> {
            ObjectNode written = list.addObject().put("path", one.path());
            one.times().ifPresent(times -> written.put("times", times));
            one.fault().describe(written);
        });
        return answer;
    }
}
