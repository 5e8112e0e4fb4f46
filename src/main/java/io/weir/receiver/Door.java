package io.weir.receiver;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.weir.dispatch.Answered;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Attempt;
import io.weir.dispatch.Deadline;
import io.weir.dispatch.PushPipeline;
import io.weir.dispatch.journal.Incoming;
import io.weir.dispatch.journal.Steps;
import io.weir.dispatch.journal.Witness;
import io.weir.wechat.codec.PushCodec;
import io.weir.wechat.codec.PushCodec.Verification;
import io.weir.wechat.codec.PushQuery;
import io.weir.wechat.codec.Received;
import io.weir.wechat.codec.Refusal;
import io.weir.wechat.message.ReplyWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what is answered to a request, without knowing HTTP: hands genuine pushes to the pipeline and brings their
 * replies back; all else gets {@link Answer#REFUSED}.
 *
 * <p>Holds a {@link PushCodec}: one instance per event loop.
 */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    /** One line for each push, for trying things out; off under load. */
    private static final Logger PUSHES = LoggerFactory.getLogger("io.weir.push");

    private static final Duration[] OBJECTIVES = {
        Duration.ofMillis(5),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        Duration.ofMillis(4_500)
    };

    private static final byte[] NO_BODY = {};

    private final Accounts accounts;
    private final PushCodec codec;
    private final PushPipeline pipeline;
    private final Witness witness;
    private final Refusals refusals;
    private final MeterRegistry metrics;
    private final Clocks clocks;
    private final Timer durations;

    /**
     * What time it is. A push that one of the two accepts is accepted.
     *
     * @param shared of all instances, also for what is written into replies: Redis's, where there is a Redis
     * @param machine the machine's
     */
    public record Clocks(Clock shared, Clock machine) {
        PushCodec.Now now() {
            return new PushCodec.Now(shared.instant(), machine.instant());
        }
    }

    /**
     * Made and used on one event loop.
     *
     * @param accounts looked up for every request
     * @param pipeline brings the answers
     * @param witness is told of each request
     */
    public Door(
            Accounts accounts,
            PushCodec codec,
            PushPipeline pipeline,
            Witness witness,
            Refusals refusals,
            MeterRegistry metrics,
            Clocks clocks) {
        this.accounts = accounts;
        this.codec = codec;
        this.pipeline = pipeline;
        this.witness = witness;
        this.refusals = refusals;
        this.metrics = metrics;
        this.clocks = clocks;
        this.durations = Timer.builder("weir.push.duration")
                .description("From the whole request of an accepted push to its answer")
                .serviceLevelObjectives(OBJECTIVES)
                .register(metrics);
    }

    /** The account of that name; empty, and noted, where there is none. */
    Optional<Account> account(String name, String path, Supplier<String> peer) {
        Optional<Account> account = accounts.find(name);
        if (account.isEmpty()) {
            refusals.unknownAccount(path, peer.get());
        }
        return account;
    }

    /** Answers the verification of the URL, whose replay key is used up first; the future does not fail. */
    Future<Answer> verify(Account account, String rawQuery, Supplier<String> peer) {
        Incoming incoming = new Incoming(account.credentials(), rawQuery, NO_BODY, peer, System.nanoTime());
        try {
            Verification verification = codec.verifyUrl(account.credentials(), PushQuery.parse(rawQuery), clocks.now());
            return pipeline.verified(verification.key()).map(used -> {
                witness.verified(incoming);
                return Answer.echo(verification.echo());
            });
        } catch (Refusal refusal) {
            witness.refused(incoming, refusal);
            return Future.succeededFuture(refuse(account, refusal, peer));
        }
    }

    /**
     * Checks the head of a push, before its body is read.
     *
     * @param sinceNanos when the peer began to wait, on the scale of {@link System#nanoTime()}
     * @return empty when the push is refused, whatever its body will be
     */
    Optional<Head> check(Account account, String rawQuery, long sinceNanos, Supplier<String> peer) {
        try {
            PushCodec.SignedQuery signed = codec.check(account.credentials(), PushQuery.parse(rawQuery), clocks.now());
            return Optional.of(new Head(account, signed, rawQuery, peer));
        } catch (Refusal refusal) {
            witness.refused(new Incoming(account.credentials(), rawQuery, NO_BODY, peer, sinceNanos), refusal);
            refuse(account, refusal, peer);
            return Optional.empty();
        }
    }

    /**
     * A push whose head has passed the checks, and whose body may be read.
     *
     * @param rawQuery for the journal
     */
    record Head(Account account, PushCodec.SignedQuery signed, String rawQuery, Supplier<String> peer) {
        Incoming with(byte[] body, long sinceNanos) {
            return new Incoming(account.credentials(), rawQuery, body, peer, sinceNanos);
        }
    }

    /** Answers a push; the future does not fail. */
    Future<Answer> push(Head head, byte[] body, Waiting waiting) {
        Account account = head.account;
        Incoming incoming = head.with(body, waiting.sinceNanos);
        Received received;
        try {
            received = codec.read(head.signed, body);
        } catch (Refusal refusal) {
            witness.refused(incoming, refusal);
            return Future.succeededFuture(refuse(account, refusal, head.peer));
        }
        countDropped(account, received.droppedCharacters());
        Steps steps = witness.opened(received);
        return pipeline.answer(attempt(received, body.length, waiting))
                .map(answered -> {
                    Answer answer = answer(account, received, answered);
                    witness.answered(incoming, received, steps, answered);
                    return answer;
                })
                .otherwise(failure -> unanswered(account, incoming, received, steps, failure))
                .onSuccess(answer -> {
                    durations.record(System.nanoTime() - steps.opened(), TimeUnit.NANOSECONDS);
                    log(received, answer, steps.opened());
                });
    }

    /**
     * The peer that waits for an answer.
     *
     * @param sinceNanos when it began to, on the scale of {@link System#nanoTime()}
     * @param deadline when it must be answered
     * @param present whether it still waits
     */
    record Waiting(long sinceNanos, Deadline deadline, BooleanSupplier present) {}

    private static Attempt attempt(Received received, int bytes, Waiting waiting) {
        return new Attempt(
                received.push(),
                received.id(),
                received.key(),
                bytes,
                waiting.sinceNanos,
                waiting.deadline,
                waiting.present);
    }

    private Answer answer(Account account, Received received, Answered answered) {
        account.sightings().note(received.protection(), clocks.shared.instant());
        return answered.text()
                .map(text -> Answer.reply(
                        codec.close(text, account.credentials(), received.seal(), clocks.shared.instant())))
                .orElse(Answer.LAPSED);
    }

    private Answer refuse(Account account, Refusal refusal, Supplier<String> peer) {
        refusals.record(account.name(), refusal, peer.get());
        return Answer.REFUSED;
    }

    private void countDropped(Account account, int characters) {
        if (characters > 0) {
            Counter.builder("weir.dropped.characters")
                    .description("Characters that XML forbids, dropped from accepted pushes")
                    .tag("account", account.name())
                    .register(metrics)
                    .increment(characters);
        }
    }

    private static void log(Received received, Answer answer, long opened) {
        if (PUSHES.isInfoEnabled()) {
            PUSHES.atInfo()
                    .addKeyValue("account", received.push().account())
                    .addKeyValue("type", received.push().type().wireName())
                    .addKeyValue("encrypted", received.seal().isPresent())
                    .addKeyValue("answer", answer.word())
                    .addKeyValue("micros", (System.nanoTime() - opened) / 1_000)
                    .log("answered");
        }
    }

    private Answer unanswered(Account account, Incoming incoming, Received received, Steps steps, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            witness.refused(incoming, received, steps, refusal);
            return refuse(account, refusal, incoming::peer);
        }
        witness.answered(incoming, received, steps, Answered.of(ReplyWriter.SUCCESS, Way.HANDLED, 1));
        LOG.atError()
                .addKeyValue("account", account.name())
                .addKeyValue("type", received.push().type().wireName())
                .setCause(failure)
                .log("reply could not be written, push answered with success");
        return Answer.reply(ReplyWriter.SUCCESS);
    }
}
