package io.weir.menu.publish;

import io.weir.menu.diff.MenuException;
import io.weir.menu.diff.WantedMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import java.util.List;
import java.util.Optional;

/**
 * What a backup can restore.
 *
 * @param wanted empty: there was no menu of the API, so that all is to be deleted
 * @param lost personalised menus with rules that WeChat no longer takes (65320); they matched nobody
 */
public record Rollback(MenuBackup backup, Optional<WantedMenus> wanted, List<ConditionalMenu> lost) {
    private static final String NONE = "there is no backup: weir menu apply makes one before each change";

    public Rollback {
        lost = List.copyOf(lost);
    }

    /**
     * Finds the backup.
     *
     * @param id or its beginning; empty: the newest
     * @throws MenuException where there is none
     */
    public static Rollback to(Optional<String> id, List<MenuBackup> newestFirst) {
        return of(id.map(begin -> named(begin, newestFirst))
                .orElseGet(() -> newestFirst.stream()
                        .findFirst()
                        .orElseThrow(() -> MenuException.of(MenuException.Kind.NO_BACKUP, NONE))));
    }

    private static MenuBackup named(String begin, List<MenuBackup> newestFirst) {
        List<MenuBackup> found = newestFirst.stream()
                .filter(backup -> backup.id().startsWith(begin))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw MenuException.of(
                MenuException.Kind.NO_BACKUP,
                newestFirst.isEmpty()
                        ? NONE
                        : (found.isEmpty()
                                        ? "there is no backup " + begin
                                        : found.size() + " backups begin with " + begin)
                                + "; weir menu rollback --list tells which there are");
    }

    private static Rollback of(MenuBackup backup) {
        List<ConditionalMenu> all = backup.menus().conditional();
        if (backup.website().isPresent()) {
            throw MenuException.of(
                    MenuException.Kind.NO_BACKUP,
                    "before that change a menu of WeChat's website was in force, which only the website can make; the"
                            + " backup " + backup.id() + " tells what it was");
        }
        List<ConditionalMenu> lost =
                all.stream().filter(menu -> menu.matchRule().isDead()).toList();
        List<WantedMenus.Named> restored = all.stream()
                .filter(menu -> !menu.matchRule().isDead())
                .map(menu ->
                        new WantedMenus.Named("once menuid " + menu.menuid().orElse("unknown"), menu))
                .toList();
        return new Rollback(backup, backup.menus().menu().map(menu -> new WantedMenus(menu, restored)), lost);
    }
}
