package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.plugin.Handler;
import io.weir.simulator.people.ChatLine;
import io.weir.simulator.people.Person;
import io.weir.simulator.people.Phone.Reaction;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.simulator.push.PushFault;
import io.weir.testkit.WeirExtension;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that is slower than WeChat waits: the cut, the three attempts, the notice; in virtual time. */
class AttemptsTest {
    private static final SlowHandler SLOW = new SlowHandler();

    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create()
            .virtualTime()
            .deadline(Duration.ofSeconds(30))
            .handler(SLOW);

    @Test
    void threeLapsedAttemptsEndInTheFaultNotice(Person alice) throws Exception {
        Future<Reaction> tap = alice.phone().tap("V1001_SUNCK");

        SLOW.next();
        for (int attempt = 1; attempt <= 3; attempt++) {
            WEIR.wechat().advance(Duration.ofSeconds(5));
        }

        Reaction reaction = result(tap);
        assertThat(reaction.pushes()).singleElement().satisfies(push -> {
            assertThat(push.attempts()).hasSize(3);
            assertThat(push.verdict().effect()).isEqualTo(DeliveryVerdict.Effect.FAULT);
        });
        assertThat(reaction.lines()).extracting(ChatLine::text).containsExactly(DeliveryVerdict.FAULT_NOTICE);
    }

    @Test
    void theReplyToALaterAttemptIsShown(Person alice) throws Exception {
        Future<Reaction> tap = alice.phone().tap("V1001_SUNCK");
        Promise<Reply> reply = SLOW.next();
        WEIR.wechat().advance(Duration.ofSeconds(5));

        reply.complete(Reply.text("there you are"));

        Reaction reaction = result(tap);
        assertThat(reaction.pushes().get(0).attempts()).hasSize(2);
        assertThat(reaction.lines()).extracting(ChatLine::text).containsExactly("there you are");
    }

    @Test
    void aDroppedPushShowsNothing(Person alice) {
        WEIR.wechat().pushFaults().next(1, new PushFault.Drop());

        alice.taps("V1001_SUNCK").seesNothing().afterAttempts(0);
    }

    private static Reaction result(Future<Reaction> tap) throws Exception {
        return tap.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Answers when the test says so. */
    private static final class SlowHandler implements Handler<Click> {
        private final LinkedBlockingQueue<Promise<Reply>> asked = new LinkedBlockingQueue<>();

        /** The answer to the push that comes next. */
        Promise<Reply> next() throws InterruptedException {
            Promise<Reply> promise = asked.poll(20, TimeUnit.SECONDS);
            assertThat(promise).as("a push").isNotNull();
            return promise;
        }

        @Override
        public PushType<Click> type() {
            return PushType.CLICK;
        }

        @Override
        public boolean nonBlocking() {
            return true;
        }

        @Override
        public Future<Reply> handle(Click push) {
            Promise<Reply> promise = Promise.promise();
            asked.add(promise);
            return promise.future();
        }
    }
}
