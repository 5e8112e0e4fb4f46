package io.weir.client.calls;

import io.vertx.core.buffer.Buffer;
import io.weir.client.Payload;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A file for WeChat (material-tags.md). Prints without its bytes.
 *
 * @param fileName with the ending that WeChat knows the type by
 * @param contentType as in {@code image/jpeg}
 */
public record Upload(String fileName, String contentType, Buffer bytes) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BOUNDARY_BYTES = 16;

    /** @throws IllegalArgumentException for an empty file, a blank name, or an invalid content type */
    public Upload {
        if (bytes.length() == 0 || fileName.isBlank()) {
            throw new IllegalArgumentException("a file to upload needs a name and bytes");
        }
        if (!contentType.matches("[A-Za-z0-9!#$&^_.+/;= -]+")) {
            throw new IllegalArgumentException("expected a content type, as in image/jpeg");
        }
    }

    /** Of a length that is known beforehand: WeChat takes no chunked uploads. */
    Payload multipart(Optional<String> description) {
        byte[] random = new byte[BOUNDARY_BYTES];
        RANDOM.nextBytes(random);
        String boundary = "weir" + HexFormat.of().formatHex(random);
        Buffer body = Buffer.buffer(bytes.length() + 1_024);
        append(
                body,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"media\"; filename=\"" + quoted(fileName)
                        + "\"; filelength=" + bytes.length() + "\r\nContent-Type: " + contentType + "\r\n\r\n");
        body.appendBuffer(bytes);
        description.ifPresent(text -> append(
                body, "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n" + text));
        append(body, "\r\n--" + boundary + "--\r\n");
        return new Payload("multipart/form-data; boundary=" + boundary, body, List.of());
    }

    @Override
    public String toString() {
        return bytes.length() + " bytes of " + contentType;
    }

    private static void append(Buffer body, String text) {
        body.appendBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As browsers do it. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}
