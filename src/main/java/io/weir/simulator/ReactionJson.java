package io.weir.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.weir.simulator.people.ChatLine;
import io.weir.simulator.people.Reaction;
import io.weir.simulator.push.Delivered;
import java.util.Locale;

/** What people saw, as the control API tells it. */
final class ReactionJson {
    private ReactionJson() {}

    static JsonObject of(Reaction reaction) {
        JsonArray pushes = new JsonArray();
        reaction.pushes().forEach(push -> pushes.add(of(push)));
        JsonArray lines = new JsonArray();
        reaction.lines().forEach(line -> lines.add(of(line)));
        return new JsonObject().put("pushes", pushes).put("lines", lines);
    }

    static JsonObject of(ChatLine line) {
        return new JsonObject()
                .put("at", line.at().toString())
                .put("origin", line.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("text", line.text());
    }

    private static JsonObject of(Delivered push) {
        return new JsonObject()
                .put("type", push.push().type())
                .put("xml", push.push().xml())
                .put("attempts", push.attempts().size())
                .put("effect", push.verdict().effect().name().toLowerCase(Locale.ROOT))
                .put("text", push.verdict().text());
    }
}
