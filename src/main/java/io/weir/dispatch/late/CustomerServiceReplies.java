package io.weir.dispatch.late;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.weir.client.WeChatException;
import io.weir.client.calls.CustomerMessage;
import io.weir.client.calls.CustomerServiceCalls;
import io.weir.dispatch.Throttle;
import io.weir.dispatch.once.Executions.LateReplies;
import io.weir.redis.FleetCounter;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends late replies as customer-service messages, as many as the pushes of a user grant (token-and-server-api.md §8), and
 * counts those that are lost, with the reason ({@code weir_late_replies_total}). Any thread.
 */
public final class CustomerServiceReplies implements LateReplies {
    private static final Logger LOG = LoggerFactory.getLogger(CustomerServiceReplies.class);

    private final CustomerServiceCalls calls;
    private final FleetCounter rateLimits;
    private final MeterRegistry metrics;
    private final Throttle lines = new Throttle(Duration.ofSeconds(10), 100);

    /** @param rateLimits counts what was sent to each user */
    public CustomerServiceReplies(CustomerServiceCalls calls, FleetCounter rateLimits, MeterRegistry metrics) {
        this.calls = calls;
        this.rateLimits = rateLimits;
        this.metrics = metrics;
    }

    @Override
    public Future<Void> send(Push push, Reply reply, Duration age, Optional<String> traceparent) {
        Optional<Grant> granted = Grant.of(push);
        Optional<CustomerMessage> message = MessageForm.of(reply);
        if (granted.isEmpty()) {
            lost(push, Loss.NOT_GRANTED, Optional.empty());
        } else if (message.isEmpty()) {
            lost(push, Loss.NO_FORM, Optional.empty());
        } else if (age.compareTo(granted.get().window()) >= 0) {
            lost(push, Loss.WINDOW_OVER, Optional.empty());
        } else {
            return rateLimits
                    .takeSince(
                            rateLimit(push, granted.get()),
                            granted.get().messages(),
                            granted.get().window(),
                            age)
                    .compose(left -> left ? send(push, message.get(), traceparent) : usedUp(push))
                    .onFailure(failure -> lost(push, Loss.of(failure), Optional.of(failure)))
                    .otherwiseEmpty();
        }
        return Future.succeededFuture();
    }

    @Override
    public void lost(Push push, Reply reply) {
        lost(push, Loss.UNCONFIRMED, Optional.empty());
    }

    private static String rateLimit(Push push, Grant grant) {
        return "late:" + push.account() + ":" + grant.name().toLowerCase(Locale.ROOT) + ":" + push.openId();
    }

    private Future<Void> usedUp(Push push) {
        lost(push, Loss.USED_UP, Optional.empty());
        return Future.succeededFuture();
    }

    private Future<Void> send(Push push, CustomerMessage message, Optional<String> traceparent) {
        return calls.answer(push.account(), push.openId(), message, traceparent)
                .onSuccess(sent -> count(push, "sent", "none"));
    }

    private void lost(Push push, Loss loss, Optional<Throwable> failure) {
        count(push, "lost", loss.label());
        lines.admit(push.account() + push.type() + loss, System.nanoTime())
                .ifPresent(heldBack -> LOG.atWarn()
                        .addKeyValue("account", push.account())
                        .addKeyValue("type", push.type().wireName())
                        .addKeyValue("reason", loss.label())
                        .addKeyValue("error", failure.map(Throwable::getMessage).orElse(loss.words()))
                        .addKeyValue("suppressed", heldBack)
                        .log("reply came too late and is lost"));
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
        accounts.forEach(account -> counter(account, PushType.TEXT, "sent", "none"));
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
