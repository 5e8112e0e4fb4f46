package io.weir.dispatch.once;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.weir.dispatch.Answered.Way;
import io.weir.dispatch.Outcomes;
import io.weir.dispatch.Outcomes.Outcome;
import io.weir.dispatch.once.PushStore.Settled;
import io.weir.dispatch.once.PushStore.Settled.AsSaid;
import io.weir.dispatch.once.PushStore.Settled.Otherwise;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import io.weir.wechat.message.ReplyWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when a run has come to its end: its reply becomes the answer of the push, or goes another way. */
final class RunEnd {
    private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);

    private final Vertx vertx;
    private final Runs runs;
    private final LateReplies late;
    private final Outcomes outcomes;
    private final Clock clock;
    private final long untakenMillis;
    private final Consumer<Attempt> waiting;

    /** @param waiting takes the attempts whose push turns out to be another instance's */
    RunEnd(Vertx vertx, Runs runs, OnceCorridor.Rules rules, Consumer<Attempt> waiting) {
        this.vertx = vertx;
        this.runs = runs;
        this.late = rules.late();
        this.outcomes = rules.outcomes();
        this.clock = rules.clock();
        this.untakenMillis = rules.limits().lapse().toMillis();
        this.waiting = waiting;
    }

    void replied(Run run, Reply reply) {
        ended(run, reply, reply.equals(Reply.NONE) ? Outcome.SUCCESS : Outcome.REPLY);
    }

    void failed(Run run, Throwable failure) {
        boolean unhandled = failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
        ended(run, Reply.NONE, unhandled ? Outcome.UNHANDLED : Outcome.FAILED);
    }

    private void ended(Run run, Reply reply, Outcome outcome) {
        if (run.isDecided()) {
            runs.end(run);
            sendLate(run, reply);
            return;
        }
        String text = text(run.push(), reply);
        boolean taken = run.isAwaited();
        if (runs.isSafe(run, System.nanoTime())) {
            run.decide(text, Optional.empty());
        }
        runs.store()
                .settle(run.id(), runs.holder(), text, taken)
                .recover(RunEnd::unkept)
                .onSuccess(settled -> settled(run, new End(reply, text, taken, outcome), settled));
    }

    /** What a run came to. */
    private record End(Reply reply, String text, boolean taken, Outcome outcome) {}

    private void settled(Run run, End end, Settled settled) {
        runs.end(run);
        if (settled instanceof AsSaid) {
            outcomes.count(run.push(), end.outcome);
            run.decide(end.text, Optional.empty());
            if (!end.taken) {
                vertx.setTimer(untakenMillis, waited -> sendUntaken(run, end.reply));
            }
        } else if (settled instanceof Otherwise otherwise) {
            boolean given = end.taken && run.says(end.text);
            run.decide(otherwise.answer(), Optional.of(Way.STORED));
            if (!given) {
                sendLate(run, end.reply);
            }
        } else {
            run.abandon().forEach(waiting);
        }
    }

    private static Future<Settled> unkept(Throwable bug) {
        Faults.tell("an answer could not be kept", bug);
        return Future.succeededFuture(new AsSaid());
    }

    private String text(Push push, Reply reply) {
        try {
            return ReplyWriter.write(reply, push, clock.instant());
        } catch (RuntimeException bug) {
            LOG.atError()
                    .addKeyValue("account", push.account())
                    .addKeyValue("type", push.type().wireName())
                    .setCause(bug)
                    .log("reply could not be written, push answered with success");
            return ReplyWriter.SUCCESS;
        }
    }

    private void sendUntaken(Run run, Reply reply) {
        if (!run.wasJoinedLate()) {
            sendLate(run, reply);
        }
    }

    /** A reply that no attempt took is sent by one instance, if by any. */
    private void sendLate(Run run, Reply reply) {
        if (reply.equals(Reply.NONE)) {
            return;
        }
        runs.store()
                .release(run.id(), runs.holder())
                .onSuccess(ours -> {
                    if (ours) {
                        late.send(run.push(), reply, Duration.ofNanos(System.nanoTime() - run.begunNanos()));
                    }
                })
                .onFailure(bug -> Faults.tell("a late reply was not sent", bug));
    }
}
