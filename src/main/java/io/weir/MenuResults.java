package io.weir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.menu.MenuBackup;
import io.weir.menu.MenuChanges;
import io.weir.menu.PlanJson;
import java.util.List;

/** Tells what became of menus. */
record MenuResults(Terminal terminal) {
    int show(MenuChanges.Applied applied, boolean json) {
        if (json) {
            ObjectNode result = PlanJson.of(applied.plan(), List.of());
            applied.backup().ifPresent(backup -> result.put("backup", backup.id()));
            terminal.result(result.toPrettyString());
        } else {
            terminal.result(applied.backup()
                    .map(backup -> "Done, and read back from WeChat as wanted. " + before(backup))
                    .orElse("Nothing to do: the menus are as wanted already."));
        }
        return ExitCode.DONE;
    }

    /** How to bring back what was before a change. */
    static String before(MenuBackup backup) {
        return "As it was before: weir menu rollback --to " + backup.id();
    }
}
