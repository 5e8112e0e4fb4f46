package io.weir.menu.file;

import io.vertx.core.Future;
import io.weir.client.calls.Tag;
import io.weir.client.calls.TagCalls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The account's tags by name: people name them, rules need their ids. */
public final class TagIds {
    private TagIds() {}

    /** Ids as match rules have them. */
    public static Future<Map<String, String>> byName(TagCalls tags, String account) {
        return tags.all(account).map(TagIds::byName);
    }

    private static Map<String, String> byName(List<Tag> tags) {
        Map<String, String> ids = new LinkedHashMap<>();
        tags.forEach(tag -> ids.putIfAbsent(tag.name(), Long.toString(tag.id())));
        return ids;
    }
}
