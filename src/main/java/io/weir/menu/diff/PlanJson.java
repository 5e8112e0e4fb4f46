package io.weir.menu.diff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.menu.diff.MenuPlan.ButtonChange;
import io.weir.menu.diff.MenuPlan.ConditionalChange;
import io.weir.menu.diff.MenuPlan.Counts;
import io.weir.menu.diff.MenuPlan.FieldChange;
import io.weir.menu.diff.MenuPlan.QuotaLeft;
import io.weir.wechat.menu.MenuJson;
import java.util.List;

/** A plan for programs. */
public final class PlanJson {
    private PlanJson() {}

    public static ObjectNode of(MenuPlan plan, List<QuotaLeft> quotas) {
        ObjectNode json = Json.object()
                .put("hash", plan.hash())
                .put("changes", !plan.isEmpty())
                .put("websiteMenuReplaced", plan.live().website().isPresent())
                .put("gap", plan.steps().deleteFirst());
        ArrayNode buttons = json.putArray("button");
        plan.standard().forEach(change -> buttons.add(button(change)));
        ArrayNode conditional = json.putArray("conditional");
        plan.conditional().forEach(change -> conditional.add(conditional(change)));
        if (!plan.wanted().missing().isEmpty()) {
            plan.wanted().missing().forEach(json.putArray("missing")::add);
        }
        ArrayNode calls = json.putArray("calls");
        quotas.forEach(quota -> calls.add(quota(quota)));
        return json;
    }

    private static ObjectNode button(ButtonChange change) {
        ObjectNode json = Json.object().put("change", Counts.word(change.change()));
        json.put("name", change.button().name()).put("type", change.button().type());
        place(json, "from", change.from());
        place(json, "to", change.to());
        json.set("fields", fields(change.fields()));
        ArrayNode children = json.putArray("sub_button");
        change.children().forEach(child -> children.add(button(child)));
        return json;
    }

    private static void place(ObjectNode json, String name, int place) {
        if (place >= 0) {
            json.put(name, place);
        }
    }

    private static ObjectNode conditional(ConditionalChange change) {
        ObjectNode json = Json.object().put("change", Counts.word(change.change()));
        if (!change.name().isEmpty()) {
            json.put("name", change.name());
        }
        change.menuid().ifPresent(menuid -> json.put("menuid", menuid));
        json.set("matchrule", MenuJson.write(change.rule()));
        json.set("fields", fields(change.rules()));
        ArrayNode buttons = json.putArray("button");
        change.buttons().forEach(button -> buttons.add(button(button)));
        return json;
    }

    private static ArrayNode fields(List<FieldChange> fields) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        fields.forEach(field -> list.addObject()
                .put("name", field.name())
                .put("from", field.from())
                .put("to", field.to()));
        return list;
    }

    private static ObjectNode quota(QuotaLeft quota) {
        ObjectNode json = Json.object().put("path", quota.path()).put("needed", quota.needed());
        quota.left().ifPresent(left -> json.put("left", left));
        return json;
    }
}
