package io.weir.client.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.FakeApi;
import io.weir.client.Futures;
import io.weir.client.TestClient;
import io.weir.client.calls.QrCodeCalls.QrCode;
import io.weir.client.calls.QrCodeCalls.Scene;
import io.weir.client.calls.UserCalls.Page;
import io.weir.client.calls.UserCalls.Subscription;
import io.weir.client.calls.UserCalls.User;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The calls about users, and those of the QR codes that bring them. */
@ExtendWith(VertxExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class UserCallsTest {
    private static final String GONE = "{\"subscribe\":0,\"openid\":\"oGone\",\"unionid\":\"u1\"}";
    private static final String BOB = "{\"subscribe\":1,\"openid\":\"oBob\",\"language\":\"en\",\"subscribe_time\":"
            + "\"1732089600\",\"remark\":\"常客\",\"groupid\":0,\"tagid_list\":[128,\"2\"],\"subscribe_scene\":"
            + "\"ADD_SCENE_QR_CODE\",\"qr_scene\":98765,\"qr_scene_str\":\"\",\"later\":1}";

    private FakeApi api;
    private UserCalls users;
    private QrCodeCalls codes;
    private TagCalls tags;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        api = new FakeApi(vertx);
        users = new UserCalls(new TestClient(vertx, api.uri()).client);
        codes = new QrCodeCalls(new TestClient(vertx, api.uri()).client);
        tags = new TagCalls(new TestClient(vertx, api.uri()).client);
    }

    @Test
    void tellsWhoFollowsAndHow() throws Exception {
        api.answering(
                BOB, GONE, "{\"subscribe\":1,\"openid\":\"oCarl\",\"subscribe_time\":7,\"qr_scene_str\":\"door\"}");

        assertThat(Futures.get(users.info("main", "oBob")))
                .isEqualTo(new User(
                        "oBob",
                        Optional.empty(),
                        Optional.of(new Subscription(
                                Instant.ofEpochSecond(1_732_089_600),
                                "en",
                                "常客",
                                List.of(128L, 2L),
                                "ADD_SCENE_QR_CODE",
                                Optional.of("98765")))));
        assertThat(Futures.get(users.info("main", "oGone")))
                .isEqualTo(new User("oGone", Optional.of("u1"), Optional.empty()));
        assertThat(Futures.get(users.info("main", "oCarl"))
                        .subscription()
                        .orElseThrow()
                        .scene())
                .contains("door");
        assertThat(api.last().path()).isEqualTo("/cgi-bin/user/info");
    }

    @Test
    void tellsOfSeveralAtOnce() throws Exception {
        api.answering("{\"user_info_list\":[" + GONE + "," + BOB + "]}");

        assertThat(Futures.get(users.infos("main", List.of("oGone", "oBob"))))
                .extracting(User::openId)
                .containsExactly("oGone", "oBob");
        assertThat(api.only().body())
                .isEqualTo("{\"user_list\":[{\"openid\":\"oGone\",\"lang\":\"zh_CN\"},"
                        + "{\"openid\":\"oBob\",\"lang\":\"zh_CN\"}]}");
        assertThat(Futures.cause(users.infos("main", Collections.nCopies(101, "o"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsFollowersAndMembersOfATagInPages() throws Exception {
        String page = "{\"total\":3,\"count\":2,\"data\":{\"openid\":[\"o1\",\"o2\"]},\"next_openid\":\"o2\"}";
        api.answering(page, "{\"total\":3,\"count\":0,\"next_openid\":\"\"}", page);

        assertThat(Futures.get(users.followers("main", Optional.empty())))
                .isEqualTo(new Page(List.of("o1", "o2"), Optional.of("o2")));
        assertThat(Futures.get(users.followers("main", Optional.of("o2"))))
                .isEqualTo(new Page(List.of(), Optional.empty()));
        assertThat(Futures.get(tags.members("main", 7, Optional.of("o0"))).openIds())
                .containsExactly("o1", "o2");
        assertThat(api.last().body()).isEqualTo("{\"tagid\":7,\"next_openid\":\"o0\"}");
    }

    @Test
    void blocksAndUnblocksUsers() throws Exception {
        api.answering("{\"errcode\":0}", "{\"errcode\":0}", "{\"total\":0,\"count\":0,\"next_openid\":\"\"}");

        Futures.get(users.block("main", List.of("oBob")));
        Futures.get(users.unblock("main", List.of("oBob")));
        assertThat(Futures.get(users.blocked("main", Optional.empty())).openIds())
                .isEmpty();

        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::body)
                .containsExactly(
                        "{\"openid_list\":[\"oBob\"]}", "{\"openid_list\":[\"oBob\"]}", "{\"begin_openid\":\"\"}");
        assertThat(Futures.cause(users.block("main", Collections.nCopies(21, "o"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void setsARemarkAndChangesTags() throws Exception {
        api.answering("{\"errcode\":0,\"errmsg\":\"ok\"}");

        Futures.get(users.remark("main", "oBob", "常客"));
        Futures.get(tags.rename("main", 7, "VIP"));
        Futures.get(tags.delete("main", 7));

        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::body)
                .containsExactly(
                        "{\"openid\":\"oBob\",\"remark\":\"常客\"}",
                        "{\"tag\":{\"id\":7,\"name\":\"VIP\"}}",
                        "{\"tag\":{\"id\":7}}");
    }

    @Test
    void makesEachKindOfCode() throws Exception {
        api.answering(
                "{\"ticket\":\"gQ+/==\",\"expire_seconds\":60,\"url\":\"http://weixin.qq.com/q/a\"}",
                "{\"ticket\":\"gR==\",\"url\":\"http://weixin.qq.com/q/b\"}");

        QrCode temporary = Futures.get(codes.temporary("main", Scene.of(123), Duration.ofSeconds(60)));
        Futures.get(codes.temporary("main", Scene.of("123"), Duration.ofDays(30)));
        QrCode permanent = Futures.get(codes.permanent("main", Scene.of(7)));
        Futures.get(codes.permanent("main", Scene.of("门口")));

        assertThat(temporary.life()).contains(Duration.ofSeconds(60));
        assertThat(permanent.life()).isEmpty();
        assertThat(temporary.picture(URI.create("https://api.weixin.qq.com")))
                .hasToString("https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQ%2B%2F%3D%3D");
        assertThat(permanent.picture(URI.create("http://127.0.0.1:8082")))
                .hasToString("http://127.0.0.1:8082/cgi-bin/showqrcode?ticket=gR%3D%3D");
        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::body)
                .containsExactly(
                        "{\"action_name\":\"QR_SCENE\",\"action_info\":{\"scene\":{\"scene_id\":123}},\"expire_seconds\":60}",
                        "{\"action_name\":\"QR_STR_SCENE\",\"action_info\":{\"scene\":{\"scene_str\":\"123\"}},"
                                + "\"expire_seconds\":2592000}",
                        "{\"action_name\":\"QR_LIMIT_SCENE\",\"action_info\":{\"scene\":{\"scene_id\":7}}}",
                        "{\"action_name\":\"QR_LIMIT_STR_SCENE\",\"action_info\":{\"scene\":{\"scene_str\":\"门口\"}}}");
        assertThat(Futures.cause(codes.temporary("main", Scene.of(1), Duration.ofDays(31))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
