package io.weir.client.calls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Call;
import io.weir.client.Call.Repeat;
import io.weir.client.Json;
import io.weir.client.ResponseFields;
import io.weir.client.WeChatClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who follows an account (users-qr-templates.md). WeChat no longer tells names, pictures and places. */
public final class UserCalls {
    private static final int MOST_USERS = 100;
    private static final int MOST_TO_BLOCK = 20;

    private final WeChatClient client;

    public UserCalls(WeChatClient client) {
        this.client = client;
    }

    /** What WeChat knows of a user. */
    public Future<User> info(String account, String openId) {
        Call call = Call.get("/cgi-bin/user/info").with("openid", openId).with("lang", "zh_CN");
        return client.call(account, call).map(json -> user(new ResponseFields(call, json)));
    }

    /** The same of at most 100 users at once, in their order. */
    public Future<List<User>> infos(String account, List<String> openIds) {
        if (openIds.isEmpty() || openIds.size() > MOST_USERS) {
            return Future.failedFuture(
                    new IllegalArgumentException("expected 1 to " + MOST_USERS + " users, found " + openIds.size()));
        }
        ObjectNode body = Json.object();
        ArrayNode users = body.putArray("user_list");
        openIds.forEach(openId -> users.addObject().put("openid", openId).put("lang", "zh_CN"));
        Call call = Call.post("/cgi-bin/user/info/batchget", body).repeat(Repeat.SAFE);
        return client.call(account, call)
                .map(json -> new ResponseFields(call, json).list("user_info_list", UserCalls::user));
    }

    /**
     * The next openids of those who follow, 10,000 at most.
     *
     * @param after {@link Page#next()} of the page before; empty for the first
     */
    public Future<Page> followers(String account, Optional<String> after) {
        Call first = Call.get("/cgi-bin/user/get");
        Call call = after.map(openId -> first.with("next_openid", openId)).orElse(first);
        return client.call(account, call).map(json -> Page.of(new ResponseFields(call, json)));
    }

    /**
     * Sets what the account calls a user.
     *
     * @param remark below 30 characters; empty: none
     */
    public Future<Void> remark(String account, String openId, String remark) {
        ObjectNode body = Json.object().put("openid", openId).put("remark", remark);
        Call call = Call.post("/cgi-bin/user/info/updateremark", body).repeat(Repeat.SAFE);
        return client.call(account, call).mapEmpty();
    }

    /** The next openids of those whom the account has blocked; as {@link #followers}. */
    public Future<Page> blocked(String account, Optional<String> after) {
        Call call = Call.post(
                        "/cgi-bin/tags/members/getblacklist", Json.object().put("begin_openid", after.orElse("")))
                .repeat(Repeat.SAFE);
        return client.call(account, call).map(json -> Page.of(new ResponseFields(call, json)));
    }

    /** Blocks users, 20 at once: they cannot write to the account any more. */
    public Future<Void> block(String account, List<String> openIds) {
        return change(account, "/cgi-bin/tags/members/batchblacklist", openIds);
    }

    public Future<Void> unblock(String account, List<String> openIds) {
        return change(account, "/cgi-bin/tags/members/batchunblacklist", openIds);
    }

    private Future<Void> change(String account, String path, List<String> openIds) {
        if (openIds.isEmpty() || openIds.size() > MOST_TO_BLOCK) {
            return Future.failedFuture(
                    new IllegalArgumentException("expected 1 to " + MOST_TO_BLOCK + " users, found " + openIds.size()));
        }
        ObjectNode body = Json.object();
        openIds.forEach(body.putArray("openid_list")::add);
        return client.call(account, Call.post(path, body).repeat(Repeat.SAFE)).mapEmpty();
    }

    private static User user(ResponseFields user) {
        boolean follows = user.number("subscribe") == 1;
        return new User(
                user.text("openid"),
                user.find("unionid"),
                follows ? Optional.of(Subscription.of(user)) : Optional.empty());
    }

    /**
     * A user.
     *
     * @param unionId where the account belongs to an open platform account
     * @param subscription empty for who does not follow
     */
    public record User(String openId, Optional<String> unionId, Optional<Subscription> subscription) {}

    /**
     * How somebody follows.
     *
     * @param remark what the account calls the user; empty: nothing
     * @param tags in the order of tagging
     * @param channel how the user came, {@code ADD_SCENE_…}
     * @param scene of the QR code that the user came by
     */
    public record Subscription(
            Instant since, String language, String remark, List<Long> tags, String channel, Optional<String> scene) {
        public Subscription {
            tags = List.copyOf(tags);
        }

        static Subscription of(ResponseFields user) {
            Optional<String> number = user.find("qr_scene").filter(scene -> !scene.equals("0"));
            return new Subscription(
                    Instant.ofEpochSecond(user.number("subscribe_time")),
                    user.find("language").orElse(""),
                    user.find("remark").orElse(""),
                    user.numbers("tagid_list"),
                    user.find("subscribe_scene").orElse(""),
                    number.or(() -> user.find("qr_scene_str")).filter(scene -> !scene.isEmpty()));
        }
    }

    /**
     * A page of openids.
     *
     * @param next what the next page is asked for with; empty after the last one, which may come as a page without openids
     */
    public record Page(List<String> openIds, Optional<String> next) {
        public Page {
            openIds = List.copyOf(openIds);
        }

        static Page of(ResponseFields answer) {
            List<String> openIds =
                    answer.findObject("data").map(data -> data.texts("openid")).orElse(List.of());
            return new Page(
                    openIds, answer.find("next_openid").filter(openId -> !openId.isEmpty() && !openIds.isEmpty()));
        }
    }
}
