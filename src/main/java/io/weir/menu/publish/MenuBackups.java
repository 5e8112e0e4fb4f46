package io.weir.menu.publish;

import io.vertx.core.Future;
import io.weir.config.AccountConfig;
import java.util.List;

/** Where menus are kept as they were. Futures fail when it is out of reach. */
public interface MenuBackups {
    /** Completes when it is kept. */
    Future<Void> keep(AccountConfig account, MenuBackup backup);

    /** Newest first. */
    Future<List<MenuBackup>> all(AccountConfig account);
}
