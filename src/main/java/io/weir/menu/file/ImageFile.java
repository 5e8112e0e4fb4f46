package io.weir.menu.file;

import io.weir.menu.diff.AccountMenus.MenuHash;
import io.weir.menu.file.MenuFile.MenuImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Looks at a picture before it is uploaded: WeChat takes bmp, png, jpeg and gif of at most 10 MB (material-tags.md). */
public final class ImageFile {
    private static final long MAX_BYTES = 10L << 20;

    /** By the first bytes: the ending of a name may lie. */
    private static final Map<String, String> BEGINNINGS = Map.of(
            "\u0089PNG\r\n", "image/png", "\u00FF\u00D8\u00FF", "image/jpeg", "GIF8", "image/gif", "BM", "image/bmp");

    private ImageFile() {}

    /** A picture, or what is wrong with it. */
    public record Look(Optional<MenuImage> image, String fault, String hint) {
        private static Look fault(String fault, String hint) {
            return new Look(Optional.empty(), fault, hint);
        }
    }

    public static Look at(Path menuFile, String name) {
        try {
            Path file = menuFile.resolveSibling(name);
            if (!Files.isRegularFile(file)) {
                return Look.fault("no file at " + file, "write the path relative to the menu file");
            }
            long size = Files.size(file);
            return size == 0 || size > MAX_BYTES
                    ? Look.fault(
                            file + " has " + size + " bytes; 1 to " + MAX_BYTES + " are allowed", "make it smaller")
                    : look(file, Files.readAllBytes(file));
        } catch (InvalidPathException e) {
            return Look.fault("\"" + name + "\", which is no path: " + e.getReason(), "");
        } catch (IOException e) {
            return Look.fault(name + ", which cannot be read: " + e.getMessage(), "");
        }
    }

    private static Look look(Path file, byte[] bytes) {
        return contentType(bytes)
                .map(type -> new Look(Optional.of(new MenuImage(file, MenuHash.of(bytes), type)), "", ""))
                .orElseGet(
                        () -> Look.fault(file + ", which is not a PNG, JPEG, GIF or BMP", "convert it to png or jpeg"));
    }

    static Optional<String> contentType(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 8), StandardCharsets.ISO_8859_1);
        return BEGINNINGS.entrySet().stream()
                .filter(each -> text.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
