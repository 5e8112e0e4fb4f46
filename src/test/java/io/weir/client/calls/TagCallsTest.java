package io.weir.client.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.FakeApi;
import io.weir.client.Futures;
import io.weir.client.TestClient;
import io.weir.client.WeChatException.Kind;
import io.weir.client.calls.TagCalls.Tag;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class TagCallsTest {
    private FakeApi api;
    private TagCalls calls;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        api = new FakeApi(vertx);
        calls = new TagCalls(new TestClient(vertx, api.uri()).client);
    }

    @Test
    void makesATag() throws Exception {
        api.answering("{\"tag\":{\"id\":134,\"name\":\"广东\"}}");

        assertThat(Futures.get(calls.create("main", "广东"))).isEqualTo(new Tag(134, "广东", OptionalLong.empty()));
        assertThat(api.only().path()).isEqualTo("/cgi-bin/tags/create");
        assertThat(api.only().body()).isEqualTo("{\"tag\":{\"name\":\"广东\"}}");
    }

    @Test
    void listsAllTags() throws Exception {
        api.answering(
                "{\"tags\":[{\"id\":1,\"name\":\"a\",\"count\":0},{\"id\":\"2\",\"name\":\"b\",\"count\":\"7\"}]}");

        assertThat(Futures.get(calls.all("main")))
                .containsExactly(new Tag(1, "a", OptionalLong.of(0)), new Tag(2, "b", OptionalLong.of(7)));
    }

    @Test
    void tellsTheTagsOfAUserInTheirOrder() throws Exception {
        api.answering("{\"tagid_list\":[134,2,\"7\"]}", "{}", "{\"tagid_list\":[\"x\"]}");

        assertThat(Futures.get(calls.ofUser("main", "oUser"))).containsExactly(134L, 2L, 7L);
        assertThat(Futures.get(calls.ofUser("main", "oUser"))).isEmpty();
        assertThat(Futures.failure(calls.ofUser("main", "oUser")).kind()).isEqualTo(Kind.GARBAGE);
        assertThat(api.last().body()).isEqualTo("{\"openid\":\"oUser\"}");
    }

    @Test
    void givesAndTakesATag() throws Exception {
        api.answering("{\"errcode\":0,\"errmsg\":\"ok\"}");

        Futures.get(calls.tag("main", List.of("o1", "o2"), 134));
        Futures.get(calls.untag("main", List.of("o1"), 134));

        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::path)
                .containsExactly("/cgi-bin/tags/members/batchtagging", "/cgi-bin/tags/members/batchuntagging");
        assertThat(api.received().get(0).body()).isEqualTo("{\"openid_list\":[\"o1\",\"o2\"],\"tagid\":134}");
    }

    @Test
    void takesFiftyUsersAtMost() throws Exception {
        assertThat(Futures.cause(calls.tag("main", Collections.nCopies(51, "o1"), 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Futures.cause(calls.untag("main", List.of(), 1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(api.received()).isEmpty();
    }
}
