package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.dispatch.Late;
import io.weir.plugin.Handler;
import io.weir.plugin.Services;
import io.weir.redis.Await;
import io.weir.simulator.people.ChatLine;
import io.weir.simulator.people.Person;
import io.weir.simulator.people.Phone.Reaction;
import io.weir.testkit.WeirExtension;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.Message;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a person sees when a handler is slower than WeChat waits. */
@Execution(ExecutionMode.CONCURRENT)
class LateReplyIT {
    private static final Slow<Click> CLICKS =
            new Slow<>(PushType.CLICK, Late.RETRY, 5_500, click -> Reply.text("late " + click.eventKey()));
    private static final Slow<Message.Text> TEXTS =
            new Slow<>(PushType.TEXT, Late.SUCCESS, 5_000, text -> Reply.text("late " + text.content()));

    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create().handler(CLICKS).handler(TEXTS);

    @Test
    void aReplyAfterTheDeadlineComesAsCustomerServiceMessage(Person alice) {
        Reaction reaction = Await.result(alice.phone().say("hello"));

        assertThat(reaction.pushes().get(0).attempts()).hasSize(1);
        Await.until("the message arrives", () -> texts(alice).contains("late hello"));
        assertThat(texts(alice)).containsOnlyOnce("late hello");
    }

    @Test
    void aHandlerWithRetryAnswersTheSecondAttemptAndRunsOnce(Person alice) {
        int before = CLICKS.runs.get();

        Reaction reaction = Await.result(alice.phone().tap("V1001_SUNCK"));

        assertThat(reaction.pushes().get(0).attempts()).hasSize(2);
        assertThat(reaction.lines()).extracting(ChatLine::text).containsExactly("late V1001_SUNCK");
        assertThat(CLICKS.runs.get() - before).isOne();
    }

    private static List<String> texts(Person person) {
        return person.chat().stream().map(ChatLine::text).toList();
    }

    /** Answers after a while, without blocking. */
    private static final class Slow<P extends Push> implements Handler<P> {
        private final AtomicInteger runs = new AtomicInteger();
        private final PushType<P> type;
        private final Late late;
        private final long millis;
        private final Function<P, Reply> reply;
        private @Nullable Vertx vertx;

        Slow(PushType<P> type, Late late, long millis, Function<P, Reply> reply) {
            this.type = type;
            this.late = late;
            this.millis = millis;
            this.reply = reply;
        }

        @Override
        public PushType<P> type() {
            return type;
        }

        @Override
        public Late late() {
            return late;
        }

        @Override
        public boolean nonBlocking() {
            return true;
        }

        @Override
        public void start(Services services) {
            vertx = services.vertx();
        }

        @Override
        public Future<Reply> handle(P push) {
            runs.incrementAndGet();
            return Optional.ofNullable(vertx).orElseThrow().timer(millis).map(over -> reply.apply(push));
        }
    }
}
