package io.weir.menu.publish;

import static org.assertj.core.api.Assertions.assertThat;

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
        LiveMenus none = new LiveMenus(Optional.empty(), Optional.empty(), List.of());
        for (int i = 0; i < 205; i++) {
            String id = "20261120T070000%03dZ-0123abcd".formatted(i);
            MenuBackup backup = new MenuBackup(id, Instant.EPOCH, "0123abcd", none, Optional.empty());
            Files.writeString(
                    folder.resolve(account.appId() + "-" + id + ".json"),
                    backup.toJson().toString());
        }

        List<MenuBackup> read = Await.result(new FileBackups(vertx, folder).all(account));

        assertThat(read).hasSize(200);
        assertThat(read).first().extracting(MenuBackup::id).isEqualTo("20261120T070000204Z-0123abcd");
        assertThat(read).last().extracting(MenuBackup::id).isEqualTo("20261120T070000005Z-0123abcd");
    }
}
