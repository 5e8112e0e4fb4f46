package io.weir.client;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * A file that WeChat has sent. Prints without its bytes.
 *
 * @param contentType as WeChat named it, in lower case
 * @param fileName where WeChat gave one
 */
public record Media(Buffer bytes, String contentType, Optional<String> fileName) {
    @Override
    public String toString() {
        return bytes.length() + " bytes of " + contentType;
    }
}
