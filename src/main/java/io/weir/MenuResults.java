package io.weir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.ExitCode;
import io.weir.cli.Terminal;
import io.weir.client.Json;
import io.weir.menu.MenuBackup;
import io.weir.menu.MenuChanges;
import io.weir.menu.PlanJson;
import java.util.List;
import java.util.Optional;

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
                    .orElse("Nothing to do: the menus are as wanted."));
        }
        return ExitCode.DONE;
    }

    int deleted(Optional<MenuBackup> backup, boolean json) {
        if (json) {
            ObjectNode result = Json.object().put("deleted", backup.isPresent());
            backup.ifPresent(kept -> result.put("backup", kept.id()));
            terminal.result(result.toPrettyString());
        } else {
            terminal.result(backup.map(kept -> "All menus are deleted. " + before(kept))
                    .orElse("Nothing to do: there is no menu."));
        }
        return ExitCode.DONE;
    }

    private static String before(MenuBackup backup) {
        return "As it was before: weir menu rollback --to " + backup.id();
    }
}
