package io.weir.simulator.platform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Material that stays until it is deleted, within the numbers of material-tags.md. */
final class PermanentMaterial {
    static final int MOST_IMAGES_AND_NEWS = 100_000;
    static final int MOST_OTHERS = 1_000;

    private static final Set<String> IMAGES_AND_NEWS = Set.of(MediaKind.IMAGE.wireName(), StoredMaterial.NEWS);

    private final Map<String, StoredMaterial> byId = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** @throws Refused 45001, the nearest of the known codes, when there are too many of its kind */
    void checkRoomFor(String kind) {
        boolean isImageOrNews = IMAGES_AND_NEWS.contains(kind);
        int imagesAndNews = IMAGES_AND_NEWS.stream().mapToInt(this::count).sum();
        boolean full =
                isImageOrNews ? imagesAndNews >= MOST_IMAGES_AND_NEWS : byId.size() - imagesAndNews >= MOST_OTHERS;
        if (full) {
            throw new Refused(45001, "number of permanent material out of limit");
        }
    }

    void put(String id, StoredMaterial material) {
        remove(id);
        byId.put(id, material);
        counts.merge(material.kind(), 1, Integer::sum);
    }

    Optional<StoredMaterial> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    void remove(String id) {
        StoredMaterial removed = byId.remove(id);
        if (removed != null) {
            counts.merge(removed.kind(), -1, Integer::sum);
        }
    }

    int count(String kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** Those of a kind, the newest first. */
    Map<String, StoredMaterial> page(String kind, int offset, int count) {
        List<String> ids = new ArrayList<>(byId.keySet());
        Collections.reverse(ids);
        Map<String, StoredMaterial> page = new LinkedHashMap<>();
        ids.stream()
                .filter(id -> find(id).filter(material -> material.kind().equals(kind))
                        .isPresent())
                .skip(offset)
                .limit(count)
                .forEach(id -> find(id).ifPresent(material -> page.put(id, material)));
        return page;
    }

    Map<String, StoredMaterial> all() {
        return Collections.unmodifiableMap(byId);
    }

    void clear() {
        byId.clear();
        counts.clear();
    }
}
