package io.weir.simulator.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.MediaKind;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.StoredMaterial;

/** A file that is being uploaded, in the part {@code media} of a multipart body (material-tags.md). */
record UploadedFile(MediaKind kind, String fileName, Buffer bytes) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** @throws Refused 40004 type, 44002 when there is no file: the page has no code for it */
    static UploadedFile of(CallRequest request) {
        MediaKind kind = MediaKind.of(request.parameter("type").orElse(""));
        CallRequest.Part media = request.part("media").orElseThrow(() -> new Refused(44002, "empty post data"));
        return new UploadedFile(kind, media.fileName().orElse(""), media.body());
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
