package io.weir.client.calls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Call;
import io.weir.client.Call.Repeat;
import io.weir.client.Json;
import io.weir.client.ResponseFields;
import io.weir.client.WeChatClient;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Tags and who carries them (material-tags.md, users-qr-templates.md). */
public final class TagCalls {
    private static final int MOST_USERS = 50;

    private final WeChatClient client;

    public TagCalls(WeChatClient client) {
        this.client = client;
    }

    /**
     * Makes a tag.
     *
     * @param name of at most 30 characters
     */
    public Future<Tag> create(String account, String name) {
        ObjectNode body = Json.object();
        body.putObject("tag").put("name", name);
        Call call = Call.post("/cgi-bin/tags/create", body);
        return client.call(account, call).map(json -> tag(new ResponseFields(call, json).object("tag")));
    }

    public Future<List<Tag>> all(String account) {
        Call call = Call.get("/cgi-bin/tags/get");
        return client.call(account, call).map(json -> new ResponseFields(call, json).list("tags", TagCalls::tag));
    }

    /** Gives a tag another name; WeChat refuses the tags 0, 1 and 2, which are its own. */
    public Future<Void> rename(String account, long tagId, String name) {
        ObjectNode body = Json.object();
        body.putObject("tag").put("id", tagId).put("name", name);
        return client.call(account, Call.post("/cgi-bin/tags/update", body).repeat(Repeat.SAFE))
                .mapEmpty();
    }

    /** Deletes a tag, also from those who carry it; refused while more than 100,000 do. */
    public Future<Void> delete(String account, long tagId) {
        ObjectNode body = Json.object();
        body.putObject("tag").put("id", tagId);
        return client.call(account, Call.post("/cgi-bin/tags/delete", body)).mapEmpty();
    }

    /**
     * The next openids of those who carry a tag, 10,000 at most.
     *
     * @param after {@link UserCalls.Page#next()} of the page before; empty for the first
     */
    public Future<UserCalls.Page> members(String account, long tagId, Optional<String> after) {
        ObjectNode body = Json.object().put("tagid", tagId).put("next_openid", after.orElse(""));
        Call call = Call.post("/cgi-bin/user/tag/get", body).repeat(Repeat.SAFE);
        return client.call(account, call).map(json -> UserCalls.Page.of(new ResponseFields(call, json)));
    }

    /** Ids of a user's tags in the order of tagging: the last one decides which personalised menu the user sees. */
    public Future<List<Long>> ofUser(String account, String openId) {
        Call call = Call.post("/cgi-bin/tags/getidlist", Json.object().put("openid", openId))
                .repeat(Repeat.SAFE);
        return client.call(account, call).map(json -> new ResponseFields(call, json).numbers("tagid_list"));
    }

    /** Gives users a tag; at most 50 at once. */
    public Future<Void> tag(String account, List<String> openIds, long tagId) {
        return members(account, "/cgi-bin/tags/members/batchtagging", openIds, tagId);
    }

    /** Takes a tag from users; at most 50 at once. */
    public Future<Void> untag(String account, List<String> openIds, long tagId) {
        return members(account, "/cgi-bin/tags/members/batchuntagging", openIds, tagId);
    }

    private Future<Void> members(String account, String path, List<String> openIds, long tagId) {
        if (openIds.isEmpty() || openIds.size() > MOST_USERS) {
            return Future.failedFuture(
                    new IllegalArgumentException("expected 1 to " + MOST_USERS + " users, found " + openIds.size()));
        }
        ObjectNode body = Json.object();
        ArrayNode users = body.putArray("openid_list");
        openIds.forEach(users::add);
        body.put("tagid", tagId);
        return client.call(account, Call.post(path, body).repeat(Repeat.SAFE)).mapEmpty();
    }

    private static Tag tag(ResponseFields tag) {
        OptionalLong followers = tag.findNumber("count").map(OptionalLong::of).orElseGet(OptionalLong::empty);
        return new Tag(tag.number("id"), tag.text("name"), followers);
    }

    /**
     * A tag that users carry and personalised menus match on.
     *
     * @param followers how many carry it, where WeChat has told
     */
    public record Tag(long id, String name, OptionalLong followers) {}
}
