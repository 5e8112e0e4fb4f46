package io.weir.dispatch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.shareddata.LocalMap;
import io.weir.dispatch.HandlerStage.Dispatched;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyLimits;
import io.weir.wechat.message.ReplyLimits.Fitted;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler verticle: answers the pushes of one kind, or of a family of kinds.
 *
 * <p>Consumes the address of each kind, on its own event loop and for the whole instance. A custom handler for the push is asked
 * first; what that leaves, this answers. It always replies to the bus or
 * fails: what a subclass throws, a null, and a failed future all become a failure that the pipeline answers with {@code
 * success}. A reply that WeChat would not take is {@linkplain ReplyLimits cut to fit}, with one warning per rule.
 *
 * @param <P> the record, or the family of records, that it answers
 */
public abstract class PushHandler<P extends Push> extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PushHandler.class);
    private static final int HANDLER_FAILED = 1;
    private static final int MAX_WARNINGS = 10_000;
    private static final Pattern CLASS_NAME = Pattern.compile("[\\w.$]{1,300}");

    private final List<PushType<? extends P>> types;
    private CustomHandlers custom = CustomHandlers.NONE;
    private final Throttle failures = new Throttle(Duration.ofSeconds(10), 20);

    /** @param types the kinds that it answers; nobody else may answer them */
    protected PushHandler(List<PushType<? extends P>> types) {
        this.types = List.copyOf(types);
    }

    /** The kinds that it answers. */
    public final List<PushType<? extends P>> types() {
        return types;
    }

    /** Has it ask these before it answers itself; before it is deployed. */
    public final void after(CustomHandlers others) {
        this.custom = others;
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
        List<Future<Void>> registrations = new ArrayList<>();
        for (PushType<? extends P> type : types) {
            registrations.add(consume(HandlerStage.addressHere(type)));
            registrations.add(consume(HandlerStage.addressAnywhere(type)));
        }
        return Future.all(registrations);
    }

    /** Takes the deliveries that come to an address; at the start. */
    protected final Future<Void> consume(String address) {
        MessageConsumer<Dispatched<P>> consumer =
                vertx.eventBus().localConsumer(address, message -> answer(message.body()));
        return consumer.completion();
    }

    /** Completes the delivery or fails it, whatever the subclass does. */
    private void answer(Dispatched<P> dispatched) {
        try {
            Future<Reply> asked = custom.handle(dispatched.delivery());
            Future<Reply> reply = asked == null ? own(dispatched.delivery()) : orOwn(asked, dispatched.delivery());
            if (reply.isComplete()) {
                end(dispatched, reply);
            } else {
                reply.onComplete(ended -> end(dispatched, reply));
            }
        } catch (RuntimeException | Error bug) {
            fail(dispatched, bug);
        }
    }

    private Future<Reply> own(Delivery<P> delivery) {
        return Objects.requireNonNull(handle(delivery), "the handler returned no future");
    }

    /** What a custom handler said; asks this one, on its event loop, where that one leaves the push to it. */
    private Future<Reply> orOwn(Future<Reply> asked, Delivery<P> delivery) {
        if (asked.isComplete() && !isLeft(asked)) {
            return asked;
        }
        Promise<Reply> reply = Promise.promise();
        asked.onComplete(said -> {
            if (!isLeft(asked)) {
                reply.handle(asked);
            } else if (Vertx.currentContext() == context) {
                ownInto(reply, delivery);
            } else {
                context.runOnContext(here -> ownInto(reply, delivery));
            }
        });
        return reply.future();
    }

    private void ownInto(Promise<Reply> reply, Delivery<P> delivery) {
        try {
            own(delivery).onComplete(reply);
        } catch (RuntimeException | Error bug) {
            reply.tryFail(bug);
        }
    }

    /** Not by its type alone: a handler compiled without checks may bring something else than a reply. */
    private static boolean isLeft(Future<?> asked) {
        return asked.succeeded() && (Object) asked.result() instanceof Reply.Configured;
    }

    private void end(Dispatched<P> dispatched, Future<Reply> ended) {
        if (ended.failed()) {
            fail(dispatched, ended.cause());
            return;
        }
        try {
            // A handler compiled without checks may bring something else than a reply.
            Reply reply = Objects.requireNonNull(ended.result(), "the handler answered null");
            dispatched.completion().tryComplete(fit(reply, dispatched.delivery().push()));
        } catch (RuntimeException bug) {
            fail(dispatched, bug);
        }
    }

    private Reply fit(Reply reply, P push) {
        Fitted fitted = ReplyLimits.fit(reply, push);
        if (fitted.cut().isPresent()) {
            warn(push, fitted.cut().get());
        }
        return fitted.reply();
    }

    private void warn(P push, String cut) {
        String rule = custom.nameOf(push).orElseGet(() -> ruleOf(push));
        LocalMap<String, Boolean> warned = vertx.sharedData().getLocalMap("weir.cut-warnings");
        if (warned.size() < MAX_WARNINGS && warned.putIfAbsent(push.account() + " " + rule, true) == null) {
            LOG.atWarn()
                    .addKeyValue("account", push.account())
                    .addKeyValue("rule", rule)
                    .addKeyValue("cut", cut)
                    .log("reply cut to what WeChat takes");
        }
    }

    private void fail(Dispatched<P> dispatched, Throwable failure) {
        boolean logged = !(failure instanceof ReplyException) && tell(dispatched.delivery(), failure);
        dispatched.completion().tryFail(new Failed(kind(failure), Optional.ofNullable(failure.getMessage()), logged));
    }

    /** How a handler has failed. Its message is the kind of failure. */
    static final class Failed extends ReplyException {
        @Serial
        private static final long serialVersionUID = 1L;

        private static final int MAX_CHARACTERS = 1_000;

        private final transient Optional<String> words;
        private final boolean logged;

        /**
         * @param words what the exception said, which may be a user's words: for those who may see these only
         * @param logged whether its stack trace is in the log
         */
        Failed(String kind, Optional<String> words, boolean logged) {
            super(ReplyFailure.RECIPIENT_FAILURE, HANDLER_FAILED, kind);
            this.words = words.map(text -> text.substring(0, Math.min(text.length(), MAX_CHARACTERS)));
            this.logged = logged;
        }

        Optional<String> words() {
            return words;
        }

        boolean logged() {
            return logged;
        }
    }

    /** What kind of failure it was, for whoever asks what went wrong last; its words may be a user's, and go nowhere. */
    private static String kind(Throwable failure) {
        boolean told = failure instanceof ReplyException
                && CLASS_NAME.matcher(String.valueOf(failure.getMessage())).matches();
        return told ? String.valueOf(failure.getMessage()) : failure.getClass().getName();
    }

    /** Of a failure of its own: what came over the bus was told where it happened. @return whether it was, and not held back */
    private boolean tell(Delivery<P> delivery, Throwable failure) {
        P push = delivery.push();
        OptionalLong admitted =
                failures.admit(push.type() + " " + failure.getClass().getName(), System.nanoTime());
        admitted.ifPresent(heldBack -> LOG.atError()
                .addKeyValue("account", push.account())
                .addKeyValue("type", push.type().wireName())
                .addKeyValue("pushId", delivery.idempotencyKey())
                .addKeyValue("suppressed", heldBack)
                .setCause(failure)
                .log("handler failed, push answered with success"));
        return admitted.isPresent();
    }
}
