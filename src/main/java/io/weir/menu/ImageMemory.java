package io.weir.menu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.Json;
import io.weir.config.AccountConfig;
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

/** Knows which pictures were uploaded as which permanent material: in Redis where there is one, else in a file beside the backups. */
interface ImageMemory {
    /** Media_ids by the SHA-256 of their pictures. */
    Future<Map<String, String>> all(AccountConfig account);

    Future<Void> remember(AccountConfig account, String sha256, String mediaId);

    /** The hash <code>weir:{appId}:menu:images</code>. */
    record InRedis(RedisLink redis) implements ImageMemory {
        @Override
        public Future<Map<String, String>> all(AccountConfig account) {
            return redis.attempted()
                    .compose(tried -> redis.send("HGETALL", key(account)))
                    .map(answer -> pairs(answer.items()));
        }

        @Override
        public Future<Void> remember(AccountConfig account, String sha256, String mediaId) {
            return redis.send("HSET", key(account), sha256, mediaId).mapEmpty();
        }

        private static Map<String, String> pairs(List<RedisAnswer> items) {
            Map<String, String> pairs = new HashMap<>();
            for (int each = 0; each + 1 < items.size(); each += 2) {
                pairs.put(
                        items.get(each).text().orElse(""),
                        items.get(each + 1).text().orElse(""));
            }
            return pairs;
        }

        private static String key(AccountConfig account) {
            return "weir:{" + account.appId() + "}:menu:images";
        }
    }

    /** The file {@code APPID-images.json}. */
    record InFile(Vertx vertx, Path folder) implements ImageMemory {
        @Override
        public Future<Map<String, String>> all(AccountConfig account) {
            return vertx.executeBlocking(() -> read(account), false).map(InFile::texts);
        }

        @Override
        public Future<Void> remember(AccountConfig account, String sha256, String mediaId) {
            return vertx.executeBlocking(
                            () -> {
                                ObjectNode json = read(account).put(sha256, mediaId);
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

        private static Map<String, String> texts(ObjectNode json) {
            Map<String, String> texts = new HashMap<>();
            json.properties()
                    .forEach(member ->
                            texts.put(member.getKey(), member.getValue().asText()));
            return texts;
        }

        private Path file(AccountConfig account) {
            return folder.resolve(account.appId() + "-images.json");
        }
    }
}
