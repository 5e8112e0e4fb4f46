package io.weir.dispatch.once;

import io.weir.dispatch.Late;
import io.weir.dispatch.Outcome;
import io.weir.dispatch.durable.DurableWork;
import io.weir.dispatch.once.OnceHistory.Asked;
import io.weir.dispatch.once.OnceHistory.HandlerRun;
import io.weir.dispatch.once.OnceHistory.Story;
import io.weir.dispatch.once.OnceHistory.Tried;
import io.weir.dispatch.once.OnceHistory.Tried.Kind;
import io.weir.wechat.message.ReplyWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What must hold whatever happens, and what may still happen, by name:
 *
 * <table>
 * <tr><th>invariant</th><th>exception</th></tr>
 * <tr><td>all answers of a push are equal, and the user gets one reply, as an answer or sent late</td><td>alone; answered first, then cut
 * off: an instance gave its answer while its lease was young, and Redis did not answer it any more</td></tr>
 * <tr><td>at most one run is unmarked</td><td></td></tr>
 * <tr><td>nothing is run alone, that is without the store, by an instance that Redis answers</td><td></td></tr>
 * <tr><td>a run is taken over only from an instance that was stopped, killed or cut off from Redis</td><td></td></tr>
 * <tr><td>a push that was run is not run when its recording comes, and a forged body never, nor is that answered with the
 * reply</td><td>alone; alone and killed: whoever ran it alone was killed before it could tell</td></tr>
 * <tr><td>an attempt is answered, within 0.5 s of its deadline, or of its instance going on</td><td></td></tr>
 * <tr><td>a push is run, and its reply is given, sent late or counted as lost</td><td>killed: an instance that had it was</td></tr>
 * <tr><td>a push that was acknowledged is run to its end, at another instance if its own dies, and its reply is sent, or counted as
 * lost</td><td>alone: who was cut off was to give it to an attempt, and could not</td></tr>
 * <tr><td>all of them</td><td>failover: it lost a write that concerns the push; forged: an instance that could not know better ran a
 * forgery and used the key up</td></tr>
 * </table>
 *
 * Alone is an instance that had asked Redis about the push and got no answer in time: since Redis is away, or since the event loop
 * with the connection is stopped. Torn is one of whose event loops one is stopped: then an attempt on the other is acknowledged
 * there.
 */
final class OnceInvariants {
    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(500);
    /** An attempt whose deadline is near waits for its claim no longer than this, less some time for timers. */
    private static final long SHORTEST_CLAIM = TimeUnit.MILLISECONDS.toNanos(49);

    private final Late policy;
    private final long leaseNanos;
    private final List<String> broken = new ArrayList<>();
    private final Map<String, Integer> excused = new TreeMap<>();

    OnceInvariants(Late policy, OnceLimits limits) {
        this.policy = policy;
        this.leaseNanos = limits.lease().toNanos();
    }

    /** What was broken. */
    List<String> broken() {
        return broken;
    }

    /** What happened that is allowed, by its name. */
    Map<String, Integer> excused() {
        return excused;
    }

    void check(OnceHistory history) {
        history.bugs().forEach(bug -> broken.add("a class threw: " + bug));
        for (Story story : history.stories()) {
            answersAreEqual(story);
            oneRunIsUnmarked(story);
            nothingIsRunAloneWithoutNeed(story);
            nothingIsTakenFromTheLiving(story);
            recordingsAreNotRun(story);
            attemptsAreAnswered(story);
            oneReplyReachesTheUser(story);
            noPushIsForgotten(story);
            whatWasAcknowledgedIsNotForgotten(story);
        }
    }

    private void broken(Story story, String what, String name) {
        if (story.lostWrites > 0) {
            excused("failover: " + name);
        } else if (story.isForgedAlone()) {
            excused("forged: " + name);
        } else {
            broken.add(name + ": " + story.name() + " " + what);
        }
    }

    private void excused(String name) {
        excused.merge(name, 1, Integer::sum);
    }

    private void answersAreEqual(Story story) {
        Set<String> all = new LinkedHashSet<>();
        Set<String> inTouch = new LinkedHashSet<>();
        Set<String> sure = new LinkedHashSet<>();
        for (Tried attempt : story.attempts) {
            boolean expired = attempt.kind == Kind.RECORDED
                    && attempt.text().filter(ReplyWriter.SUCCESS::equals).isPresent();
            if (attempt.taken && attempt.kind != Kind.FORGED && !expired) {
                String text = attempt.text().orElseThrow();
                all.add(text);
                if (!story.isCutOff(attempt.at, attempt.endedNanos)) {
                    inTouch.add(text);
                }
                boolean torn = attempt.at.isTorn(attempt.endedNanos);
                if (!torn && !story.isCutOffSoon(attempt.at, attempt.endedNanos)) {
                    sure.add(text);
                }
            }
        }
        if (sure.size() > 1) {
            broken(story, inTouch.toString(), "answers differ");
        } else if (inTouch.size() > 1) {
            excused("answered first, then cut off, or torn: answers differ");
        } else if (all.size() > 1) {
            excused("alone: answers differ");
        }
    }

