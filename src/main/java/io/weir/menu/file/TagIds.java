package io.weir.menu.file;

import io.vertx.core.Future;
import io.weir.client.calls.TagCalls;
import io.weir.client.calls.TagCalls.Tag;
import java.io.Serial;
import java.util.Collection;
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

    /** The account has no tag of that name. Expected: no stack trace. */
    public static final class UnknownTagException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        public UnknownTagException(String name, Collection<String> known) {
            super(
                    "the account has no tag \"" + name + "\"; it has: "
                            + (known.isEmpty() ? "none" : String.join(", ", known)),
                    null,
                    false,
                    false);
        }
    }
}
