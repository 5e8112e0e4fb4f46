package io.weir.simulator.people;

import io.weir.simulator.chat.Content;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.StoredMaterial;
import java.util.Optional;

/** What a person sees of material that WeChat shows by its id. */
final class MaterialSight {
    private final Materials materials;

    MaterialSight(Materials materials) {
        this.materials = materials;
    }

    /** @param as what the id is shown as, see {@link Content.Material} */
    Content of(String as, String mediaId) {
        Optional<StoredMaterial> found = materials.find(mediaId);
        return new Content.Material(
                as, mediaId, found.map(material -> shown(mediaId, material)).orElseGet(() -> unknown(mediaId)));
    }

    private static Content unknown(String mediaId) {
        return new Content.Other("material", mediaId);
    }

    private Content shown(String mediaId, StoredMaterial material) {
        return material instanceof StoredMaterial.News news
                ? news(mediaId, news)
                : file(mediaId, (StoredMaterial.File) material);
    }

    private static Content file(String mediaId, StoredMaterial.File file) {
        return switch (file.type()) {
            case IMAGE, THUMB -> new Content.Image(mediaId);
            case VOICE -> new Content.Voice(mediaId);
            case VIDEO ->
                new Content.Video(
                        mediaId,
                        file.caption().map(StoredMaterial.Caption::title).orElse(""),
                        file.caption().map(StoredMaterial.Caption::introduction).orElse(""));
        };
    }

    private Content news(String mediaId, StoredMaterial.News news) {
        return new Content.News(news.articles().stream()
                .map(article -> new Content.Article(
                        article.title(),
                        article.digest(),
                        materials.url(article.thumbMediaId()).toString(),
                        materials.url(mediaId).toString()))
                .toList());
    }
}