    private void oneRunIsUnmarked(Story story) {
        List<HandlerRun> unmarked =
                story.runs.stream().filter(run -> !run.redelivered).toList();
        if (unmarked.size() > 1) {
            broken(story, unmarked.toString(), "two unmarked runs");
        }
        story.runs.stream().filter(run -> run.forged).forEach(run -> {
            if (run.kept || story.isCutOff(run.at, run.begunNanos) || isUntold(story, run.begunNanos)) {
                excused("alone: a forged body was run");
            } else if (story.lostWrites > 0) {
                excused("failover: a forged body was run");
            } else {
                broken.add("a forged body was run: " + run);
            }
        });
    }

    private void nothingIsRunAloneWithoutNeed(Story story) {
        for (HandlerRun run : story.runs) {
            if (run.alone && !story.isCutOff(run.at, run.begunNanos, SHORTEST_CLAIM)) {
                broken(story, run.toString(), "run alone, although Redis answered");
            }
        }
    }

    private void nothingIsTakenFromTheLiving(Story story) {
        for (int i = 1; i < story.runs.size(); i++) {
            HandlerRun earlier = story.runs.get(i - 1);
            HandlerRun later = story.runs.get(i);
            if (earlier.endedNanos > later.begunNanos) {
                takenWhileRunning(story, earlier, later);
            }
        }
    }

    private void takenWhileRunning(Story story, HandlerRun earlier, HandlerRun later) {
        long now = later.begunNanos;
        if (earlier.at == later.at) {
            broken(story, earlier + " and " + later, "an instance runs a push twice at once");
        } else if (later.alone) {
            excused("alone: two runs at once");
        } else if (story.isCutOff(earlier.at, now)) {
            excused("alone: taken over");
        } else if (later.kept && earlier.at.unrenewedNanos() > now - 2 * DurableWork.LEASE.toNanos()) {
            excused("alone: taken over");
        } else if (earlier.at.killedNanos() > now && earlier.at.lastStop(now) < now - leaseNanos) {
            broken(story, earlier + " and " + later, "taken over from the living");
        } else {
            excused("taken over: two runs at once");
        }
    }

    private void recordingsAreNotRun(Story story) {
        long recorded = Long.MAX_VALUE;
        for (Tried attempt : story.attempts) {
            if (attempt.kind != Kind.WECHAT && attempt.number > 3) {
                recorded = Math.min(recorded, attempt.begunNanos);
            }
        }
        for (HandlerRun run : story.runs) {
            if (run.begunNanos >= recorded && !run.kept) {
                if (story.isCutOff(run.at, run.begunNanos)) {
                    excused("alone: a recording was run");
                } else if (isUntold(story, recorded) && story.isStruck()) {
                    excused("alone and killed: a recording was run");
                } else {
                    broken(story, run.toString(), "a recording was run");
                }
            }
        }
    }

