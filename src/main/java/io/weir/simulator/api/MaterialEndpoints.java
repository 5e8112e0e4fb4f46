package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.GET;
import static io.weir.simulator.api.ApiCall.Method.POST;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.MediaKind;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.StoredMaterial;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The calls for material (material-tags.md, users-qr-templates.md). */
public final class MaterialEndpoints {
    private static final int MOST_ON_A_PAGE = 20;

    private MaterialEndpoints() {}

    /** For all accounts: the page names no restriction. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.forAll(POST, "/cgi-bin/material/add_material", MaterialEndpoints::add),
                ApiCall.forAll(POST, "/cgi-bin/material/get_material", MaterialEndpoints::get),
                ApiCall.forAll(POST, "/cgi-bin/material/del_material", MaterialEndpoints::delete),
                ApiCall.forAll(GET, "/cgi-bin/material/get_materialcount", MaterialEndpoints::count),
                ApiCall.forAll(POST, "/cgi-bin/material/batchget_material", MaterialEndpoints::page),
                ApiCall.forAll(POST, "/cgi-bin/media/upload", MaterialEndpoints::upload),
                ApiCall.forAll(GET, "/cgi-bin/media/get", MaterialEndpoints::download),
                ApiCall.forAll(GET, "/cgi-bin/media/get/jssdk", MaterialEndpoints::downloadVoice),
                ApiCall.forAll(POST, "/cgi-bin/media/uploadimg", MaterialEndpoints::uploadForArticles));
    }

    private static CallAnswer add(CallRequest request) {
        UploadedFile upload = UploadedFile.of(request);
        Optional<StoredMaterial.Caption> caption =
                upload.kind() == MediaKind.VIDEO ? Optional.of(UploadedFile.caption(request)) : Optional.empty();
        Materials materials = request.account().materials();
        String id = materials.add(upload.kind(), upload.fileName(), upload.bytes(), caption);
        ObjectNode answer = object().put("media_id", id);
        return new CallAnswer.Json(
                upload.kind() == MediaKind.IMAGE
                        ? answer.put("url", materials.url(id).toString())
                        : answer);
    }

    private static CallAnswer get(CallRequest request) {
        Materials materials = request.account().materials();
        String id = mediaId(request);
        StoredMaterial material = materials.permanent(id);
        if (material instanceof StoredMaterial.News news) {
            return new CallAnswer.Json(MaterialLists.news(news, materials.url(id)));
        }
        StoredMaterial.File file = (StoredMaterial.File) material;
        return file.caption()
                .<CallAnswer>map(caption -> new CallAnswer.Json(object().put("title", caption.title())
                        .put("description", caption.introduction())
                        .put("down_url", materials.url(id).toString())))
                .orElseGet(() -> MediaFiles.bytes(id, file));
    }

    private static CallAnswer delete(CallRequest request) {
        request.account().materials().delete(mediaId(request));
        return CallAnswer.ok();
    }

    private static CallAnswer count(CallRequest request) {
        ObjectNode counts = object();
        MaterialLists.KINDS.forEach(kind ->
                counts.put(kind + "_count", request.account().materials().count(kind)));
        return new CallAnswer.Json(counts);
    }

    private static CallAnswer page(CallRequest request) {
        ObjectNode order = Bodies.json(request);
        String kind = order.path("type").asText("");
        if (!MaterialLists.KINDS.contains(kind)) {
            throw new Refused(40004, "invalid media type");
        }
        int offset = order.path("offset").asInt(-1);
        int count = order.path("count").asInt(0);
        if (offset < 0 || count < 1 || count > MOST_ON_A_PAGE) {
            throw new Refused(40035, "invalid parameter: offset from 0, count from 1 to " + MOST_ON_A_PAGE);
        }
        Materials materials = request.account().materials();
        Map<String, StoredMaterial> page = materials.page(kind, offset, count);
        return new CallAnswer.Json(MaterialLists.page(materials.count(kind), page, materials::url));
    }

    private static CallAnswer upload(CallRequest request) {
        UploadedFile upload = UploadedFile.of(request);
        Materials materials = request.account().materials();
        String id = materials.upload(upload.kind(), upload.fileName(), upload.bytes());
        return new CallAnswer.Json(object().put("type", upload.kind().wireName())
                .put("media_id", id)
                .put("created_at", materials.temporary(id).at().getEpochSecond()));
    }

    private static CallAnswer download(CallRequest request) {
        Materials materials = request.account().materials();
        String id = request.parameter("media_id").orElse("");
        StoredMaterial.File file = materials.temporary(id);
        return file.type() == MediaKind.VIDEO
                ? new CallAnswer.Json(
                        object().put("video_url", materials.url(id).toString()))
                : MediaFiles.bytes(id, file);
    }

    /** The voice as it was stored: what has a JS-SDK behind it is speex at WeChat's. Anything else is 40007. */
    private static CallAnswer downloadVoice(CallRequest request) {
        String id = request.parameter("media_id").orElse("");
        StoredMaterial.File file = request.account().materials().temporary(id);
        if (file.type() != MediaKind.VOICE) {
            throw new Refused(40007, "invalid media_id");
        }
        return MediaFiles.bytes(id, file);
    }

