package io.weir.simulator.platform;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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
                && file.slice(offset, end).toString(StandardCharsets.ISO_8859_1).equals(mark);
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