    /** Whether all that knew of a push at a moment did not reach Redis. */
    private static boolean isUntold(Story story, long nanos) {
        for (Tried attempt : story.attempts) {
            boolean knew = attempt.kind == Kind.WECHAT && attempt.arrivedNanos < nanos;
            if (knew && !story.isCutOffSoon(attempt.at, nanos)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a forgery came to an instance when nobody had told Redis the key yet. */
    private static boolean isForgedFirst(Story story) {
        return story.attempts.stream().anyMatch(each -> each.kind == Kind.FORGED && isUntold(story, each.arrivedNanos));
    }

    private void attemptsAreAnswered(Story story) {
        for (Tried attempt : story.attempts) {
            if (attempt.endedNanos < Long.MAX_VALUE) {
                isAnsweredInTime(story, attempt);
                isAnsweredRightly(story, attempt);
            } else if (attempt.arrivedNanos < Long.MAX_VALUE && attempt.at.isAlive()) {
                broken(story, attempt.toString(), "an attempt was never answered");
            }
        }
    }

    private void isAnsweredInTime(Story story, Tried attempt) {
        long deadline = attempt.arrivedNanos + OnceSimulation.DEADLINE;
        boolean waits = attempt.closedNanos > deadline;
        long latest = Math.max(deadline, attempt.at.lastStop(attempt.endedNanos)) + GRACE;
        if (policy != Late.RETRY && waits && attempt.text().isPresent() && attempt.endedNanos > latest) {
            broken(story, attempt.toString(), "an attempt was answered late");
        }
        boolean left = attempt.answered.isPresent() && attempt.text().isEmpty();
        if (policy != Late.RETRY && left && attempt.endedNanos < attempt.closedNanos) {
            broken(story, attempt.toString(), "an attempt was left unanswered");
        }
    }

    private void isAnsweredRightly(Story story, Tried attempt) {
        boolean reply =
                attempt.text().filter(text -> !text.equals(ReplyWriter.SUCCESS)).isPresent();
        boolean cutOff = story.isCutOff(attempt.at, attempt.endedNanos);
        if (attempt.kind == Kind.FORGED && reply && !cutOff && !isUntold(story, attempt.begunNanos)) {
            broken(story, attempt.toString(), "a forged body was answered with the reply");
        }
        if (attempt.kind == Kind.WECHAT && attempt.refused) {
            if (cutOff || isForgedFirst(story)) {
                excused("alone: a genuine attempt was refused");
            } else {
                broken(story, attempt.toString(), "a genuine attempt was refused");
            }
        }
    }

    private void oneReplyReachesTheUser(Story story) {
        long answers = 0;
        long sure = 0;
        for (Tried attempt : story.attempts) {
            boolean reply = attempt.taken && !attempt.text().orElseThrow().equals(ReplyWriter.SUCCESS);
            if (reply && attempt.kind == Kind.WECHAT) {
                answers = story.isCutOff(attempt.at, attempt.endedNanos) ? answers : 1;
                sure = story.isCutOffSoon(attempt.at, attempt.endedNanos) ? sure : 1;
            }
        }
        long inTouch = story.sends.stream()
                .filter(sent -> !story.isCutOff(sent.by(), sent.atNanos()))
                .count();
        if (inTouch > 1 && isSentAgain(story)) {
            excused("taken over: a late reply was sent twice");
        } else if (inTouch > 1) {
            broken(story, story.sends.toString(), "a late reply was sent twice");
        } else if (sure + inTouch > 1 && story.asked().anyMatch(Asked::isUnanswered)) {
            excused("alone: a reply was given and sent late");
        } else if (sure + inTouch > 1) {
            broken(story, story.sends.toString(), "a reply was given and sent late");
        } else if (answers + inTouch > 1) {
            excused("answered first, then cut off: two replies to the user");
        } else if (story.sends.size() > 1 || (answers > 0 && !story.sends.isEmpty())) {
            excused("alone: two replies to the user");
        }
    }

    private void whatWasAcknowledgedIsNotForgotten(Story story) {
        boolean acknowledged = story.attempts.stream()
                .anyMatch(each -> each.taken
                        && each.answered
                                .filter(given -> given.kind() == Outcome.Kind.LATE)
                                .isPresent());
        boolean given = story.attempts.stream()
                .anyMatch(each -> each.taken && !each.text().orElseThrow().equals(ReplyWriter.SUCCESS));
        if (acknowledged && story.hasReply() && !given && story.sends.isEmpty() && story.lost == 0) {
            if (story.asked().anyMatch(Asked::isUnanswered)) {
                // It was to be given to an attempt, and its row says so.
                excused("alone: an acknowledged reply was lost");
            } else {
                broken(story, story.runs.toString(), "an acknowledged reply was lost");
            }
        }
    }

    /** Whether who sent first was killed or stopped before it could say so, or could not, and the reply that came later is that of a marked run. */
    private static boolean isSentAgain(Story story) {
        VirtualInstance first = story.sends.get(0).by();
        long sent = story.sends.get(0).atNanos();
        boolean silent = !first.isAlive()
                || first.lastStop(Long.MAX_VALUE) > sent
                || first.unrenewedNanos() > sent - DurableWork.LEASE.toNanos();
        return silent && story.runs.stream().anyMatch(run -> run.kept && run.redelivered);
    }

    private void noPushIsForgotten(Story story) {
        boolean arrived = story.attempts.stream().anyMatch(each -> each.arrivedNanos < Long.MAX_VALUE);
        if (!arrived) {
            return;
        }
        if (story.runs.isEmpty()) {
            if (story.isStruck()) {
                excused("killed: a push was not run");
            } else {
                broken(story, "", "a push was not run");
            }
            return;
        }
        boolean replied = story.runs.stream().anyMatch(run -> run.at.isAlive() && !run.reply.isEmpty());
        boolean given = story.attempts.stream()
                .anyMatch(each -> each.taken && !each.text().orElseThrow().equals(ReplyWriter.SUCCESS));
        if (replied && !given && story.sends.isEmpty() && story.lost == 0) {
            if (story.isStruck()) {
                excused("killed: a reply was lost");
            } else if (story.isTorn()) {
                excused("torn: a reply was lost");
            } else if (story.isTakenInVain()) {
                excused("alone: a reply was taken for an attempt that went away");
            } else {
                broken(story, story.runs.toString(), "a reply was lost");
            }
        }
        boolean stopped = story.runs.stream().anyMatch(run -> run.at.lastStop(Long.MAX_VALUE) > run.begunNanos);
        if (story.lost > 0 && given) {
            excused("counted as lost: a reply that was given elsewhere");
        } else if (story.lost > 0 && !stopped && story.asked().noneMatch(Asked::isUnanswered)) {
            broken(story, story.runs.toString(), "a reply was counted as lost, although Redis answered");
        } else if (story.lost > 0) {
            excused("counted as lost: a reply");
        }
    }
}
