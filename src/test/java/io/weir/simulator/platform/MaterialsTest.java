package io.weir.simulator.platform;

import static io.weir.simulator.platform.Writing.assertRefused;
import static io.weir.simulator.platform.Writing.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.Materials.Space;
import io.weir.simulator.platform.StoredMaterial.Article;
import io.weir.simulator.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class MaterialsTest {
    private final VirtualTime time = new VirtualTime(Instant.parse("2024-11-20T08:00:00Z"));
    private final Set<String> inMenus = new HashSet<>();
    private final Materials materials = another();

    private Materials another() {
        return new Materials(time.clock(), inMenus::contains, () -> URI.create("http://127.0.0.1:1234"));
    }

    /** With space for 100,000 bytes. */
    private Materials small() {
        return new Materials(
                time.clock(), inMenus::contains, () -> URI.create("http://127.0.0.1:1234"), new Space(100_000));
    }

    private String addPicture() {
        return materials.add(MediaKind.IMAGE, "a.png", Materials.picture("a"), Optional.empty());
    }

    private static Article article(String title) {
        return new Article(title, "Anna", "digest", "content", "http://source.example", "sample-image", true);
    }

    /** They are others at each call, and can be fetched all the same. */
    @Test
    void findsMaterialByTheIdsThatGetCurrentSelfmenuInfoTells() {
        String temporary = materials.upload(MediaKind.IMAGE, "a.png", Materials.picture("a"));
        String permanent = materials.add(MediaKind.IMAGE, "b.png", Materials.picture("b"), Optional.empty());

        assertThat(materials.temporary(temporary + "_1").bytes()).isEqualTo(Materials.picture("a"));
        assertThat(materials.temporary(permanent + "_27").bytes()).isEqualTo(Materials.picture("b"));
        assertRefused(40007, () -> materials.temporary("sample-news_1"));
        assertRefused(40007, () -> materials.temporary(temporary + "_x"));
    }

    @Test
    void hasTwoSamplesFromTheStart() throws IOException {
        StoredMaterial.File image = (StoredMaterial.File) materials.permanent("sample-image");
        StoredMaterial.News news = (StoredMaterial.News) materials.permanent("sample-news");

        assertThat(ImageIO.read(new ByteArrayInputStream(image.bytes().getBytes())))
                .isNotNull();
        assertThat(image.bytes().length()).isLessThan(2048);
        assertThat(news.articles()).hasSize(1);
        assertThat(materials.count("image")).isOne();
        assertThat(materials.count("news")).isOne();
    }

    @Test
    void knowsTheKindOfEverything() {
        String voice = materials.upload(MediaKind.VOICE, "a.amr", Uploads.amr(10));
        String thumb = materials.add(MediaKind.THUMB, "a.jpg", Uploads.jpeg(10), Optional.empty());

        assertThat(materials.kindOf("sample-image")).contains("image");
        assertThat(materials.kindOf("sample-news")).contains("news");
        assertThat(materials.kindOf(voice)).contains("voice");
        assertThat(materials.kindOf(thumb)).contains("thumb");
        assertThat(materials.kindOf("unknown")).isEmpty();
    }

    @Test
    void tellsPermanentFromTemporary() {
        String temporary = materials.upload(MediaKind.IMAGE, "a.png", Materials.picture("a"));

        assertThat(materials.isPermanent("sample-image")).isTrue();
        assertThat(materials.isPermanent(temporary)).isFalse();
        assertRefused(40007, () -> materials.permanent(temporary));
        assertRefused(40007, () -> materials.temporary("sample-image"));
        assertRefused(40007, () -> materials.delete(temporary));
    }

    @Test
    void forgetsTemporaryMaterialAfterThreeDays() {
        String temporary = materials.upload(MediaKind.IMAGE, "a.png", Materials.picture("a"));
        String permanent = addPicture();

        time.advance(Duration.ofDays(3).minusMillis(1));
        assertThat(materials.temporary(temporary).bytes()).isEqualTo(Materials.picture("a"));
        time.advance(Duration.ofMillis(1));

        assertRefused(40007, () -> materials.temporary(temporary));
        assertThat(materials.kindOf(temporary)).isEmpty();
        assertThat(materials.kindOf(permanent)).contains("image");
    }

    @Test
    void keepsItsOwnCopy() {
        Buffer picture = Materials.picture("a");
        String id = materials.upload(MediaKind.IMAGE, "a.png", picture);

        picture.setByte(0, (byte) 0);

        assertThat(materials.temporary(id).bytes()).isEqualTo(Materials.picture("a"));
    }

    @Test
    void deletesOnlyWhatNoMenuUses() {
        String id = addPicture();

        inMenus.add(id);
        assertRefused(48005, () -> materials.delete(id));
        inMenus.remove(id);
        materials.delete(id);

        assertRefused(40007, () -> materials.delete(id));
        assertThat(materials.count("image")).isOne();
    }

    @Test
    void checksWhatIsAdded() {
        assertRefused(40005, () -> materials.add(MediaKind.VOICE, "a.png", Materials.picture("a"), Optional.empty()));
        assertRefused(40006, () -> materials.upload(MediaKind.VOICE, "a.amr", Buffer.buffer()));
    }

    @Test
    void listsTheNewestFirst() {
        String second = materials.addNews(List.of(article("second")));
        String third = materials.addNews(List.of(article("third")));
        addPicture();

        assertThat(materials.page("news", 0, 20).keySet()).containsExactly(third, second, "sample-news");
        assertThat(materials.page("news", 1, 1).keySet()).containsExactly(second);
        assertThat(materials.page("news", 3, 20)).isEmpty();
    }

    @Test
    void holdsAHundredThousandImagesAndNews() {
        for (int i = 2; i < 100_000; i += 2) {
            addPicture();
            materials.addNews(List.of(article("a")));
        }

        assertRefused(45001, this::addPicture);
        assertRefused(45001, () -> materials.addNews(List.of(article("a"))));
        materials.delete("sample-news");
        addPicture();
        materials.add(MediaKind.VOICE, "a.amr", Uploads.amr(10), Optional.empty());
    }

    @Test
    void holdsAThousandOthers() {
        for (int i = 0; i < 500; i++) {
            materials.add(MediaKind.VOICE, "a.amr", Uploads.amr(10), Optional.empty());
            materials.add(MediaKind.THUMB, "a.jpg", Uploads.jpeg(10), Optional.empty());
        }

        assertRefused(45001, () -> materials.add(MediaKind.VIDEO, "a.mp4", Uploads.mp4(20), Optional.empty()));
        addPicture();
    }

    @Test
    void holdsNoMoreThanItsMemory() {
        Buffer large = Uploads.mp4(40_000);
        Materials small = small();
        small.upload(MediaKind.VIDEO, "a.mp4", large);
        String second = small.add(MediaKind.VIDEO, "a.mp4", large, Optional.empty());

        assertRefused(45001, () -> small.upload(MediaKind.VIDEO, "a.mp4", large));
        assertRefused(45001, () -> small.add(MediaKind.VIDEO, "a.mp4", large, Optional.empty()));
        small.delete(second);
        small.upload(MediaKind.VIDEO, "a.mp4", large);
        time.advance(Duration.ofDays(3));
        small.add(MediaKind.VIDEO, "a.mp4", large, Optional.empty());
        small.upload(MediaKind.VIDEO, "a.mp4", large);
    }

    @Test
    void makesRoomForThePicturesOfPeople() {
        Buffer large = Uploads.mp4(40_000);
        Materials small = small();
        String oldest = small.upload(MediaKind.VIDEO, "a.mp4", large);
        String second = small.upload(MediaKind.VIDEO, "a.mp4", large);

        String taken = small.storeFromUser("video", large);

        assertThat(small.kindOf(oldest)).isEmpty();
        assertThat(small.kindOf(second)).contains("video");
        assertThat(small.temporary(taken).bytes()).isEqualTo(large);
    }

    @Test
    void refusesAPictureThatFindsNoRoomAtAll() {
        Materials small = small();

        assertRefused(45001, () -> small.storeFromUser("video", Uploads.mp4(100_001)));
    }

    @Test
    void countsALittleForEachPiece() {
        Materials small = small();
        for (int i = 0; i < 100; i++) {
            small.storeFromUser("image", Buffer.buffer("x"));
        }

        assertThat(small.save().path("temporary").size()).isLessThan(100);
    }

    @Test
    void keepsWhatAPersonSendsForThreeDays() {
        String id = materials.storeFromUser("image", Materials.picture("alice"));

        assertThat(materials.temporary(id).kind()).isEqualTo("image");
        assertThat(materials.temporary(id).contentType()).isEqualTo("image/png");
        time.advance(Duration.ofDays(3));

        assertRefused(40007, () -> materials.temporary(id));
    }

    @Test
    void linksToWhereItIsServed() {
        assertThat(materials.url("sample-image")).hasToString("http://127.0.0.1:1234/media/sample-image");
    }

    @Test
    void comesBackAsItWasSaved() {
        StoredMaterial.Caption caption = new StoredMaterial.Caption("Tour", "2 min");
        String video = materials.add(MediaKind.VIDEO, "a.mp4", Uploads.mp4(100), Optional.of(caption));
        String news = materials.addNews(List.of(article("one"), article("two")));
        String temporary = materials.upload(MediaKind.IMAGE, "a.png", Materials.picture("a"));
        materials.delete("sample-image");
        Materials back = another();

        back.load(json(materials.save().toString()));

        assertThat(back.permanent(video)).isEqualTo(materials.permanent(video));
        assertThat(back.permanent(news)).isEqualTo(materials.permanent(news));
        assertThat(back.temporary(temporary)).isEqualTo(materials.temporary(temporary));
        assertThat(back.kindOf("sample-image")).isEmpty();
        assertThat(back.count("news")).isEqualTo(2);
        time.advance(Duration.ofDays(3));
        assertRefused(40007, () -> back.temporary(temporary));
    }

    @Test
    void canBeLoadedAgainAndAgainWithoutLosingRoom() {
        Materials small = small();
        small.upload(MediaKind.VIDEO, "a.mp4", Uploads.mp4(20_000));
        small.add(MediaKind.VIDEO, "a.mp4", Uploads.mp4(20_000), Optional.empty());

        for (int i = 0; i < 5; i++) {
            small.load(small.save());
        }

        small.upload(MediaKind.VIDEO, "a.mp4", Uploads.mp4(40_000));
    }
}
