package io.weir.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.StoredMaterial;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lists of material and of articles as the API answers them. material-tags.md names their outer fields; those of an item and
 * of an article are from the samples of WeChat's manual (batchget_material).
 */
final class MaterialLists {
    /** Those that are counted and listed. */
    static final List<String> KINDS = List.of("voice", "video", "image", StoredMaterial.NEWS);

    private MaterialLists() {}

    static ObjectNode page(int total, Map<String, StoredMaterial> page, Function<String, URI> url) {
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("total_count", total).put("item_count", page.size());
        ArrayNode items = answer.putArray("item");
        page.forEach((id, material) -> item(items.addObject().put("media_id", id), material, url.apply(id)));
        return answer;
    }

    private static void item(ObjectNode item, StoredMaterial material, URI url) {
        if (material instanceof StoredMaterial.News news) {
            item.set("content", news(news, url));
        }
        if (material instanceof StoredMaterial.File file) {
            item.put("name", file.name()).put("url", url.toString());
        }
        item.put("update_time", material.at().getEpochSecond());
    }

    /** The articles of a news item; all have the address of the page that shows them. */
    static ObjectNode news(StoredMaterial.News news, URI url) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode articles = answer.putArray("news_item");
        news.articles()
                .forEach(article -> articles.addObject()
                        .put("title", article.title())
                        .put("thumb_media_id", article.thumbMediaId())
                        .put("show_cover_pic", article.coverShown() ? 1 : 0)
                        .put("author", article.author())
                        .put("digest", article.digest())
                        .put("content", article.content())
                        .put("url", url.toString())
                        .put("content_source_url", article.sourceUrl()));
        return answer;
    }
}
