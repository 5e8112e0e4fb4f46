package io.weir.redis;

import io.weir.config.Section;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where Redis is: section {@code redis} of the configuration, either one server or the sentinels of one.
 *
 * @param uri one server, {@code redis://} or {@code rediss://}
 * @param sentinels addresses of the sentinels
 * @param master the name that the sentinels know the server by
 */
public record RedisConfig(Optional<URI> uri, List<String> sentinels, Optional<String> master) {
    private static final URI NONE = URI.create("redis://127.0.0.1:6379");

    public RedisConfig {
        sentinels = List.copyOf(sentinels);
        if (uri.isPresent() == !sentinels.isEmpty()) {
            throw new IllegalArgumentException("either uri or sentinels with master");
        }
        if (sentinels.isEmpty() == master.isPresent()) {
            throw new IllegalArgumentException("sentinels and master belong together");
        }
    }

    /** Reads section {@code redis}; empty where the file has none: all state in memory. */
    public static Optional<RedisConfig> read(Section root) {
        return root.find("redis").flatMap(section -> {
            Optional<URI> uri =
                    section.has("uri") ? Optional.of(section.uri("uri", NONE, "redis", "rediss")) : Optional.empty();
            List<String> sentinels = section.texts("sentinels");
            Optional<String> master = section.text("master");
            section.refuseUnknownKeys();
            return section.build(() -> new RedisConfig(uri, sentinels, master));
        });
    }
}
