package io.weir.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.weir.client.LogCapture;
import io.weir.dispatch.CustomHandlers;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.HandlerStage;
import io.weir.dispatch.IdentityCodec;
import io.weir.dispatch.Observers;
import io.weir.dispatch.PushHandler;
import io.weir.redis.Await;
import io.weir.replies.Replies;
import io.weir.wechat.message.Head;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.Unknown;
import io.weir.wechat.xml.XmlElement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class HandlerTableTest {
    private static final Replies NO_REPLIES = new Replies(Map.of());
    private static final List<Supplier<PushHandler<?>>> VIEW = List.of(() -> new ViewHandler(NO_REPLIES));
    private static final int LOOPS = 2;

    @Test
    void givesEachKindExactlyOneHandler() {
        HandlerTable table = HandlerTable.of(VIEW, NO_REPLIES, CustomHandlers.NONE, LOOPS);

        assertThat(table.names()).containsOnlyKeys(PushType.all());
    }

    @Test
    void leavesTheRestToTheLastHandler() {
        HandlerTable table = HandlerTable.of(VIEW, NO_REPLIES, CustomHandlers.NONE, LOOPS);

        assertThat(table.names())
                .containsEntry(PushType.VIEW, "ViewHandler")
                .containsEntry(PushType.UNKNOWN, "OtherHandler")
                .containsEntry(PushType.CLICK, "OtherHandler");
    }

    @Test
    void asksCustomHandlersFirstAndAnswersWhatTheyLeave(Vertx vertx) {
        IdentityCodec.install(vertx);
        Custom custom = new Custom();
        HandlerTable table = HandlerTable.of(List.of(ClickAndViewHandler::new), NO_REPLIES, custom, LOOPS);
        Await.result(table.deploy(vertx));

        assertThat(Await.result(sent(vertx))).isEqualTo(Reply.text("built in"));
        custom.says = Future.succeededFuture(Reply.text("custom"));
        assertThat(Await.result(sent(vertx))).isEqualTo(Reply.text("custom"));
        custom.says = Future.succeededFuture(Reply.configured());
        assertThat(Await.result(sent(vertx))).isEqualTo(Reply.text("built in"));
        custom.says = vertx.timer(1).map(Reply.configured());
        assertThat(Await.result(sent(vertx))).isEqualTo(Reply.text("built in"));
    }

    /** Says what it is told to. */
    private static final class Custom implements CustomHandlers {
        private volatile @Nullable Future<Reply> says;

        @Override
        public @Nullable Future<Reply> handle(Delivery<?> delivery) {
            return says;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''    | WARN push without MsgType answered with success, which nothing of an official account is
            event | INFO push of a kind without a record, or with a field not of its type, answered with success
            """)
    void tellsOfAKindThatItDoesNotKnow(String msgType, String line, Vertx vertx) {
        IdentityCodec.install(vertx);
        Await.result(
                HandlerTable.of(VIEW, NO_REPLIES, CustomHandlers.NONE, LOOPS).deploy(vertx));
        Head head = new Head("main", "gh_1", "oA", Instant.EPOCH);
        Unknown push = new Unknown(head, msgType, Optional.empty(), new XmlElement("xml", "", List.of()));

        try (LogCapture log = LogCapture.atItsLevel(OtherHandler.class.getName())) {
            assertThat(Await.result(sent(vertx, push))).isEqualTo(Reply.NONE);

            assertThat(log.lines()).singleElement().asString().contains(line);
        }
    }

    @Test
    void refusesTwoHandlersOfOneKind() {
        List<Supplier<PushHandler<?>>> twice = List.of(
                () -> new ViewHandler(NO_REPLIES),
                () -> new ClickHandler(NO_REPLIES),
                () -> new ClickHandler(NO_REPLIES));

        assertThatIllegalStateException()
                .isThrownBy(() -> HandlerTable.of(twice, NO_REPLIES, CustomHandlers.NONE, LOOPS))
                .withMessageContainingAll("CLICK", ClickHandler.class.getName());
    }

    private static Future<Reply> sent(Vertx vertx) {
        return sent(vertx, new Click(new Head("main", "gh_1", "oA", Instant.EPOCH), "K", Optional.empty()));
    }

    private static Future<Reply> sent(Vertx vertx, Push push) {
        Delivery<?> delivery = Delivery.first(push, "key", Deadline.in(Duration.ofSeconds(5)));
        return HandlerStage.bus(vertx, new Observers(vertx)).apply(delivery);
    }

    private static final class ClickAndViewHandler extends PushHandler<Push> {
        ClickAndViewHandler() {
            super(List.of(PushType.CLICK, PushType.VIEW));
        }

        @Override
        protected Future<Reply> handle(Push push) {
            return Future.succeededFuture(Reply.text("built in"));
        }
    }
}
