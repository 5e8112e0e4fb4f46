package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.StoredMaterial.Article;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Material as the simulator's file has it. */
final class MaterialJson {
    private MaterialJson() {}

    static ObjectNode write(StoredMaterial material) {
        ObjectNode saved = JsonNodeFactory.instance
                .objectNode()
                .put("kind", material.kind())
                .put("at", material.at().toString());
        if (material instanceof StoredMaterial.File file) {
            saved.put("name", file.name()).put("bytes", file.bytes().getBytes());
            file.caption().ifPresent(caption -> saved.set("caption", SavedRecords.write(caption)));
        }
        if (material instanceof StoredMaterial.News news) {
            ArrayNode articles = saved.putArray("articles");
            news.articles().forEach(article -> articles.add(SavedRecords.write(article)));
        }
        return saved;
    }

    static StoredMaterial read(JsonNode saved) {
        Instant at = Instant.parse(saved.path("at").asText());
        if (saved.path("kind").asText().equals(StoredMaterial.NEWS)) {
            List<Article> articles = new ArrayList<>();
            saved.path("articles").forEach(article -> articles.add(SavedRecords.read(article, Article.class)));
            return new StoredMaterial.News(articles, at);
        }
        return readFile(saved);
    }

    static StoredMaterial.File readFile(JsonNode saved) {
        Optional<StoredMaterial.Caption> caption = Optional.ofNullable(saved.get("caption"))
                .map(there -> SavedRecords.read(there, StoredMaterial.Caption.class));
        return new StoredMaterial.File(
                MediaKind.of(saved.path("kind").asText()),
                saved.path("name").asText(),
                bytes(saved.path("bytes")),
                caption,
                Instant.parse(saved.path("at").asText()));
    }

    private static Buffer bytes(JsonNode saved) {
        try {
            return Buffer.buffer(saved.binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException("material is not in base64", e);
        }
    }
}
