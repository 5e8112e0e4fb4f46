package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.GET;
import static io.weir.simulator.api.ApiCall.Method.POST;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.MediaKind;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.StoredMaterial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls for material (material-tags.md). */
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
                ApiCall.forAll(GET, "/cgi-bin/media/get", MaterialEndpoints::download));
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

    private static String mediaId(CallRequest request) {
        return Bodies.json(request).path("media_id").asText("");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
