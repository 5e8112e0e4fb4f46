package io.weir.menu.file;

import io.vertx.core.buffer.Buffer;
import io.weir.client.calls.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A picture that a button of a menu file shows and that is to be permanent material: uploaded once, however many buttons and
 * files show it.
 *
 * @param sha256 of its bytes, in hexadecimal: what tells whether it was uploaded before
 * @param contentType such as {@code image/png}
 */
public record MenuImage(Path file, String sha256, String contentType) {
    private static final int PLACEHOLDER_DIGITS = 40;

    /** Stands for the media_id as long as there is none. */
    public String placeholder() {
        return "image-" + sha256.substring(0, PLACEHOLDER_DIGITS);
    }

    /**
     * What to upload. Blocks.
     *
     * @throws IOException when the file has gone
     */
    public Upload upload() throws IOException {
        Path name = file.getFileName();
        return new Upload(String.valueOf(name), contentType, Buffer.buffer(Files.readAllBytes(file)));
    }
}