    private static CallAnswer uploadForArticles(CallRequest request) {
        CallRequest.Part media = UploadedFile.media(request);
        Materials materials = request.account().materials();
        String id = materials.uploadForArticles(media.fileName().orElse(""), media.body());
        return new CallAnswer.Json(object().put("url", materials.url(id).toString()));
    }

    private static String mediaId(CallRequest request) {
        return Bodies.json(request).path("media_id").asText("");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Lists of material and of articles as the API answers them. material-tags.md names their outer fields; those of an item and
     * of an article are from the samples of WeChat's manual (batchget_material).
     */
    static final class MaterialLists {
        /** Those that are counted and listed. */
        static final List<String> KINDS = List.of("voice", "video", "image", StoredMaterial.NEWS);

        private MaterialLists() {}

        static ObjectNode page(int total, Map<String, StoredMaterial> page, Function<String, URI> url) {
            ObjectNode answer = JsonNodeFactory.instance
                    .objectNode()
                    .put("total_count", total)
                    .put("item_count", page.size());
            ArrayNode items = answer.putArray("item");
            page.forEach((id, material) -> item(items.addObject().put("media_id", id), material, url.apply(id)));
            return answer;
        }

        private static void item(ObjectNode item, StoredMaterial material, URI url) {
            if (material instanceof StoredMaterial.News news) {
                item.set("content", news(news, url));
            }
            if (material instanceof StoredMaterial.File file) {
                item.put("name", file.name()).put("url", url.toString());
            }
            item.put("update_time", material.at().getEpochSecond());
        }

        /** The articles of a news item; all have the address of the page that shows them. */
        static ObjectNode news(StoredMaterial.News news, URI url) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode articles = answer.putArray("news_item");
            news.articles()
                    .forEach(article -> articles.addObject()
                            .put("title", article.title())
                            .put("thumb_media_id", article.thumbMediaId())
                            .put("show_cover_pic", article.coverShown() ? 1 : 0)
                            .put("author", article.author())
                            .put("digest", article.digest())
                            .put("content", article.content())
                            .put("url", url.toString())
                            .put("content_source_url", article.sourceUrl()));
            return answer;
        }
    }

    /** A file that is being uploaded, in the part {@code media} of a multipart body (material-tags.md). */
    record UploadedFile(MediaKind kind, String fileName, Buffer bytes) {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        /** @throws Refused 40004 type, 44002 when there is no file: the page has no code for it */
        static UploadedFile of(CallRequest request) {
            MediaKind kind = MediaKind.of(request.parameter("type").orElse(""));
            CallRequest.Part media = media(request);
            return new UploadedFile(kind, media.fileName().orElse(""), media.body());
        }

        static CallRequest.Part media(CallRequest request) {
            return request.part("media").orElseThrow(() -> new Refused(44002, "empty post data"));
        }

        /**
         * What is said of a video, in the part {@code description}.
         *
         * @throws Refused 47001 no JSON, 40035 no title or introduction: the page has no code for it
         */
        static StoredMaterial.Caption caption(CallRequest request) {
            String description = request.part("description")
                    .map(part -> part.body().toString())
                    .orElseThrow(() -> new Refused(40035, "invalid parameter: description"));
            try {
                JsonNode said = MAPPER.readTree(description);
                return new StoredMaterial.Caption(required(said, "title"), required(said, "introduction"));
            } catch (JacksonException e) {
                throw new Refused(47001, "data format error");
            }
        }

        private static String required(JsonNode said, String field) {
            if (!said.path(field).isTextual()) {
                throw new Refused(40035, "invalid parameter: " + field);
            }
            return said.path(field).textValue();
        }
    }
}
