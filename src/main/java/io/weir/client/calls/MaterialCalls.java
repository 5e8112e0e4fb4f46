package io.weir.client.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.weir.client.Call;
import io.weir.client.Call.Payload;
import io.weir.client.Call.Repeat;
import io.weir.client.Json;
import io.weir.client.RawResponse;
import io.weir.client.RawResponse.Media;
import io.weir.client.ResponseFields;
import io.weir.client.ResponseParser;
import io.weir.client.WeChatClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Permanent material ({@code /material}) and temporary ({@code /media}) (material-tags.md). */
public final class MaterialCalls {
    private static final int LONGEST_PAGE = 20;

    private final WeChatClient client;

    public MaterialCalls(WeChatClient client) {
        this.client = client;
    }

    /** Stores an image, voice or thumb for good; a video needs {@link #addVideo}. */
    public Future<Material.Stored> add(String account, MaterialType type, Upload file) {
        return add(account, type, file, Optional.empty());
    }

    /** Stores a video for good. */
    public Future<Material.Stored> addVideo(String account, Upload file, String title, String introduction) {
        ObjectNode description = Json.object().put("title", title).put("introduction", introduction);
        return add(account, MaterialType.VIDEO, file, Optional.of(description.toString()));
    }

    /** Permanent material; files have at most 12 MiB. */
    public Future<Material> get(String account, String mediaId) {
        Call call = about("/cgi-bin/material/get_material", mediaId).media().repeat(Repeat.SAFE);
        return client.ask(account, call, (reading, answer) -> material(call, reading, answer));
    }

    /** Deletes permanent material. */
    public Future<Void> delete(String account, String mediaId) {
        return client.call(account, about("/cgi-bin/material/del_material", mediaId))
                .mapEmpty();
    }

    public Future<Material.Counts> counts(String account) {
        Call call = Call.get("/cgi-bin/material/get_materialcount");
        return client.call(account, call)
                .map(json -> new ResponseFields(call, json))
                .map(answer -> new Material.Counts(
                        answer.number("voice_count"),
                        answer.number("video_count"),
                        answer.number("image_count"),
                        answer.number("news_count")));
    }

    /**
     * Lists permanent material.
     *
     * @param offset of the first one, from 0
     * @param count from 1 to 20
     */
    public Future<Material.Page> list(String account, MaterialType type, int offset, int count) {
        if (type == MaterialType.THUMB || offset < 0 || count < 1 || count > LONGEST_PAGE) {
            return Future.failedFuture(new IllegalArgumentException(
                    "expected image, voice, video or news, an offset and 1 to 20 of them"));
        }
        ObjectNode body =
                Json.object().put("type", type.wireName()).put("offset", offset).put("count", count);
        Call call = Call.post("/cgi-bin/material/batchget_material", body).repeat(Repeat.SAFE);
        return client.call(account, call)
                .map(json -> new ResponseFields(call, json))
                .map(answer -> new Material.Page(answer.number("total_count"), answer.raw("item")));
    }

    /** Stores a file for 3 days. */
    public Future<Material.Temporary> uploadTemporary(String account, MaterialType type, Upload file) {
        if (type == MaterialType.NEWS) {
            return Future.failedFuture(new IllegalArgumentException("news cannot be uploaded as a file"));
        }
        Call call = Call.post("/cgi-bin/media/upload", file.multipart(Optional.empty()))
                .with("type", type.wireName())
                .media();
        return client.call(account, call).map(json -> temporary(new ResponseFields(call, json)));
    }

    /** Temporary material; files have at most 12 MiB. */
    public Future<Material> getTemporary(String account, String mediaId) {
        Call call = Call.get("/cgi-bin/media/get").with("media_id", mediaId).media();
        return client.ask(account, call, (reading, answer) -> material(call, reading, answer));
    }

    private Future<Material.Stored> add(String account, MaterialType type, Upload file, Optional<String> description) {
        if (type == MaterialType.NEWS || (type == MaterialType.VIDEO) != description.isPresent()) {
            return Future.failedFuture(new IllegalArgumentException(
                    "expected image, voice or thumb, or a video with title and introduction"));
        }
        Call call = Call.post("/cgi-bin/material/add_material", file.multipart(description))
                .with("type", type.wireName())
                .media();
        return client.call(account, call)
                .map(json -> new ResponseFields(call, json))
                .map(answer -> new Material.Stored(answer.text("media_id"), answer.find("url")));
    }

    private static Call about(String path, String mediaId) {
        return Call.post(path, Json.object().put("media_id", mediaId));
    }

    /** A thumb that was uploaded may come back under {@code thumb_media_id}. */
    private static Material.Temporary temporary(ResponseFields answer) {
        String mediaId = answer.find("media_id").orElseGet(() -> answer.text("thumb_media_id"));
        return new Material.Temporary(answer.text("type"), mediaId, Instant.ofEpochSecond(answer.number("created_at")));
    }

    private static Material material(Call call, ResponseParser reading, RawResponse answer) {
        return reading.media(answer)
                .<Material>map(Material.File::new)
                .orElseGet(() -> described(call, reading.json(answer)));
    }

    private static Material described(Call call, JsonNode json) {
        ResponseFields answer = new ResponseFields(call, json);
        if (answer.has("news_item")) {
            return new Material.News(answer.raw("news_item"));
        }
        String link = answer.find("down_url")
                .or(() -> answer.find("video_url"))
                .orElseThrow(() -> answer.unlike("news_item, down_url, video_url or the bytes"));
        try {
            return new Material.Video(answer.find("title"), answer.find("description"), new URI(link));
        } catch (URISyntaxException e) {
            throw answer.unlike("a URL");
        }
    }

    /** Kinds of material (material-tags.md). */
    public enum MaterialType {
        IMAGE,
        VOICE,
        VIDEO,
        /** A small jpg, for videos, music and mini program cards; only uploaded, never listed. */
        THUMB,
        /** Articles; only listed, never uploaded. */
        NEWS;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
                    "--" + boundary + "\r\nContent-Disposition: form-data; name=\"media\"; filename=\""
                            + quoted(fileName) + "\"; filelength=" + bytes.length() + "\r\nContent-Type: " + contentType
                            + "\r\n\r\n");
            body.appendBuffer(bytes);
            description.ifPresent(text -> append(
                    body,
                    "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n" + text));
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

    /** What WeChat answers about material (material-tags.md). */
    public sealed interface Material {
        /** Permanent material of articles, each as it came. */
        record News(List<JsonNode> articles) implements Material {
            public News {
                articles = List.copyOf(articles);
            }
        }

        /**
         * A video, which is fetched from elsewhere.
         *
         * @param title and description are those of permanent material only
         */
        record Video(Optional<String> title, Optional<String> description, URI downloadUri) implements Material {}

        /** The bytes themselves. */
        record File(Media media) implements Material {}

        /**
         * Permanent material that has been stored.
         *
         * @param url of images only
         */
        record Stored(String mediaId, Optional<String> url) {}

        /** Temporary material that has been stored; it lives for 3 days. */
        record Temporary(String type, String mediaId, Instant createdAt) {}

        /** How much permanent material there is. */
        record Counts(long voices, long videos, long images, long news) {}

        /** A part of the list of permanent material, each item as it came. */
        record Page(long total, List<JsonNode> items) {
            public Page {
                items = List.copyOf(items);
            }
        }
    }
}
