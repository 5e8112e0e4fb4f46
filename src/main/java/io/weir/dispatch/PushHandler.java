package io.weir.dispatch;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.shareddata.LocalMap;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyLimits;
import io.weir.wechat.message.ReplyLimits.Fitted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler verticle: answers the pushes of one kind, or of a family of kinds.
 *
 * <p>Consumes the address of each kind, on its own event loop and for the whole instance. It always replies to the bus or
 * fails: what a subclass throws, a null, and a failed future all become a failure that the corridor answers with {@code
 * success}. A reply that WeChat would not take is {@linkplain ReplyLimits cut to fit}, with one warning per rule.
 *
 * @param <P> the record, or the family of records, that it answers
 */
public abstract class PushHandler<P extends Push> extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PushHandler.class);
    private static final int HANDLER_FAILED = 1;
    private static final int MAX_WARNINGS = 10_000;
    private static final int MAX_WORDS = 300;

    private List<PushType<? extends P>> types;
    private final Throttle failures = new Throttle(Duration.ofSeconds(10), 20);

    /** @param types the kinds that it answers; nobody else may answer them */
    protected PushHandler(List<PushType<? extends P>> types) {
        this.types = List.copyOf(types);
    }

    /** The kinds that it answers. */
    public final List<PushType<? extends P>> types() {
        return types;
    }

    /** Leaves kinds to others; before it is deployed. */
    public final PushHandler<P> leave(Set<PushType<?>> others) {
        types = types.stream().filter(type -> !others.contains(type)).toList();
        return this;
    }

    /**
     * Answers one push. Called on the event loop: must not block.
     *
     * @return the reply, {@link Reply#NONE} for none
     */
    protected abstract Future<Reply> handle(P push);

    /** Answers one push of which the deadline matters; otherwise like {@link #handle(Push)}. */
    protected Future<Reply> handle(Delivery<P> delivery) {
        return handle(delivery.push());
    }

    /** What to name in a warning about the reply to this push: the rule that made it. */
    protected String ruleOf(P push) {
        return getClass().getSimpleName() + " " + push.type();
    }

    @Override
    public Future<?> start() {
        Lane lane = Lane.current();
        List<Future<Void>> registrations = new ArrayList<>();
        for (PushType<? extends P> type : types) {
            registrations.add(consume(lane.address(type)));
            registrations.add(consume(type.address()));
        }
        return Future.all(registrations);
    }

    /** Takes the deliveries that come to an address; at the start. */
    protected final Future<Void> consume(String address) {
        MessageConsumer<Delivery<P>> consumer = vertx.eventBus().localConsumer(address, this::answer);
        return consumer.completion();
    }

    private void answer(Message<Delivery<P>> message) {
        P push = message.body().push();
        Future.succeededFuture(message.body())
                .compose(this::handled)
                .map(reply -> fit(Objects.requireNonNull(reply, "the handler answered null"), push))
                .onSuccess(message::reply)
                .onFailure(failure -> fail(message, push, failure));
    }

    /** A null would leave the future of {@code compose} open for ever. */
    private Future<Reply> handled(Delivery<P> delivery) {
        return Objects.requireNonNull(handle(delivery), "the handler returned no future");
    }

    private Reply fit(Reply reply, P push) {
        Fitted fitted = ReplyLimits.fit(reply, push);
        fitted.cut().ifPresent(cut -> warn(push, cut));
        return fitted.reply();
    }

    private void warn(P push, String cut) {
        String rule = ruleOf(push);
        LocalMap<String, Boolean> warned = vertx.sharedData().getLocalMap("weir.cut-warnings");
        if (warned.size() < MAX_WARNINGS && warned.putIfAbsent(push.account() + " " + rule, true) == null) {
            LOG.atWarn()
                    .addKeyValue("account", push.account())
                    .addKeyValue("rule", rule)
                    .addKeyValue("cut", cut)
                    .log("reply cut to what WeChat takes");
        }
    }

    private void fail(Message<Delivery<P>> message, P push, Throwable failure) {
        if (!(failure instanceof ReplyException)) {
            tell(push, failure);
        }
        message.fail(HANDLER_FAILED, words(failure));
    }

    /** For whoever asks what went wrong last. */
    private static String words(Throwable failure) {
        String words = failure instanceof ReplyException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
        return words.substring(0, Math.min(MAX_WORDS, words.length()));
    }

    /** Of a failure of its own: what came over the bus was told where it happened. */
    private void tell(P push, Throwable failure) {
        failures.admit(push.type() + " " + failure.getClass().getName(), System.nanoTime())
                .ifPresent(heldBack -> LOG.atError()
                        .addKeyValue("account", push.account())
                        .addKeyValue("type", push.type().wireName())
                        .addKeyValue("suppressed", heldBack)
                        .setCause(failure)
                        .log("handler failed, push answered with success"));
    }
}
