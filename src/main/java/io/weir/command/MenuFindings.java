package io.weir.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.client.Json;
import io.weir.menu.file.MenuFinding;
import java.util.List;

/** Shows what was found in a menu file. */
record MenuFindings(List<MenuFinding> all) {
    MenuFindings {
        all = List.copyOf(all);
    }

    long errors() {
        return all.stream().filter(MenuFinding::isError).count();
    }

    /** A line each, WeChat's own rules with a second one in Chinese; at the end how many. */
    void print(Terminal terminal) {
        for (MenuFinding each : all) {
            Colour colour = each.isError() ? Colour.BAD : Colour.QUIET;
            String where = Terminal.harmless(each.where());
            terminal.result(terminal.paint(Colour.STRONG, where) + terminal.paint(colour, oneLine(each.what())));
            if (!each.chinese().isEmpty()) {
                terminal.result("    " + oneLine(each.chinese()));
            }
        }
        terminal.result(count(errors(), "error") + ", " + count(all.size() - errors(), "warning"));
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("errors", errors()).put("warnings", all.size() - errors());
        ArrayNode list = json.putArray("findings");
        all.forEach(each -> list.add(each.json()));
        return json;
    }

    private static String oneLine(String text) {
        return Terminal.harmless(text.replace('\n', ' '));
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
