package io.weir.menu.publish;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.WeChatClient;
import io.weir.client.calls.MaterialCalls;
import io.weir.client.calls.MaterialCalls.Material;
import io.weir.client.calls.MaterialCalls.MaterialType;
import io.weir.config.AccountConfig;
import io.weir.menu.file.MenuFile.MenuImage;
import io.weir.redis.RedisLink;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes permanent material of the pictures that a menu file names; each is uploaded once, by its content. */
public final class MenuImages {
    private final Vertx vertx;
    private final MaterialCalls material;
    private final ImageMemory memory;

    private MenuImages(Vertx vertx, MaterialCalls material, ImageMemory memory) {
        this.vertx = vertx;
        this.material = material;
        this.memory = memory;
    }

    /** As {@link MenuChanges#create}. */
    public static MenuImages create(Vertx vertx, WeChatClient client, Optional<RedisLink> redis, Path folder) {
        ImageMemory memory =
                redis.<ImageMemory>map(ImageMemory.InRedis::new).orElseGet(() -> new ImageMemory.InFile(vertx, folder));
        return new MenuImages(vertx, new MaterialCalls(client), memory);
    }

    /** Media_ids of those that were uploaded before, by {@link MenuImage#sha256}. */
    public Future<Map<String, String>> known(AccountConfig account, List<MenuImage> images) {
        List<String> hashes = images.stream().map(MenuImage::sha256).toList();
        return hashes.isEmpty() ? Future.succeededFuture(Map.of()) : memory.known(account, hashes);
    }

    /** Media_ids of all. Fails with a WeChatException, or where a file is gone. */
    public Future<Map<String, String>> uploaded(AccountConfig account, List<MenuImage> images) {
        Future<Map<String, String>> all = known(account, images).map(HashMap::new);
        for (MenuImage image : images) {
            all = all.compose(before -> withOne(account, image, before));
        }
        return all;
    }

    /** Lets them be uploaded anew, where WeChat does not have them any more. */
    public Future<Void> forget(AccountConfig account, List<MenuImage> images) {
        return Future.join(images.stream()
                        .map(image -> memory.forget(account, image.sha256()))
                        .toList())
                .mapEmpty();
    }

    private Future<Map<String, String>> withOne(AccountConfig account, MenuImage image, Map<String, String> before) {
        return before.containsKey(image.sha256())
                ? Future.succeededFuture(before)
                : upload(account, image).map(mediaId -> {
                    before.put(image.sha256(), mediaId);
                    return before;
                });
    }

    private Future<String> upload(AccountConfig account, MenuImage image) {
        return vertx.executeBlocking(image::upload, false)
                .compose(upload -> material.add(account.name(), MaterialType.IMAGE, upload))
                .map(Material.Stored::mediaId)
                .compose(mediaId ->
                        memory.remember(account, image.sha256(), mediaId).map(kept -> mediaId));
    }
}
