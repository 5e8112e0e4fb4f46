package io.weir.faults;

import io.vertx.core.Future;
import io.weir.faults.fleet.Instance;
import io.weir.faults.push.Attempt;
import io.weir.faults.push.Attempt.Outcome;
import io.weir.faults.push.Push;
import io.weir.faults.push.SignedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Several copies of one push, past the balancer, each to the next instance. */
final class Copies {
    private static final int SECONDS = 10;

    private final Trial trial;
    private final int copies;
    private long pushes;
    private long sent;

    /** @param copies of each push that goes to all instances at once */
    Copies(Trial trial, int copies) {
        this.trial = trial;
        this.copies = copies;
    }

    /** All at the same instant. */
    void atOnce(Push push) {
        List<Future<Attempt>> attempts = new ArrayList<>();
        SignedRequest request = SignedRequest.of(push);
        for (int i = 0; i < copies; i++) {
            attempts.add(attempt(push, request, i));
        }
        pushes++;
        Trial.results(attempts);
    }

    /** Each when the one before it was answered. */
    void oneAfterTheOther(Push push) {
        SignedRequest request = SignedRequest.of(push);
        pushes++;
        for (int i = 0; i < trial.fleet().instances().size(); i++) {
            Trial.results(List.of(attempt(push, request, i)));
        }
    }

    private Future<Attempt> attempt(Push push, SignedRequest first, int number) {
        List<Instance> instances = trial.fleet().instances();
        SignedRequest request = push.signedAfresh() ? SignedRequest.of(push) : first;
        int port = instances.get((int) ((pushes + number) % instances.size())).pushPort();
        sent++;
        return trial.pusher().attempt(push, request, number + 1, port).timeout(SECONDS, TimeUnit.SECONDS);
    }

    /** One run for each push, an equal reply for each attempt. */
    Verdict judge(Verdict verdict) {
        long begun = trial.runs().stream().filter(run -> !run.finished()).count();
        long replies = trial.attempts().stream()
                .filter(attempt ->
                        attempt.outcome() == Outcome.ACCEPTED && attempt.reply().contains("answer to "))
                .count();
        return verdict.flawless().equal("begun runs", begun, pushes).equal("replies", replies, sent);
    }
}
