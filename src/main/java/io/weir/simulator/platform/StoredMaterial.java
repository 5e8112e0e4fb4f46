package io.weir.simulator.platform;

import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.MediaKind.FileFormat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a media id stands for. */
public sealed interface StoredMaterial {
    /** image, voice, video, thumb or news. */
    String kind();

    /** When it came. */
    Instant at();

    /** Bytes of memory that it takes, roughly. */
    long weight();

    /**
     * A file.
     *
     * @param name as it was uploaded
     * @param caption of a permanent video
     */
    record File(MediaKind type, String name, Buffer bytes, Optional<Caption> caption, Instant at)
            implements StoredMaterial {
        @Override
        public String kind() {
            return type.wireName();
        }

        @Override
        public long weight() {
            return OVERHEAD
                    + bytes.length()
                    + 2L * name.length()
                    + caption.map(Caption::weight).orElse(0L);
        }

        /** As an HTTP header has it. */
        public String contentType() {
            return FileFormat.of(bytes).map(FileFormat::contentType).orElse("application/octet-stream");
        }

        /** What a name of this file ends with, with the dot; empty when the format is not known. */
        public String extension() {
            return FileFormat.of(bytes).map(format -> "." + format.extension()).orElse("");
        }
    }

    /** Articles that are sent together; the first is the large one. */
    record News(List<Article> articles, Instant at) implements StoredMaterial {
        public News {
            articles = List.copyOf(articles);
        }

        @Override
        public String kind() {
            return NEWS;
        }

        @Override
        public long weight() {
            return articles.stream()
                    .mapToLong(article -> OVERHEAD + 2L * article.toString().length())
                    .sum();
        }
    }

    /** What is said of a video. */
    record Caption(String title, String introduction) {
        private long weight() {
            return 2L * (title.length() + introduction.length());
        }
    }

    /** The kind that is not a file. */
    String NEWS = "news";

    /** What every piece is counted with besides its content. */
    long OVERHEAD = 1024;

    /**
     * One article of a news item.
     *
     * @param digest the line shown below the title
     * @param sourceUrl where "read original" leads; empty: there is no such link
     * @param thumbMediaId permanent material with the cover
     * @param coverShown whether the cover is shown in the article as well
     */
    record Article(
            String title,
            String author,
            String digest,
            String content,
            String sourceUrl,
            String thumbMediaId,
            boolean coverShown) {}
}
