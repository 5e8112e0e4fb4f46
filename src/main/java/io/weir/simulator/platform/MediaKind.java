package io.weir.simulator.platform;

import static io.weir.simulator.platform.MediaKind.FileFormat.AMR;
import static io.weir.simulator.platform.MediaKind.FileFormat.BARE_MP3;
import static io.weir.simulator.platform.MediaKind.FileFormat.BMP;
import static io.weir.simulator.platform.MediaKind.FileFormat.GIF;
import static io.weir.simulator.platform.MediaKind.FileFormat.JPEG;
import static io.weir.simulator.platform.MediaKind.FileFormat.MP3;
import static io.weir.simulator.platform.MediaKind.FileFormat.MP4;
import static io.weir.simulator.platform.MediaKind.FileFormat.PNG;
import static io.weir.simulator.platform.MediaKind.FileFormat.WAV;
import static io.weir.simulator.platform.MediaKind.FileFormat.WMA;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The types of files that can be uploaded, with their limits (material-tags.md). The length of a voice message in seconds is
 * not measured.
 */
public enum MediaKind {
    IMAGE(10 << 20, 40009),
    VOICE(2 << 20, 45001),
    VIDEO(10 << 20, 45001),
    THUMB(64 << 10, 40009);

    private final int mostBytes;
    private final int tooLarge;

    MediaKind(int mostBytes, int tooLarge) {
        this.mostBytes = mostBytes;
        this.tooLarge = tooLarge;
    }

    /**
     * The one that the wire calls so.
     *
     * @throws Refused 40004
     */
    public static MediaKind of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new Refused(40004, "invalid media type"));
    }

    /** As {@code type} has it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a file of this type may weigh. */
    public int mostBytes() {
        return mostBytes;
    }

    /**
     * Whether the platform takes such a file. Whether it looks at the name or at the content is not documented: here both must
     * be of the type, and of the same format, so that what passes here passes there.
     *
     * @throws Refused 40005 format, 40006 empty, 40009 image too large, 45001 others too large
     */
    void check(String fileName, Buffer bytes) {
        check(fileName, bytes, mostBytes, tooLarge, formats());
    }

    /**
     * Whether the platform takes a picture for the inside of articles: jpg or png, below 1 MB.
     *
     * @throws Refused 40005 format, 40006 empty, 40009 too large
     */
    static void checkForArticles(String fileName, Buffer bytes) {
        check(fileName, bytes, (1 << 20) - 1, 40009, EnumSet.of(PNG, JPEG));
    }

    private static void check(String fileName, Buffer bytes, int most, int tooLarge, Set<FileFormat> formats) {
        if (bytes.length() == 0) {
            throw new Refused(40006, "invalid media size");
        }
        if (bytes.length() > most) {
            throw new Refused(tooLarge, tooLarge == 40009 ? "invalid image size" : "media size out of limit");
        }
        boolean fits = FileFormat.of(bytes)
                .filter(formats::contains)
                .filter(format -> format.isFormatOf(fileName))
                .isPresent();
        if (!fits) {
            throw new Refused(40005, "invalid file type");
        }
    }

    private Set<FileFormat> formats() {
        return switch (this) {
            case IMAGE -> EnumSet.of(BMP, PNG, JPEG, GIF);
            case VOICE -> EnumSet.of(MP3, BARE_MP3, WMA, WAV, AMR);
            case VIDEO -> EnumSet.of(MP4);
            case THUMB -> EnumSet.of(JPEG);
        };
    }

    /** The formats that material can have (material-tags.md), told by a file's first bytes and by its name. */
    enum FileFormat {
        BMP("image/bmp", 0, "BM", "bmp"),
        PNG("image/png", 0, "\u0089PNG\r\n\u001a\n", "png"),
        JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff", "jpg", "jpeg"),
        GIF("image/gif", 0, "GIF8", "gif"),
        AMR("audio/amr", 0, "#!AMR", "amr"),
        WAV("audio/wav", 8, "WAVE", "wav"),
        WMA("audio/x-ms-wma", 0, "0&\u00b2u\u008ef\u00cf\u0011", "wma"),
        MP3("audio/mpeg", 0, "ID3", "mp3"),
        /** One without a header: it begins with a frame, eleven bits that are set. */
        BARE_MP3("audio/mpeg", 0, "\u00ff", "mp3") {
            @Override
            boolean begins(Buffer file) {
                return super.begins(file) && file.length() > 1 && (file.getByte(1) & 0xE0) == 0xE0;
            }
        },
        MP4("video/mp4", 4, "ftyp", "mp4");

        private final String contentType;
        private final int offset;
        private final String mark;
        private final String extension;
        private final String otherExtension;

        /** @param mark what stands at the offset, a character for each byte */
        FileFormat(String contentType, int offset, String mark, String extension, String otherExtension) {
            this.contentType = contentType;
            this.offset = offset;
            this.mark = mark;
            this.extension = extension;
            this.otherExtension = otherExtension;
        }

        FileFormat(String contentType, int offset, String mark, String extension) {
            this(contentType, offset, mark, extension, extension);
        }

        /** What a file is according to its first bytes. */
        static Optional<FileFormat> of(Buffer file) {
            return Arrays.stream(values()).filter(format -> format.begins(file)).findFirst();
        }

        boolean begins(Buffer file) {
            int end = offset + mark.length();
            return file.length() >= end
                    && file.slice(offset, end)
                            .toString(StandardCharsets.ISO_8859_1)
                            .equals(mark);
        }

        boolean isFormatOf(String fileName) {
            String name = fileName.toLowerCase(Locale.ROOT);
            return name.endsWith("." + extension) || name.endsWith("." + otherExtension);
        }

        /** As an HTTP header has it. */
        String contentType() {
            return contentType;
        }

        /** What the name of such a file usually ends with, without the dot. */
        String extension() {
            return extension;
        }
    }
}
