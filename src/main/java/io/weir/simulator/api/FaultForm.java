package io.weir.simulator.api;

import static io.weir.simulator.api.ControlRequest.required;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads the faults of the API that somebody asks for; {@code kind} tells which. */
final class FaultForm {
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
            throw ControlProblem.badRequest("The field \"delayMillis\" has to be from 1 to " + MAX_DELAY_MILLIS + ".");
        }
        return new ApiFault.Delay(Duration.ofMillis(millis));
    }
}
