package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.GET;
import static io.weir.simulator.api.ApiCall.Method.POST;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.Material;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.MediaKind;
import io.weir.simulator.platform.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls for material (material-tags.md). */
public final class MaterialCalls {
    private static final int MOST_ON_A_PAGE = 20;

    private MaterialCalls() {}

    /** For all accounts: the page names no restriction. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.forAll(POST, "/cgi-bin/material/add_material", MaterialCalls::add),
                ApiCall.forAll(POST, "/cgi-bin/material/get_material", MaterialCalls::get),
                ApiCall.forAll(POST, "/cgi-bin/material/del_material", MaterialCalls::delete),
                ApiCall.forAll(GET, "/cgi-bin/material/get_materialcount", MaterialCalls::count),
                ApiCall.forAll(POST, "/cgi-bin/material/batchget_material", MaterialCalls::page),
                ApiCall.forAll(POST, "/cgi-bin/media/upload", MaterialCalls::upload),
                ApiCall.forAll(GET, "/cgi-bin/media/get", MaterialCalls::download));
    }

    private static ApiAnswer add(ApiRequest request) {
        Upload upload = Upload.of(request);
        Optional<Material.Caption> caption =
                upload.kind() == MediaKind.VIDEO ? Optional.of(Upload.caption(request)) : Optional.empty();
        Materials materials = request.account().materials();
        String id = materials.add(upload.kind(), upload.fileName(), upload.bytes(), caption);
        ObjectNode answer = object().put("media_id", id);
        return new ApiAnswer.Json(
                upload.kind() == MediaKind.IMAGE
                        ? answer.put("url", materials.url(id).toString())
                        : answer);
    }

    private static ApiAnswer get(ApiRequest request) {
        Materials materials = request.account().materials();
        String id = mediaId(request);
        Material material = materials.permanent(id);
        if (material instanceof Material.News news) {
            return new ApiAnswer.Json(MaterialLists.news(news, materials.url(id)));
        }
        Material.File file = (Material.File) material;
        return file.caption()
                .<ApiAnswer>map(caption -> new ApiAnswer.Json(object().put("title", caption.title())
                        .put("description", caption.introduction())
                        .put("down_url", materials.url(id).toString())))
                .orElseGet(() -> MediaFiles.bytes(id, file));
    }

    private static ApiAnswer delete(ApiRequest request) {
        request.account().materials().delete(mediaId(request));
        return ApiAnswer.ok();
    }

    private static ApiAnswer count(ApiRequest request) {
        ObjectNode counts = object();
        MaterialLists.KINDS.forEach(kind ->
                counts.put(kind + "_count", request.account().materials().count(kind)));
        return new ApiAnswer.Json(counts);
    }

    private static ApiAnswer page(ApiRequest request) {
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
        Map<String, Material> page = materials.page(kind, offset, count);
        return new ApiAnswer.Json(MaterialLists.page(materials.count(kind), page, materials::url));
    }

    private static ApiAnswer upload(ApiRequest request) {
        Upload upload = Upload.of(request);
        Materials materials = request.account().materials();
        String id = materials.upload(upload.kind(), upload.fileName(), upload.bytes());
        return new ApiAnswer.Json(object().put("type", upload.kind().wireName())
                .put("media_id", id)
                .put("created_at", materials.temporary(id).at().getEpochSecond()));
    }

    private static ApiAnswer download(ApiRequest request) {
        Materials materials = request.account().materials();
        String id = request.parameter("media_id").orElse("");
        Material.File file = materials.temporary(id);
        return file.type() == MediaKind.VIDEO
                ? new ApiAnswer.Json(object().put("video_url", materials.url(id).toString()))
                : MediaFiles.bytes(id, file);
    }

    private static String mediaId(ApiRequest request) {
        return Bodies.json(request).path("media_id").asText("");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
