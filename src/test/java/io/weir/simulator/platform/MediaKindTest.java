package io.weir.simulator.platform;

import static io.weir.simulator.platform.Writing.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaKindTest {
    private static final String BEGINNINGS = """
            image, a.bmp,  424d0000
            image, a.png,  89504e470d0a1a0a
            image, a.jpg,  ffd8ffe0
            image, a.JPEG, ffd8ffe1
            image, a.gif,  474946383961
            voice, a.mp3,  494433030000
            voice, a.mp3,  fffb9064
            voice, a.wav,  524946460000000057415645
            voice, a.wma,  3026b2758e66cf11a6d9
            voice, a.amr,  2321414d520a
            video, a.mp4,  00000018667479706d703432
            thumb, a.jpg,  ffd8ffe0
            """;

    @ParameterizedTest
    @CsvSource(textBlock = BEGINNINGS)
    void takesTheFormatsOfItsType(String kind, String name, String beginning) {
        assertThatCode(() -> MediaKind.of(kind).check(name, Uploads.file(beginning, 100)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "image, a.mp4,      00000018667479706d703432",
        "voice, a.png,      89504e470d0a1a0a",
        "video, a.wav,      524946460000000057415645",
        "thumb, a.png,      89504e470d0a1a0a",
        "image, a.png,      ffd8ffe0",
        "image, a.jpg,      89504e470d0a1a0a",
        "image, a.txt,      89504e470d0a1a0a",
        "image, png,        89504e470d0a1a0a",
        "image, '',         89504e470d0a1a0a",
        "image, a.png.exe,  89504e470d0a1a0a",
        "image, a.png,      68656c6c6f",
        "image, a.png,      8950",
        "voice, a.mp3,      ff1b9064",
        "voice, a.mp3,      ff"
    })
    void refusesWhatNameOrContentDoNotFit(String kind, String name, String beginning) {
        assertRefused(40005, () -> MediaKind.of(kind).check(name, Uploads.file(beginning, beginning.length() / 2)));
    }

    @ParameterizedTest
    @CsvSource({
        "image, a.png, 89504e470d0a1a0a,         10485760, 40009",
        "voice, a.amr, 2321414d520a,             2097152,  45001",
        "video, a.mp4, 00000018667479706d703432, 10485760, 45001",
        "thumb, a.jpg, ffd8ffe0,                 65536,    40009"
    })
    void takesNoByteMoreThanItsLimit(String kind, String name, String beginning, int most, int errcode) {
        assertThatCode(() -> MediaKind.of(kind).check(name, Uploads.file(beginning, most)))
                .doesNotThrowAnyException();
        assertRefused(errcode, () -> MediaKind.of(kind).check(name, Uploads.file(beginning, most + 1)));
    }

    @Test
    void refusesAnEmptyFile() {
        assertRefused(40006, () -> MediaKind.IMAGE.check("a.png", Buffer.buffer()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "IMAGE", "news", "file", "shortvideo"})
    void refusesAnotherType(String type) {
        assertRefused(40004, () -> MediaKind.of(type));
    }

    @ParameterizedTest
    @CsvSource({"image, IMAGE", "voice, VOICE", "video, VIDEO", "thumb, THUMB"})
    void isCalledAsOnTheWire(String wireName, MediaKind kind) {
        assertThat(MediaKind.of(wireName)).isSameAs(kind);
        assertThat(kind.wireName()).isEqualTo(wireName);
    }
}
