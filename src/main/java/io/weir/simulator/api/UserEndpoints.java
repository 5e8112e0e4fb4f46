package io.weir.simulator.api;

import static io.weir.simulator.api.ApiCall.Method.GET;
import static io.weir.simulator.api.ApiCall.Method.POST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.api.ApiCall.CallAnswer;
import io.weir.simulator.api.ApiCall.CallRequest;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Followers;
import io.weir.simulator.platform.Followers.Page;
import io.weir.simulator.platform.Followers.Subscription;
import io.weir.simulator.platform.Refused;
import java.util.List;

/**
 * The calls about people (users-qr-templates.md). Nobody has a unionid here. Where the reference is silent: who the account
 * does not know is 40003, a remark that is too long 40035.
 */
public final class UserEndpoints {
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_TO_BLOCK = 20;
    private static final int REMARK_BELOW = 30;

    private UserEndpoints() {}

    /** All for verified accounts, as those of tags. */
    public static List<ApiCall> all() {
        return List.of(
                ApiCall.verifiedOnly(GET, "/cgi-bin/user/info", UserEndpoints::info),
                ApiCall.verifiedOnly(POST, "/cgi-bin/user/info/batchget", UserEndpoints::infos),
                ApiCall.verifiedOnly(GET, "/cgi-bin/user/get", UserEndpoints::list),
                ApiCall.verifiedOnly(POST, "/cgi-bin/user/info/updateremark", UserEndpoints::remark),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/members/getblacklist", UserEndpoints::blocked),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/members/batchblacklist", UserEndpoints::block),
                ApiCall.verifiedOnly(POST, "/cgi-bin/tags/members/batchunblacklist", UserEndpoints::unblock));
    }

    private static CallAnswer info(CallRequest request) {
        return new CallAnswer.Json(
                info(request.account().followers(), request.parameter("openid").orElse("")));
    }

    private static CallAnswer infos(CallRequest request) {
        JsonNode wanted = Bodies.json(request).path("user_list");
        if (!wanted.isArray()) {
            throw new Refused(40031, "invalid openid list");
        }
        if (wanted.isEmpty() || wanted.size() > MOST_AT_ONCE) {
            throw new Refused(40032, "invalid openid list size");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode infos = answer.putArray("user_info_list");
        wanted.forEach(one ->
                infos.add(info(request.account().followers(), one.path("openid").asText(""))));
        return new CallAnswer.Json(answer);
    }

    private static ObjectNode info(Followers followers, String openid) {
        Follower person = known(followers, openid);
        if (!person.subscribed()) {
            return JsonNodeFactory.instance.objectNode().put("subscribe", 0).put("openid", openid);
        }
        Subscription how = followers.subscription(openid);
        ObjectNode info = JsonNodeFactory.instance
                .objectNode()
                .put("subscribe", 1)
                .put("openid", openid)
                .put("language", person.language())
                .put("subscribe_time", how.since().getEpochSecond())
                .put("remark", how.remark())
                .put("groupid", 0);
        person.tags().forEach(info.putArray("tagid_list")::add);
        return info.put("subscribe_scene", how.channel())
                .put("qr_scene", how.number())
                .put("qr_scene_str", how.text());
    }

    private static CallAnswer list(CallRequest request) {
        Page page = request.account()
                .followers()
                .page(request.parameter("next_openid").orElse(""), follower -> true);
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("total", page.total());
        return new CallAnswer.Json(write(page, answer));
    }

    /** A page as the lists of people have it. */
    static ObjectNode write(Page page, ObjectNode answer) {
        answer.put("count", page.openids().size());
        if (!page.openids().isEmpty()) {
            page.openids().forEach(answer.putObject("data").putArray("openid")::add);
        }
        return answer.put("next_openid", page.last());
    }

    private static CallAnswer remark(CallRequest request) {
        ObjectNode order = Bodies.json(request);
        Follower person =
                known(request.account().followers(), order.path("openid").asText(""));
        String remark = order.path("remark").asText("");
        if (!person.subscribed()) {
            throw unknown();
        }
        if (remark.codePointCount(0, remark.length()) >= REMARK_BELOW) {
            throw new Refused(40035, "invalid parameter: remark");
        }
        request.account().followers().remark(person.openid(), remark);
        return CallAnswer.ok();
    }

    private static CallAnswer blocked(CallRequest request) {
        Followers followers = request.account().followers();
        String after = Bodies.json(request).path("begin_openid").asText("");
        Page page = followers.page(after, person -> followers.isBlocked(person.openid()));
        return new CallAnswer.Json(
                write(page, JsonNodeFactory.instance.objectNode().put("total", page.total())));
    }

    private static CallAnswer block(CallRequest request) {
        request.account().followers().block(toBlock(request));
        return CallAnswer.ok();
    }

    private static CallAnswer unblock(CallRequest request) {
        request.account().followers().unblock(toBlock(request));
        return CallAnswer.ok();
    }

    private static List<String> toBlock(CallRequest request) {
        JsonNode given = Bodies.json(request).path("openid_list");
        if (!given.isArray()) {
            throw new Refused(40031, "invalid openid list");
        }
        if (given.isEmpty() || given.size() > MOST_TO_BLOCK) {
            throw new Refused(40032, "invalid openid list size");
        }
        return given.valueStream()
                .map(openid ->
                        known(request.account().followers(), openid.asText("")).openid())
                .toList();
    }

    private static Follower known(Followers followers, String openid) {
        return followers.find(openid).orElseThrow(UserEndpoints::unknown);
    }

    private static Refused unknown() {
        return new Refused(40003, "invalid openid");
    }
}
