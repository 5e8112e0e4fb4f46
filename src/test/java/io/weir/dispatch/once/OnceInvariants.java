package io.weir.dispatch.once;

import io.weir.dispatch.Late;
import io.weir.dispatch.once.OnceHistory.Run;
import io.weir.dispatch.once.OnceHistory.Sent;
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
 * <tr><th>invariant</th><th>exception, counted by name</th></tr>
 * <tr><td>all answers of a push are equal</td><td>one that was given by an instance that Redis did not answer ("alone")</td></tr>
 * <tr><td>at most one run is unmarked</td><td></td></tr>
 * <tr><td>a run is not taken over from an instance that is neither stopped nor cut off from Redis</td><td></td></tr>
 * <tr><td>a push that was run is not run when its recording comes</td><td>whoever ran it alone was killed before it could tell</td></tr>
 * <tr><td>a forged body is never run, and never answered with the reply</td><td></td></tr>
 * <tr><td>an attempt is answered within 0.5 s of its deadline</td><td></td></tr>
 * <tr><td>the user gets one reply: as an answer or sent late</td><td>alone</td></tr>
 * <tr><td>a push that was acknowledged is run, and its reply is given, sent or counted as lost</td><td>an instance that had it was
 * killed</td></tr>
 * <tr><td>all of them</td><td>a failover lost a write that concerns the push</td></tr>
 * </table>
 */
