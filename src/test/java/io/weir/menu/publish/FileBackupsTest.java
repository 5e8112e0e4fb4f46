package io.weir.menu.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.config.AccountConfig;
import io.weir.menu.MenuShop;
import io.weir.menu.publish.MenuBackups.FileBackups;
import io.weir.redis.Await;
import io.weir.wechat.menu.LiveMenus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class FileBackupsTest {
    @Test
    void readsTheNewestTwoHundredOfMany(Vertx vertx, @TempDir Path folder) throws Exception {
        AccountConfig account = MenuShop.ACCOUNT;
        for (int i = 0; i < 205; i++) {
            String id = "20261120T070000%03dZ-0123abcd".formatted(i);
            Files.writeString(
                    folder.resolve(account.appId() + "-" + id + ".json"),
                    backup(id).toJson().toString());
        }

        List<MenuBackup> read = Await.result(new FileBackups(vertx, folder).all(account));

        assertThat(read).hasSize(200);
        assertThat(read).first().extracting(MenuBackup::id).isEqualTo("20261120T070000204Z-0123abcd");
        assertThat(read).last().extracting(MenuBackup::id).isEqualTo("20261120T070000005Z-0123abcd");
    }

    @Test
    void writesNothingThroughASymbolicLink(Vertx vertx, @TempDir Path folder) throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(folder.resolve("menu-backups"), elsewhere);

        Future<Void> kept = new FileBackups(vertx, link).keep(MenuShop.ACCOUNT, backup("20261120T070000000Z-0123abcd"));

        assertThatThrownBy(() -> Await.result(kept)).hasMessageContaining("menu-backups is a symbolic link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void writesNothingIntoAFolderOfAnotherUser(Vertx vertx, @TempDir Path folder) throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "needs root");
        Path others = Files.createDirectory(folder.resolve("menu-backups"));
        Files.setAttribute(others, "unix:uid", 12_345);

        Future<Void> kept =
                new FileBackups(vertx, others).keep(MenuShop.ACCOUNT, backup("20261120T070000000Z-0123abcd"));

        assertThatThrownBy(() -> Await.result(kept)).hasMessageContaining("menu-backups belongs to another user");
        assertThat(others).isEmptyDirectory();
    }

    private static MenuBackup backup(String id) {
        LiveMenus none = new LiveMenus(Optional.empty(), Optional.empty(), List.of());
        return new MenuBackup(id, Instant.EPOCH, "0123abcd", none, Optional.empty());
    }
}
