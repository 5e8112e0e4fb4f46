package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.PlatformAccount.Kept;
import io.weir.simulator.platform.StoredDefaultMenu.StoredSelfMenu;
import io.weir.simulator.platform.StoredMaterial.Article;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The permanent and temporary material of an account (material-tags.md). {@value #SAMPLE_IMAGE} and {@value #SAMPLE_NEWS} are
 * there from the start, so that menus with media_id buttons can be tried at once.
 */
public final class Materials implements Kept {
    public static final String SAMPLE_IMAGE = "sample-image";
    public static final String SAMPLE_NEWS = "sample-news";

    private static final Duration TEMPORARY_LIFE = Duration.ofDays(3);
    private static final int ID_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Space space;
    private final PermanentMaterial permanent = new PermanentMaterial();
    private final Map<String, StoredMaterial.File> ofArticles = new LinkedHashMap<>();
    private final Expiring<StoredMaterial.File> temporary;
    private final Clock clock;
    private final Predicate<String> usedByMenu;
    private final Supplier<URI> base;

    /**
     * @param usedByMenu whether a menu of the account has this media id: then it cannot be deleted
     * @param base where {@code /media/{id}} is served; asked each time, a server knows its port late
     */
    public Materials(Clock clock, Predicate<String> usedByMenu, Supplier<URI> base) {
        this(clock, usedByMenu, base, new Space(Space.MOST));
    }

    Materials(Clock clock, Predicate<String> usedByMenu, Supplier<URI> base, Space space) {
        this.space = space;
        this.clock = clock;
        this.usedByMenu = usedByMenu;
        this.base = base;
        temporary = new Expiring<>(clock, TEMPORARY_LIFE, Integer.MAX_VALUE, file -> space.give(file.weight()));
        keep(SAMPLE_IMAGE, file(MediaKind.IMAGE, "sample.png", Picture.of(SAMPLE_IMAGE), Optional.empty()));
        keep(SAMPLE_NEWS, new StoredMaterial.News(List.of(sampleArticle()), clock.instant()));
    }

    private static Article sampleArticle() {
        return new Article(
                "Sample article",
                "Weir",
                "What a news item looks like",
                "This article is in every simulated account.",
                "",
                SAMPLE_IMAGE,
                true);
    }

    /**
     * material/add_material: keeps a file until it is deleted.
     *
     * @param caption of a video, else empty
     * @return the media id
     * @throws Refused 40005, 40006, 40009, 45001
     */
    public String add(MediaKind kind, String fileName, Buffer bytes, Optional<StoredMaterial.Caption> caption) {
        kind.check(fileName, bytes);
        return keep(newId(), file(kind, fileName, bytes, caption));
    }

    /**
     * Keeps a news item, which no call of the API does.
     *
     * @return the media id
     * @throws Refused 45001 when there are too many
     */
    public String addNews(List<Article> articles) {
        return keep(newId(), new StoredMaterial.News(articles, clock.instant()));
    }

    private String keep(String id, StoredMaterial material) {
        permanent.checkRoomFor(material.kind());
        temporary.forgetEnded();
        space.take(material.weight());
        permanent.put(id, material);
        return id;
    }

    /**
     * material/get_material.
     *
     * @throws Refused 40007 when there is no permanent material with this id
     */
    public StoredMaterial permanent(String mediaId) {
        return permanent.find(mediaId).orElseThrow(Materials::unknown);
    }

    /**
     * material/del_material.
     *
     * @throws Refused 40007 when there is no permanent material with this id, 48005 when a menu needs it
     */
    public void delete(String mediaId) {
        StoredMaterial material = permanent(mediaId);
        if (usedByMenu.test(mediaId)) {
            throw new Refused(48005, "api forbidden to delete material used by menu");
        }
        permanent.remove(mediaId);
        space.give(material.weight());
    }

    /** How much permanent material of a kind there is. */
    public int count(String kind) {
        return permanent.count(kind);
    }

    /** Permanent material of a kind by media id, the newest first; the order of WeChat's lists is not documented. */
    public Map<String, StoredMaterial> page(String kind, int offset, int count) {
        return permanent.page(kind, offset, count);
    }

    /**
     * media/upload: keeps a file for three days.
     *
     * @return the media id
     * @throws Refused 40005, 40006, 40009, 45001
     */
    public String upload(MediaKind kind, String fileName, Buffer bytes) {
        kind.check(fileName, bytes);
        return keepForThreeDays(file(kind, fileName, bytes, Optional.empty()));
    }

    /**
     * media/uploadimg: keeps a picture for the inside of articles; it is no permanent material.
     *
     * @return what its URL is made with
     * @throws Refused 40005, 40006, 40009, 45001
     */
    public String uploadForArticles(String fileName, Buffer bytes) {
        MediaKind.checkForArticles(fileName, bytes);
        StoredMaterial.File file = file(MediaKind.IMAGE, fileName, bytes, Optional.empty());
        temporary.forgetEnded();
        space.take(file.weight());
        String id = newId();
        ofArticles.put(id, file);
        return id;
    }

    /**
     * Keeps what a person has sent for three days, whatever its format. When there is no space the oldest temporary material
     * makes some: a person's picture is never refused.
     *
     * @param kind image, voice, video or thumb
     * @return the media id
     */
    public String storeFromUser(String kind, Buffer bytes) {
        StoredMaterial.File file = file(MediaKind.of(kind), "", bytes, Optional.empty());
        boolean made = true;
        while (made && !space.has(file.weight())) {
            made = temporary.removeOldest();
        }
        return keepForThreeDays(file);
    }

    private String keepForThreeDays(StoredMaterial.File file) {
        temporary.forgetEnded();
        space.take(file.weight());
        String id = newId();
        temporary.put(id, file);
        return id;
    }

    /**
     * media/get; also of an id that get_current_selfmenu_info has told, which is another one at each call.
     *
     * @throws Refused 40007 when there is no temporary material with this id
     */
    public StoredMaterial.File temporary(String mediaId) {
        return temporary
                .find(mediaId)
                .map(Expiring.Entry::value)
                .or(() -> ofSelfMenu(mediaId))
                .orElseThrow(Materials::unknown);
    }

    private Optional<StoredMaterial.File> ofSelfMenu(String shownId) {
        return StoredSelfMenu.mediaId(shownId)
                .flatMap(this::find)
                .filter(StoredMaterial.File.class::isInstance)
                .map(StoredMaterial.File.class::cast);
    }

    /** What a media id stands for, permanent or temporary. */
    public Optional<StoredMaterial> find(String mediaId) {
        return permanent
                .find(mediaId)
                .or(() -> temporary.find(mediaId).map(Expiring.Entry::value))
                .or(() -> Optional.ofNullable(ofArticles.get(mediaId)));
    }

    /** image, voice, video, thumb or news, permanent or temporary; empty for an unknown id. */
    public Optional<String> kindOf(String mediaId) {
        return find(mediaId).map(StoredMaterial::kind);
    }

    /** Whether it stays until it is deleted: only such material can be used in a menu. */
    public boolean isPermanent(String mediaId) {
        return permanent.find(mediaId).isPresent();
    }

    /** Where a browser finds it. */
    public URI url(String mediaId) {
        return base.get().resolve("/media/" + mediaId);
    }

    /** The picture that a simulated person takes: a PNG, always the same for the same seed. */
    public static Buffer picture(String seed) {
        return Picture.of(seed);
    }

    /**
     * What a simulated person records: a second of silence as AMR, or an MP4 of a header alone.
     *
     * @param kind {@code voice} or {@code video}
     */
    public static Buffer recording(String kind) {
        if (kind.equals("voice")) {
            byte[] silence = new byte[50];
            Arrays.fill(silence, (byte) 0x7C); // a frame of 20 ms without data
            return Buffer.buffer("#!AMR\n").appendBytes(silence);
        }
        return Buffer.buffer()
                .appendInt(24)
                .appendString("ftypisom")
                .appendInt(512)
                .appendString("isommp41");
    }

    private StoredMaterial.File file(
            MediaKind kind, String name, Buffer bytes, Optional<StoredMaterial.Caption> caption) {
        return new StoredMaterial.File(kind, name, bytes.copy(), caption, clock.instant());
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().encodeToString(id);
    }

    private static Refused unknown() {
        return new Refused(40007, "invalid media_id");
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        ObjectNode all = saved.putObject("permanent");
        permanent.all().forEach((id, material) -> all.set(id, MaterialJson.write(material)));
        saved.set("temporary", temporary.save(MaterialJson::write));
        ObjectNode articles = saved.putObject("ofArticles");
        ofArticles.forEach((id, file) -> articles.set(id, MaterialJson.write(file)));
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        permanent.all().values().forEach(material -> space.give(material.weight()));
        permanent.clear();
        temporary.load(saved.path("temporary"), this::loadFile);
        ofArticles.values().forEach(file -> space.give(file.weight()));
        ofArticles.clear();
        saved.path("ofArticles")
                .properties()
                .forEach(entry -> ofArticles.put(entry.getKey(), loadFile(entry.getValue())));
        saved.path("permanent")
                .properties()
                .forEach(entry -> keep(entry.getKey(), MaterialJson.read(entry.getValue())));
    }

    private StoredMaterial.File loadFile(JsonNode saved) {
        StoredMaterial.File file = MaterialJson.readFile(saved);
        space.take(file.weight());
        return file;
    }

    /** The memory that an account's material may take. A limit of the simulator's own: WeChat's total is not bounded in bytes. */
    static final class Space {
        /** Content, and a little for each piece. */
        static final long MOST = 256L << 20;

        private final long most;
        private long used;

        Space(long most) {
            this.most = most;
        }

        boolean has(long weight) {
            return used + weight <= most;
        }

        /** @throws Refused 45001, the nearest of WeChat's codes */
        void take(long weight) {
            if (!has(weight)) {
                throw new Refused(45001, "media size out of limit: the simulator holds no more for this account");
            }
            used += weight;
        }

        void give(long weight) {
            used -= weight;
        }
    }

    /** What a menu has to know of the account's material. */
    @FunctionalInterface
    public interface MaterialKinds {
        /** The type of a permanent material, as in {@code image}; empty for an unknown or temporary one. */
        Optional<String> kindOf(String mediaId);
    }
}
