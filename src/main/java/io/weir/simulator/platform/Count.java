package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** How often something has happened in the current period; begins at 0 with each. */
final class Count {
    private final Period period;
    private long number;
    private long used;

    Count(Period period) {
        this.period = period;
    }

    long used(Instant now) {
        return period.number(now) == number ? used : 0;
    }

    void add(Instant now) {
        used = used(now) + 1;
        number = period.number(now);
    }

    void clear() {
        used = 0;
    }

    ObjectNode save() {
        return JsonNodeFactory.instance.objectNode().put("period", number).put("used", used);
    }

    void load(JsonNode saved) {
        number = saved.path("period").asLong();
        used = saved.path("used").asLong();
    }
}
