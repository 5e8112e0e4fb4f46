package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;

/** A personalised menu that is published. */
record StoredConditionalMenu(long menuid, ArrayNode button, StoredMatchRule rule) {
    /** The hosts that its buttons link to, those for clients too old for a mini program included. */
    Set<String> domains() {
        return button.findValuesAsText("url").stream()
                .flatMap(url -> MenuUrl.domain(url).stream())
                .collect(Collectors.toSet());
    }

    /** As menu/get shows it, which is also how the file keeps it. */
    ObjectNode shown() {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.set("button", button.deepCopy());
        shown.set("matchrule", rule.shown());
        return shown.put("menuid", menuid);
    }

    static StoredConditionalMenu load(JsonNode saved) {
        return new StoredConditionalMenu(
                saved.path("menuid").asLong(), saved.withArray("button").deepCopy(), MatchRules.readOld((ObjectNode)
                        saved));
    }
}
