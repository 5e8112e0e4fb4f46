package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.weir.simulator.api.ApiServer.ApiCounts;
import io.weir.simulator.api.ControlApi.ControlRoute;
import io.weir.simulator.api.ControlRequest.ControlProblem;
import io.weir.simulator.time.OffsetTime;
import java.time.Duration;
import java.util.List;

/** Shows how often each call was made, and puts the simulated WeChat's clock wrong. */
public final class ServerControls {
    private static final int MAX_OFFSET_SECONDS = 366 * 24 * 3600;

    private final ApiCounts counts;
    private final OffsetTime time;

    public ServerControls(ApiCounts counts, OffsetTime time) {
        this.counts = counts;
        this.time = time;
    }

    /** The table. */
    public List<ControlRoute> all() {
        return List.of(
                ControlRoute.of(HttpMethod.GET, "calls", request -> calls()),
                ControlRoute.of(HttpMethod.PUT, "clock", this::clock));
    }

    private ObjectNode calls() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode calls = answer.putObject("calls");
        counts.all().forEach((account, paths) -> paths.forEach(calls.putObject(account)::put));
        return answer;
    }

    private ObjectNode clock(ControlRequest request) {
        request.only("offsetSeconds");
        int seconds = ControlRequest.required(request.integer("offsetSeconds"), "offsetSeconds");
        if (Math.abs((long) seconds) > MAX_OFFSET_SECONDS) {
            throw ControlProblem.badRequest("The field \"offsetSeconds\" has to be within a year, that is from -"
                    + MAX_OFFSET_SECONDS + " to " + MAX_OFFSET_SECONDS + ".");
        }
        time.offset(Duration.ofSeconds(seconds));
        return JsonNodeFactory.instance
                .objectNode()
                .put("offsetSeconds", seconds)
                .put("clock", time.clock().instant().toString());
    }
}
