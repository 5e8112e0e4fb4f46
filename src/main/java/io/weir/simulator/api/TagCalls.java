package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.GET;
import static io.weir.simulator.api.ApiCall.Method.POST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.RequestBody;
import io.weir.simulator.platform.Tags;
import java.util.List;
import java.util.stream.StreamSupport;

/** The calls about tags and who has them (material-tags.md). A field of the wrong kind is 40035, a tag id too is 45159. */
public final class TagCalls {
    private TagCalls() {}

    /** All for verified accounts. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/create", TagCalls::create),
                ApiCall.verifiedOnly(GET, "/cgi-bin/tags/get", TagCalls::get),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/getidlist", TagCalls::idList),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/members/batchtagging", TagCalls::tag),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/members/batchuntagging", TagCalls::untag));
    }

    private static ApiAnswer create(ApiRequest request) {
        String name = text(body(request).path("tag").path("name"));
        int id = request.account().tags().create(name);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("tag").put("id", id).put("name", name);
        return new ApiAnswer.Json(answer);
    }

    private static ApiAnswer get(ApiRequest request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("tags", request.account().tags().list());
        return new ApiAnswer.Json(answer);
    }

    private static ApiAnswer idList(ApiRequest request) {
        String openid = text(body(request).path("openid"));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        request.account().tags().of(openid).forEach(answer.putArray("tagid_list")::add);
        return new ApiAnswer.Json(answer);
    }

    private static ApiAnswer tag(ApiRequest request) {
        return forPeople(request, request.account().tags()::tag);
    }

    private static ApiAnswer untag(ApiRequest request) {
        return forPeople(request, request.account().tags()::untag);
    }

    private static ApiAnswer forPeople(ApiRequest request, TagsPeople effect) {
        ObjectNode body = body(request);
        List<String> openids = StreamSupport.stream(body.path("openid_list").spliterator(), false)
                .map(TagCalls::text)
                .toList();
        effect.accept(openids, id(body.path("tagid")));
        return ApiAnswer.ok();
    }

    private static ObjectNode body(ApiRequest request) {
        return RequestBody.ARGUMENTS.read(request.body());
    }

    private static String text(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        throw new Refused(40035, "invalid parameter");
    }

    private static int id(JsonNode value) {
        if (value.canConvertToInt() && value.isIntegralNumber()) {
            return value.intValue();
        }
        throw new Refused(45159, "invalid tag id");
    }

    /** {@link Tags#tag} or {@link Tags#untag}. */
    @FunctionalInterface
    private interface TagsPeople {
        void accept(List<String> openids, int tag);
    }
}
