package io.weir.dispatch.late;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.client.WeChatException;
import io.weir.client.calls.CustomerMessage;
import io.weir.client.calls.CustomerServiceCalls;
import io.weir.dispatch.Throttle;
import io.weir.dispatch.once.Executions.LateReplies;
import io.weir.dispatch.once.PushesInProgress;
import io.weir.redis.FleetCounter;
import io.weir.retry.Backoff;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends late replies as customer-service messages, as many as the pushes of a user grant (token-and-server-api.md §8), and
 * counts those that are lost, with the reason ({@code weir_late_replies_total}). Any thread.
 */
public final class CustomerServiceReplies implements LateReplies {
    private static final Logger LOG = LoggerFactory.getLogger(CustomerServiceReplies.class);

    private static final String SENT = PushesInProgress.SENT;

    private final Vertx vertx;
    private final CustomerServiceCalls calls;
    private final FleetCounter rateLimits;
    private final MeterRegistry metrics;
    private final Throttle lines = new Throttle(Duration.ofSeconds(10), 100);

    /** @param rateLimits counts what was sent to each user */
    public CustomerServiceReplies(
            Vertx vertx, CustomerServiceCalls calls, FleetCounter rateLimits, MeterRegistry metrics) {
        this.vertx = vertx;
        this.calls = calls;
        this.rateLimits = rateLimits;
        this.metrics = metrics;
    }

    @Override
    public Future<String> send(Push push, Reply reply, Duration age, Optional<String> traceparent) {
        Optional<Grant> granted = Grant.of(push);
        Optional<CustomerMessage> message = MessageForm.of(reply);
        if (granted.isEmpty()) {
            return lost(push, Loss.NOT_GRANTED);
        }
        if (message.isEmpty()) {
            return lost(push, Loss.NO_FORM);
        }
        if (age.compareTo(granted.get().window()) >= 0) {
            return lost(push, Loss.WINDOW_OVER);
        }
        return rateLimits
                .takeSince(
                        rateLimit(push, granted.get()),
                        granted.get().messages(),
                        granted.get().window(),
                        age)
                .compose(left -> left
                        ? send(
                                push,
                                message.get(),
                                traceparent,
                                new Attempts(granted.get().window().minus(age), System.nanoTime()))
                        : lost(push, Loss.USED_UP))
                .otherwise(failure -> lost(push, Loss.of(failure), Optional.of(failure)));
    }

    @Override
    public void lost(Push push, Reply reply) {
        lost(push, Loss.UNCONFIRMED, Optional.empty());
    }

    private static String rateLimit(Push push, Grant grant) {
        return "late:" + push.account() + ":" + grant.label() + ":" + push.openId();
    }

    private Future<String> lost(Push push, Loss loss) {
        return Future.succeededFuture(lost(push, loss, Optional.empty()));
    }

    /** Sends it; while WeChat cannot be reached, again and again until the time is over in which it may be sent. */
    private Future<String> send(Push push, CustomerMessage message, Optional<String> traceparent, Attempts attempts) {
        return calls.answer(push.account(), push.openId(), message, traceparent)
                .map(SENT)
                .onSuccess(sent -> count(push, sent, "none"))
                .recover(failure -> attempts.next(failure)
                        .map(pause -> vertx.timer(pause.toMillis())
                                .compose(waited -> send(push, message, traceparent, attempts)))
                        .orElseGet(() -> Future.failedFuture(failure)));
    }

    /** What was tried to send one message, in vain. */
    private static final class Attempts {
        private static final Backoff PAUSES = Backoff.doubling(Duration.ofSeconds(2), Duration.ofSeconds(30));
        /** Whoever waits for the end of this holds the push in memory. */
        private static final Duration LONGEST = Duration.ofMinutes(10);

        private final Duration window;
        private final long began;
        private int made;

        Attempts(Duration window, long beganNanos) {
            this.window = window.compareTo(LONGEST) > 0 ? LONGEST : window;
            this.began = beganNanos;
        }

        /** When to try again; never, if WeChat may have got it, or when the time would be over. */
        Optional<Duration> next(Throwable failure) {
            boolean unsent =
                    failure instanceof WeChatException wechat && wechat.kind() == WeChatException.Kind.UNREACHABLE;
            Duration pause = PAUSES.after(++made, ThreadLocalRandom.current().nextDouble());
            Duration then = pause.plusNanos(System.nanoTime() - began);
            return unsent && then.compareTo(window) < 0 ? Optional.of(pause) : Optional.empty();
        }
    }

    /** @return the reason */
    private String lost(Push push, Loss loss, Optional<Throwable> failure) {
        count(push, "lost", loss.label());
        lines.admit(push.account() + push.type() + loss, System.nanoTime())
                .ifPresent(heldBack -> LOG.atWarn()
                        .addKeyValue("account", push.account())
                        .addKeyValue("type", push.type().wireName())
                        .addKeyValue("reason", loss.label())
                        .addKeyValue("error", failure.map(Throwable::getMessage).orElse(loss.words()))
                        .addKeyValue("suppressed", heldBack)
                        .log("reply came too late and is lost"));
        return loss.label();
    }

    private void count(Push push, String outcome, String reason) {
        counter(push.account(), push.type(), outcome, reason).increment();
    }

    private Counter counter(String account, PushType<?> type, String outcome, String reason) {
        return Counter.builder("weir.late.replies")
                .description("Replies that no attempt took: sent as customer-service message, or lost for a reason")
                .tag("account", account)
                .tag("type", type.wireName())
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(metrics);
    }

    /** Has the late replies of these accounts counted from 0 on, those to texts that were sent. */
    public void expect(List<String> accounts) {
        accounts.forEach(account -> counter(account, PushType.TEXT, SENT, "none"));
    }

    /** Why a late reply is lost. */
    private enum Loss {
        NOT_GRANTED("a push of this kind grants no customer-service message"),
        NO_FORM("a reply of this kind cannot be sent as a customer-service message"),
        WINDOW_OVER("the time in which the push granted messages is over"),
        USED_UP("the messages that the user's pushes granted are used up"),
        UNCONFIRMED("Redis could not be asked in time whether another instance sends it"),
        REFUSED(""),
        FAILED("");

        private final String words;

        Loss(String words) {
            this.words = words;
        }

        static Loss of(Throwable failure) {
            return failure instanceof WeChatException wechat && wechat.kind() == WeChatException.Kind.REFUSED
                    ? REFUSED
                    : FAILED;
        }

        String words() {
            return words;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
