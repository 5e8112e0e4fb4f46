package io.weir.menu.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.Json;
import io.weir.config.AccountConfig;
import io.weir.file.OwnedFolder;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows which pictures were uploaded as which permanent material: in Redis where there is one, else in a file beside the backups. */
interface ImageMemory {
    /** Media_ids of those that were uploaded, by the SHA-256 of the pictures. */
    Future<Map<String, String>> known(AccountConfig account, List<String> sha256);

    Future<Void> remember(AccountConfig account, String sha256, String mediaId);

    Future<Void> forget(AccountConfig account, String sha256);

    /** The hash <code>{appId}:menu:images</code>. */
    record InRedis(RedisLink redis) implements ImageMemory {
        @Override
        public Future<Map<String, String>> known(AccountConfig account, List<String> sha256) {
            List<String> asked =
                    Stream.concat(Stream.of(key(account)), sha256.stream()).toList();
            return redis.attempted()
                    .compose(tried -> redis.send("HMGET", asked.toArray(String[]::new)))
                    .map(answer -> pairs(sha256, answer.items()));
        }

        @Override
        public Future<Void> remember(AccountConfig account, String sha256, String mediaId) {
            return redis.send("HSET", key(account), sha256, mediaId).mapEmpty();
        }

        @Override
        public Future<Void> forget(AccountConfig account, String sha256) {
            return redis.send("HDEL", key(account), sha256).mapEmpty();
        }

        private static Map<String, String> pairs(List<String> sha256, List<RedisAnswer> mediaIds) {
            Map<String, String> pairs = new HashMap<>();
            for (int each = 0; each < mediaIds.size(); each++) {
                String hash = sha256.get(each);
                mediaIds.get(each).text().ifPresent(mediaId -> pairs.put(hash, mediaId));
            }
            return pairs;
        }

        private String key(AccountConfig account) {
            return redis.key("{" + account.appId() + "}:menu:images");
        }
    }

    /** The file {@code APPID-images.json}. */
    record InFile(Vertx vertx, Path folder) implements ImageMemory {
        @Override
        public Future<Map<String, String>> known(AccountConfig account, List<String> sha256) {
            return vertx.executeBlocking(() -> read(account), false).map(json -> texts(json, sha256));
        }

        @Override
        public Future<Void> remember(AccountConfig account, String sha256, String mediaId) {
            return change(account, json -> json.put(sha256, mediaId));
        }

        @Override
        public Future<Void> forget(AccountConfig account, String sha256) {
            return change(account, json -> json.remove(sha256));
        }

        private Future<Void> change(AccountConfig account, Consumer<ObjectNode> change) {
            return vertx.executeBlocking(
                            () -> {
                                ObjectNode json = read(account);
                                change.accept(json);
                                OwnedFolder.write(
                                        file(account), json.toPrettyString().getBytes(StandardCharsets.UTF_8));
                                return json;
                            },
                            false)
                    .mapEmpty();
        }

        private ObjectNode read(AccountConfig account) throws IOException {
            Optional<JsonNode> json =
                    Files.isRegularFile(file(account)) ? Json.read(Files.readString(file(account))) : Optional.empty();
            return json.filter(JsonNode::isObject)
                    .map(ObjectNode.class::cast)
                    .orElseGet(JsonNodeFactory.instance::objectNode);
        }

        private static Map<String, String> texts(ObjectNode json, List<String> sha256) {
            return sha256.stream()
                    .filter(json::has)
                    .collect(Collectors.toMap(
                            Function.identity(), hash -> json.path(hash).asText()));
        }

        private Path file(AccountConfig account) {
            return folder.resolve(account.appId() + "-images.json");
        }
    }
}
