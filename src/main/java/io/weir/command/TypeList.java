package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.Terminal;
import io.weir.simulator.push.PushTemplate;
import io.weir.simulator.push.PushTemplates;
import java.util.Locale;

/** What {@code weir trigger --list} prints: each wire name, what it is, whether it takes {@code --key}. */
final class TypeList {
    private final PushTemplates templates;
    private final Terminal terminal;

    TypeList(PushTemplates templates, Terminal terminal) {
        this.templates = templates;
        this.terminal = terminal;
    }

    void print(boolean json) {
        if (json) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            ArrayNode types = all.putArray("types");
            templates.all().forEach(template -> types.add(json(template)));
            terminal.result(all.toPrettyString());
        } else {
            templates.all().forEach(template -> terminal.result(line(template)));
        }
    }

    private static String line(PushTemplate template) {
        String what = template.words() + (template.hasKey() ? ", --key" : "");
        return String.format(Locale.ROOT, "%-34s %s", template.wireName(), what);
    }

    private static ObjectNode json(PushTemplate template) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", template.wireName())
                .put("event", template.kind().event())
                .put("ordinaryAccounts", template.ordinary())
                .put("takesReply", template.kind().repliable())
                .put("takesKey", template.hasKey());
    }
}
