package io.weir.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.Terminal;
import io.weir.simulator.load.PushSeries;
import io.weir.simulator.push.SimulatedAccount;
import java.net.URI;
import java.util.Optional;

/**
 * What {@code weir trigger} was told to do.
 *
 * @param key the EventKey that was given
 */
record TriggerRequest(PushSeries pushes, SimulatedAccount account, URI target, Optional<String> key) {
    /** One line for people. */
    String title() {
        return Terminal.harmless(pushes.get(0).type() + key.map(k -> " " + k).orElse("")) + "  →  " + target + "  ("
                + account.mode() + ")";
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", pushes.get(0).type())
                .put("account", account.name())
                .put("mode", account.mode().toString())
                .put("target", target.toString());
        key.ifPresent(k -> json.put("key", k));
        return json;
    }
}
