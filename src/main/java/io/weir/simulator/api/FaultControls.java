package io.weir.simulator.api;

import static io.weir.simulator.api.ControlRequest.required;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.weir.simulator.api.ApiFaults.Planned;
import io.weir.simulator.api.ControlApi.ControlRoute;
import io.weir.simulator.api.ControlRequest.ControlProblem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
        if (!path.equals(ApiFaults.EVERY_PATH) && !path.startsWith("/")) {
            throw ControlProblem.badRequest("The field \"path\" has to be * or begin with a slash.");
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

    /** Reads the faults of the API that somebody asks for; {@code kind} tells which. */
    static final class FaultForm {
        private static final int MAX_DELAY_MILLIS = 60_000;
        private static final Map<String, Function<ControlRequest, ApiFault>> KINDS = kinds();

        private FaultForm() {}

        static ApiFault read(ControlRequest request) {
            Function<ControlRequest, ApiFault> kind = KINDS.get(required(request.text("kind"), "kind"));
            if (kind == null) {
                throw ControlProblem.badRequest(
                        "The field \"kind\" has to be one of " + String.join(", ", KINDS.keySet()) + ".");
            }
            return kind.apply(request);
        }

        private static Map<String, Function<ControlRequest, ApiFault>> kinds() {
            Map<String, Function<ControlRequest, ApiFault>> kinds = new LinkedHashMap<>();
            kinds.put("refusal", FaultForm::refusal);
            kinds.put("status", FaultForm::status);
            kinds.put("delay", FaultForm::delay);
            kinds.put("hang", request -> new ApiFault.Hang());
            kinds.put("truncated", request -> new ApiFault.Truncated());
            kinds.put("html", request -> new ApiFault.Html());
            kinds.put("reset", request -> new ApiFault.Reset());
            kinds.put("answerLost", request -> new ApiFault.AnswerLost());
            return kinds;
        }

        private static ApiFault refusal(ControlRequest request) {
            int errcode = required(request.integer("errcode"), "errcode");
            return new ApiFault.Refusal(errcode, request.text("errmsg").orElse("injected"));
        }

        private static ApiFault status(ControlRequest request) {
            int status = required(request.integer("status"), "status");
            if (status < 200 || status > 599) {
                throw ControlProblem.badRequest("The field \"status\" has to be from 200 to 599.");
            }
            return new ApiFault.Status(status, request.text("body").orElse(""));
        }

        private static ApiFault delay(ControlRequest request) {
            int millis = required(request.integer("delayMillis"), "delayMillis");
            if (millis < 1 || millis > MAX_DELAY_MILLIS) {
                throw ControlProblem.badRequest(
                        "The field \"delayMillis\" has to be from 1 to " + MAX_DELAY_MILLIS + ".");
            }
            return new ApiFault.Delay(Duration.ofMillis(millis));
        }
    }
}
