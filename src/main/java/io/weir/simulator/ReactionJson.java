package io.weir.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.page.PhoneJson;
import io.weir.simulator.people.Phone;
import io.weir.simulator.people.Reaction;
import io.weir.simulator.push.Delivered;
import java.util.Locale;

/** What people saw, as the control API tells it. */
final class ReactionJson {
    private ReactionJson() {}

    static ObjectNode of(Reaction reaction) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode pushes = json.putArray("pushes");
        reaction.pushes().forEach(push -> pushes.add(of(push)));
        ArrayNode lines = json.putArray("lines");
        reaction.lines().forEach(line -> lines.add(PhoneJson.of(line)));
        return json;
    }

    static ObjectNode chat(Phone phone) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("receiving", phone.receiving());
        ArrayNode lines = json.putArray("lines");
        phone.chat().forEach(line -> lines.add(PhoneJson.of(line)));
        return json;
    }

    private static ObjectNode of(Delivered push) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", push.push().type())
                .put("attempts", push.attempts().size())
                .put("duplicates", push.duplicates().size())
                .put("effect", push.verdict().effect().name().toLowerCase(Locale.ROOT))
                .put("text", push.verdict().text())
                .put("xml", push.push().xml());
    }
}
