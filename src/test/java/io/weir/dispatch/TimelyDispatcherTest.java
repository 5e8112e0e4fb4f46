package io.weir.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimelyDispatcherTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void handsTheReplyOn() {
        Reply reply = dispatch(delivery -> Future.succeededFuture(Reply.text("hello")));

        assertThat(reply).isEqualTo(Reply.text("hello"));
        assertThat(counted("reply")).isOne();
    }

    @Test
    void countsSilenceApartFromReplies() {
        dispatch(delivery -> Future.succeededFuture(Reply.NONE));

        assertThat(counted("success")).isOne();
    }

    @Test
    void answersNothingWhenTheHandlerFails() {
        Reply reply = dispatch(delivery -> Future.failedFuture(new ReplyException(ReplyFailure.RECIPIENT_FAILURE)));

        assertThat(reply).isEqualTo(Reply.NONE);
        assertThat(counted("failed")).isOne();
    }

    @Test
    void answersNothingWhenNobodyHandlesTheKind() {
        Reply reply = dispatch(delivery -> Future.failedFuture(new ReplyException(ReplyFailure.NO_HANDLERS)));

        assertThat(reply).isEqualTo(Reply.NONE);
        assertThat(counted("unhandled")).isOne();
    }

    @Test
    void answersNothingAtTheDeadlineWhichIsTheTimeoutOfTheBus() {
        Reply reply = dispatch(delivery -> Future.failedFuture(new ReplyException(ReplyFailure.TIMEOUT)));

        assertThat(reply).isEqualTo(Reply.NONE);
        assertThat(counted("late")).isOne();
    }

    private Reply dispatch(Dispatcher inner) {
        Delivery<?> delivery = new Delivery<>(Clicks.click("K"), Deadline.in(Duration.ofMillis(50)));
        return new TimelyDispatcher(inner, metrics)
                .dispatch(delivery)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private double counted(String outcome) {
        return metrics.get("weir.pushes")
                .tags("account", "main", "type", "CLICK", "outcome", outcome)
                .counter()
                .count();
    }
}
