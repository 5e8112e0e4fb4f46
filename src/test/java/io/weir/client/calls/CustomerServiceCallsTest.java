package io.weir.client.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.FakeApi;
import io.weir.client.Futures;
import io.weir.client.TestClient;
import io.weir.client.WeChatException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class CustomerServiceCallsTest {
    private static final String OPEN_ID = "oY7hTs2Jk9Lm4Np6Qr8St0Uv2Wx4";

    private FakeApi api;
    private CustomerServiceCalls calls;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        api = new FakeApi(vertx).answering("{\"errcode\":0,\"errmsg\":\"ok\"}");
        calls = new CustomerServiceCalls(new TestClient(vertx, api.uri()).client);
    }

    @Test
    void callsAnAnswerByWhatAProxyCalledThePushBy() throws Exception {
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        Futures.get(calls.answer("main", OPEN_ID, new CustomerMessage.Text("hi"), Optional.of(traceparent)));
        Futures.get(calls.answer("main", OPEN_ID, new CustomerMessage.Text("hi"), Optional.empty()));

        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::traceparent)
                .containsExactly(traceparent, "null");
    }

    static Stream<Arguments> messages() {
        Optional<String> title = Optional.of("标题");
        return Stream.of(
                Arguments.of(new CustomerMessage.Text("你好😀"), "\"text\":{\"content\":\"你好😀\"}"),
                Arguments.of(new CustomerMessage.Image("m1"), "\"image\":{\"media_id\":\"m1\"}"),
                Arguments.of(new CustomerMessage.Voice("m1"), "\"voice\":{\"media_id\":\"m1\"}"),
                Arguments.of(
                        new CustomerMessage.Video("m1", "t1", title, Optional.empty()),
                        "\"video\":{\"media_id\":\"m1\",\"thumb_media_id\":\"t1\",\"title\":\"标题\"}"),
                Arguments.of(
                        new CustomerMessage.Music("u", "hq", "t1", Optional.empty(), title),
                        "\"music\":{\"description\":\"标题\",\"musicurl\":\"u\",\"hqmusicurl\":\"hq\","
                                + "\"thumb_media_id\":\"t1\"}"),
                Arguments.of(
                        new CustomerMessage.News("t", "d", "u", "p"),
                        "\"news\":{\"articles\":[{\"title\":\"t\",\"description\":\"d\",\"url\":\"u\",\"picurl\":\"p\"}]}"),
                Arguments.of(new CustomerMessage.MaterialNews("m1"), "\"mpnews\":{\"media_id\":\"m1\"}"),
                Arguments.of(new CustomerMessage.PublishedArticle("a1"), "\"mpnewsarticle\":{\"article_id\":\"a1\"}"),
                Arguments.of(
                        new CustomerMessage.Menu("h", List.of(new CustomerMessage.Menu.Choice("101", "满意")), "t"),
                        "\"msgmenu\":{\"head_content\":\"h\",\"list\":[{\"id\":\"101\",\"content\":\"满意\"}],"
                                + "\"tail_content\":\"t\"}"),
                Arguments.of(new CustomerMessage.Card("c1"), "\"wxcard\":{\"card_id\":\"c1\"}"),
                Arguments.of(
                        new CustomerMessage.MiniProgramPage("t", "wx1", "pages/index", "t1"),
                        "\"miniprogrampage\":{\"title\":\"t\",\"appid\":\"wx1\",\"pagepath\":\"pages/index\","
                                + "\"thumb_media_id\":\"t1\"}"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void sendsEachKindOfMessage(CustomerMessage message, String branch) throws Exception {
        Futures.get(calls.send("main", OPEN_ID, message));

        assertThat(api.only().path()).isEqualTo("/cgi-bin/message/custom/send");
        assertThat(api.only().body())
                .isEqualTo("{\"touser\":\"" + OPEN_ID + "\",\"msgtype\":\"" + message.type() + "\"," + branch + "}");
    }

    @Test
    void isTestedWithEveryKind() {
        assertThat(messages().<Class<?>>map(each -> each.get()[0].getClass()).toList())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(CustomerMessage.class.getPermittedSubclasses()));
    }

    @Test
    void sendsInTheNameOfOneOfTheStaff() throws Exception {
        Futures.get(calls.send("main", OPEN_ID, new CustomerMessage.Image("m1"), Optional.of("amy@shop")));

        assertThat(api.only().body()).endsWith(",\"customservice\":{\"kf_account\":\"amy@shop\"}}");
    }

    @Test
    void neverSendsAMessageTwiceForBeingUnsure(Vertx vertx) throws Exception {
        FakeApi silent = new FakeApi(vertx).then(request -> request.connection().close());
        CustomerServiceCalls unsure = new CustomerServiceCalls(new TestClient(vertx, silent.uri()).client);

        assertThat(Futures.failure(unsure.send("main", OPEN_ID, new CustomerMessage.Text("hello")))
                        .kind())
                .isEqualTo(Kind.NO_ANSWER);
        assertThat(silent.received()).hasSize(1);
    }

    @Test
    void refusesAnEmptyText() {
        assertThatThrownBy(() -> new CustomerMessage.Text("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsAndEndsTyping() throws Exception {
        Futures.get(calls.typing("main", OPEN_ID));
        Futures.get(calls.cancelTyping("main", OPEN_ID));

        assertThat(api.received())
                .extracting(FakeApi.ReceivedRequest::body)
                .containsExactly(
                        "{\"touser\":\"" + OPEN_ID + "\",\"command\":\"Typing\"}",
                        "{\"touser\":\"" + OPEN_ID + "\",\"command\":\"CancelTyping\"}");
        assertThat(api.received())
                .allSatisfy(each -> assertThat(each.path()).isEqualTo("/cgi-bin/message/custom/typing"));
    }
}
