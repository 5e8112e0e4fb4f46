package io.weir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.menu.MenuTree.Branch;
import java.util.List;

/** A tree of buttons for programs, types of the website included. */
final class MenuTreeJson {
    private MenuTreeJson() {}

    static ArrayNode of(List<Branch> branches) {
        ArrayNode list = Json.object().putArray("buttons");
        for (Branch branch : branches) {
            ObjectNode json = list.addObject().put("name", branch.name());
            if (!branch.details().isEmpty()) {
                json.put("type", branch.details().get(0));
                json.put(
                        "value",
                        String.join(
                                "  ",
                                branch.details().subList(1, branch.details().size())));
            }
            if (!branch.branches().isEmpty()) {
                json.set("buttons", of(branch.branches()));
            }
        }
        return list;
    }
}