final class OnceInvariants {
    private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CATCH_UP = TimeUnit.MILLISECONDS.toNanos(100);

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
            nothingIsTakenFromTheLiving(story);
            recordingsAreNotRun(story);
            attemptsAreAnswered(story);
            oneReplyReachesTheUser(story);
            noPushIsForgotten(story);
        }
    }

    private void broken(Story story, String what, String name, Object... detail) {
        if (story.lostWrites > 0) {
            excused.merge("failover: " + name, 1, Integer::sum);
        } else {
            broken.add(name + ": " + story.name() + " " + what
                    + String.join(
                            " ", List.of(detail).stream().map(Object::toString).toList()));
        }
    }

    private void excused(String name) {
        excused.merge(name, 1, Integer::sum);
    }

    private void answersAreEqual(Story story) {
        Set<String> all = new LinkedHashSet<>();
        Set<String> inTouch = new LinkedHashSet<>();
        for (Tried attempt : story.attempts) {
            boolean expired = attempt.kind == Kind.RECORDED
                    && attempt.text().filter(ReplyWriter.SUCCESS::equals).isPresent();
            if (attempt.taken && attempt.kind != Kind.FORGED && !expired) {
                all.add(attempt.text().orElseThrow());
                if (!story.isCutOff(attempt.at, attempt.endedNanos)) {
                    inTouch.add(attempt.text().orElseThrow());
                }
            }
        }
        if (inTouch.size() > 1) {
            broken(story, inTouch.toString(), "answers differ");
        } else if (all.size() > 1) {
            excused("alone: answers differ");
        }
    }

    private void oneRunIsUnmarked(Story story) {
        List<Run> unmarked = story.runs.stream().filter(run -> !run.redelivered).toList();
        if (unmarked.size() > 1) {
            broken(story, unmarked.toString(), "two unmarked runs");
        }
        story.runs.stream().filter(run -> run.forged).forEach(run -> {
            if (story.isCutOff(run.at, run.begunNanos) || isUntold(story, run.begunNanos)) {
                excused("alone: a forged body was run");
            } else {
                broken(story, run.toString(), "a forged body was run");
            }
        });
    }

    private void nothingIsTakenFromTheLiving(Story story) {
        for (int i = 1; i < story.runs.size(); i++) {
            Run earlier = story.runs.get(i - 1);
            Run later = story.runs.get(i);
            if (earlier.endedNanos > later.begunNanos) {
                takenWhileRunning(story, earlier, later);
            }
        }
    }

    private void takenWhileRunning(Story story, Run earlier, Run later) {
        long now = later.begunNanos;
        if (earlier.at == later.at) {
            broken(story, earlier + " and " + later, "an instance runs a push twice at once");
        } else if (story.isCutOff(later.at, now) || story.isCutOff(earlier.at, now)) {
            excused("alone: two runs at once");
        } else if (earlier.at.killedNanos() > now && earlier.at.lastStop(now) < now - leaseNanos) {
            broken(story, earlier + " and " + later, "taken over from the living");
        } else {
            excused("taken over");
        }
    }

    private void recordingsAreNotRun(Story story) {
        long recorded = Long.MAX_VALUE;
        for (Tried attempt : story.attempts) {
            if (attempt.kind != Kind.WECHAT && attempt.number > 3) {
                recorded = Math.min(recorded, attempt.begunNanos);
            }
        }
        for (Run run : story.runs) {
            if (run.begunNanos >= recorded) {
                if (story.isCutOff(run.at, run.begunNanos)) {
                    excused("alone: a recording was run");
                } else if (isUntold(story, recorded) && story.isStruck()) {
                    excused("alone and killed before it could tell: a recording was run");
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
            if (knew && !story.isCutOff(attempt.at, nanos)) {
                return false;
            }
        }
        return true;
    }

    private void attemptsAreAnswered(Story story) {
        for (Tried attempt : story.attempts) {
            if (attempt.arrivedNanos == Long.MAX_VALUE) {
                continue;
            }
            if (attempt.endedNanos == Long.MAX_VALUE) {
                if (attempt.at.isAlive()) {
                    broken(story, attempt.toString(), "an attempt was never answered");
                }
                continue;
            }
            boolean forged = attempt.kind == Kind.FORGED;
            if (forged
                    && attempt.text()
                            .filter(text -> !text.equals(ReplyWriter.SUCCESS))
                            .isPresent()
                    && !story.isCutOff(attempt.at, attempt.endedNanos)
                    && !isUntold(story, attempt.begunNanos)) {
                broken(story, attempt.toString(), "a forged body was answered with the reply");
            }
            if (attempt.kind == Kind.WECHAT
                    && attempt.refused
                    && (story.isCutOff(attempt.at, attempt.endedNanos) || story.isForgedAlone())) {
                excused("alone: a genuine attempt was refused");
            } else if (attempt.kind == Kind.WECHAT && attempt.refused) {
                broken(story, attempt.toString(), "a genuine attempt was refused");
            }
            long latest = attempt.arrivedNanos + OnceSimulation.DEADLINE + GRACE;
            boolean stopped = attempt.at.lastStop(attempt.endedNanos) + CATCH_UP > latest;
            if (attempt.text().isPresent()
                    && attempt.endedNanos > latest
                    && !stopped
                    && attempt.endedNanos < attempt.closedNanos) {
                broken(story, attempt.toString(), "an attempt was answered late");
            }
            boolean leftAlone = attempt.answered.isPresent() && attempt.text().isEmpty();
            if (leftAlone && policy != Late.RETRY && attempt.endedNanos < attempt.closedNanos) {
                broken(story, attempt.toString(), "an attempt was left unanswered");
            }
        }
    }

    private void oneReplyReachesTheUser(Story story) {
        long answers = 0;
        for (Tried attempt : story.attempts) {
            boolean reply = attempt.taken && !attempt.text().orElseThrow().equals(ReplyWriter.SUCCESS);
            if (reply && attempt.kind == Kind.WECHAT && !story.isCutOff(attempt.at, attempt.endedNanos)) {
                answers = 1;
            }
        }
        long inTouch = 0;
        for (Sent sent : story.sends) {
            if (!story.isCutOff(sent.by(), sent.atNanos())) {
                inTouch++;
            }
        }
        if (inTouch > 1) {
            broken(story, story.sends.toString(), "a late reply was sent twice");
        } else if (answers + inTouch > 1) {
            broken(story, story.sends.toString(), "a reply was given and sent late");
        } else if (story.sends.size() > 1 || (answers > 0 && !story.sends.isEmpty())) {
            excused("alone: two replies to the user");
        }
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
            } else {
                broken(story, story.runs.toString(), "a reply was lost");
            }
        }
        if (story.lost > 0) {
            excused("counted as lost");
        }
    }
}
