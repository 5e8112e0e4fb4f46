package io.weir.simulator.platform;

import static io.weir.simulator.platform.FileFormat.AMR;
import static io.weir.simulator.platform.FileFormat.BARE_MP3;
import static io.weir.simulator.platform.FileFormat.BMP;
import static io.weir.simulator.platform.FileFormat.GIF;
import static io.weir.simulator.platform.FileFormat.JPEG;
import static io.weir.simulator.platform.FileFormat.MP3;
import static io.weir.simulator.platform.FileFormat.MP4;
import static io.weir.simulator.platform.FileFormat.PNG;
import static io.weir.simulator.platform.FileFormat.WAV;
import static io.weir.simulator.platform.FileFormat.WMA;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
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
        if (bytes.length() == 0) {
            throw new Refused(40006, "invalid media size");
        }
        if (bytes.length() > mostBytes) {
            throw new Refused(tooLarge, tooLarge == 40009 ? "invalid image size" : "media size out of limit");
        }
        boolean fits = FileFormat.of(bytes)
                .filter(formats()::contains)
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
}
