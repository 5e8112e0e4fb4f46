package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.ANY;
import static io.weir.simulator.api.ApiCall.Method.GET;
import static io.weir.simulator.api.ApiCall.Method.POST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.platform.Refused;
import io.weir.simulator.platform.RequestBody;
import io.weir.simulator.platform.Tags;
import java.util.List;
import java.util.stream.StreamSupport;

/** The calls about tags and who has them (material-tags.md, users-qr-templates.md). A field of the wrong kind is 40035, a tag id too is 45159. */
public final class TagEndpoints {
    private TagEndpoints() {}

    /** All for verified accounts. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/create", TagEndpoints::create),
                ApiCall.verifiedOnly(GET, "/cgi-bin/tags/get", TagEndpoints::get),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/update", TagEndpoints::update),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/delete", TagEndpoints::delete),
                ApiCall.verifiedOnly(ANY, "/cgi-bin/user/tag/get", TagEndpoints::members),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/getidlist", TagEndpoints::idList),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/members/batchtagging", TagEndpoints::tag),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/members/batchuntagging", TagEndpoints::untag));
    }

    private static CallAnswer create(CallRequest request) {
        String name = text(body(request).path("tag").path("name"));
        int id = request.account().tags().create(name);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("tag").put("id", id).put("name", name);
        return new CallAnswer.Json(answer);
    }

    private static CallAnswer get(CallRequest request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("tags", request.account().tags().list());
        return new CallAnswer.Json(answer);
    }

    private static CallAnswer update(CallRequest request) {
        JsonNode tag = body(request).path("tag");
        request.account().tags().rename(id(tag.path("id")), text(tag.path("name")));
        return CallAnswer.ok();
    }

    private static CallAnswer delete(CallRequest request) {
        request.account().tags().delete(id(body(request).path("tag").path("id")));
        return CallAnswer.ok();
    }

    private static CallAnswer members(CallRequest request) {
        ObjectNode order = body(request);
        String after = order.path("next_openid").asText("");
        return new CallAnswer.Json(UserEndpoints.write(
                request.account().tags().members(id(order.path("tagid")), after),
                JsonNodeFactory.instance.objectNode()));
    }

    private static CallAnswer idList(CallRequest request) {
        String openid = text(body(request).path("openid"));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        request.account().tags().of(openid).forEach(answer.putArray("tagid_list")::add);
        return new CallAnswer.Json(answer);
    }

    private static CallAnswer tag(CallRequest request) {
        return forPeople(request, request.account().tags()::tag);
    }

    private static CallAnswer untag(CallRequest request) {
        return forPeople(request, request.account().tags()::untag);
    }

    private static CallAnswer forPeople(CallRequest request, TagsPeople effect) {
        ObjectNode body = body(request);
        List<String> openids = StreamSupport.stream(body.path("openid_list").spliterator(), false)
                .map(TagEndpoints::text)
                .toList();
        effect.accept(openids, id(body.path("tagid")));
        return CallAnswer.ok();
    }

    private static ObjectNode body(CallRequest request) {
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
