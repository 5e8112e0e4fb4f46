package io.weir.menu.publish;

import static io.weir.menu.MenuShop.ACCOUNT;
import static io.weir.menu.MenuShop.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.weir.menu.MenuShop;
import io.weir.menu.file.ImageFile;
import io.weir.menu.file.MenuFile.MenuImage;
import io.weir.redis.RedisLimits;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of menu files become permanent material, each once. */
class MenuImagesIT {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private MenuShop shop;

    @BeforeEach
    void start() {
        shop = new MenuShop(vertx, folder);
    }

    @AfterEach
    void stop() {
        join(shop.wechat.stop());
        join(vertx.close());
    }

    @Test
    void uploadsOnceByContentAndRemembersItInAFile() throws IOException {
        uploadsOnce(Optional.empty());

        assertThat(folder.resolve("menu-backups").resolve(ACCOUNT.appId() + "-images.json"))
                .exists();
    }

    @Test
    void uploadsOnceForAllInstancesThroughRedis() throws IOException {
        try (RedisServer server = RedisServer.start()) {
            RedisLink link = RedisLink.open(vertx, server.config(), RedisLimits.DEFAULT);

            uploadsOnce(Optional.of(link));

            assertThat(server.command("HLEN", "weir:{" + ACCOUNT.appId() + "}:menu:images"))
                    .contains("1");
            link.close();
        }
    }

    private void uploadsOnce(Optional<RedisLink> redis) throws IOException {
        MenuImage image = image("a.png");
        MenuImage sameUnderAnotherName = image("b.png");

        Map<String, String> before = join(shop.images(redis).known(ACCOUNT, List.of(image)));
        Map<String, String> first = join(shop.images(redis).uploaded(ACCOUNT, List.of(image)));
        Map<String, String> again = join(shop.images(redis).uploaded(ACCOUNT, List.of(sameUnderAnotherName)));
        int uploads = uploads();
        join(shop.images(redis).forget(ACCOUNT, List.of(image)));
        Map<String, String> anew = join(shop.images(redis).uploaded(ACCOUNT, List.of(image)));

        assertThat(before).isEmpty();
        assertThat(first).containsOnlyKeys(image.sha256());
        assertThat(again).isEqualTo(first);
        assertThat(uploads).isEqualTo(1);
        assertThat(anew.get(image.sha256())).isNotEqualTo(first.get(image.sha256()));
        assertThat(uploads()).isEqualTo(2);
    }

    private int uploads() {
        return (int) shop.wire.calls().stream()
                .filter(call -> call.path().equals("/cgi-bin/material/add_material"))
                .count();
    }

    private MenuImage image(String name) throws IOException {
        Files.write(folder.resolve(name), "\u0089PNG\r\n\u001a\n dot".getBytes(StandardCharsets.ISO_8859_1));
        return ImageFile.at(folder.resolve("menu.yaml"), name).image().orElseThrow();
    }
}
