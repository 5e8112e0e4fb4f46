package io.weir.client.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.client.RawResponse.Media;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What WeChat answers about material (material-tags.md). */
public sealed interface Material {
    /** Permanent material of articles, each as it came. */
    record News(List<JsonNode> articles) implements Material {
        public News {
            articles = List.copyOf(articles);
        }
    }

    /**
     * A video, which is fetched from elsewhere.
     *
     * @param title and description are those of permanent material only
     */
    record Video(Optional<String> title, Optional<String> description, URI downloadUri) implements Material {}

    /** The bytes themselves. */
    record File(Media media) implements Material {}

    /**
     * Permanent material that has been stored.
     *
     * @param url of images only
     */
    record Stored(String mediaId, Optional<String> url) {}

    /** Temporary material that has been stored; it lives for 3 days. */
    record Temporary(String type, String mediaId, Instant createdAt) {}

    /** How much permanent material there is. */
    record Counts(long voices, long videos, long images, long news) {}

    /** A part of the list of permanent material, each item as it came. */
    record Page(long total, List<JsonNode> items) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
