package io.weir.dispatch.once;

import io.vertx.core.AsyncResult;
import io.weir.dispatch.Delivery;
import io.weir.dispatch.Outcome;
import io.weir.wechat.codec.OpenedPush;
import io.weir.wechat.codec.Protection;
import io.weir.wechat.codec.ReplayKey;
import io.weir.wechat.message.MenuEvent.Click;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushDocument;
import io.weir.wechat.message.PushId;
import io.weir.wechat.message.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened in a schedule: the facts for {@link OnceInvariants}, and, where asked for, every step as a line of text. */
final class OnceHistory {
    private final VirtualScheduler time;
    private final boolean verbose;
    private final List<String> lines = new ArrayList<>();
    private final List<String> bugs = new ArrayList<>();
    private final Map<PushId, Story> byId = new LinkedHashMap<>();
    private final Map<String, Story> byContent = new HashMap<>();

    private final Map<Long, Story> byDigest = new HashMap<>();

    OnceHistory(VirtualScheduler time, boolean verbose) {
        this.time = time;
        this.verbose = verbose;
    }

    boolean isVerbose() {
        return verbose;
    }

    void log(String what, Object... values) {
        if (verbose) {
            lines.add(String.format(Locale.ROOT, "%12.3f ms  ", time.now() / 1e6)
                    + String.format(Locale.ROOT, what, values));
        }
    }

    List<String> lines() {
        return lines;
    }

    /** What a class threw where it must not. */
    void bug(VirtualInstance instance, Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        String at = trace.length == 0 ? "" : " at " + trace[0];
        log("%-6s threw %s%s", instance, bug, at);
        bugs.add(bug + at);
    }

    List<String> bugs() {
        return bugs;
    }

    void add(Story story) {
        byId.put(story.id, story);
        byContent.put(story.name, story);
        byContent.put(story.name + FORGED, story);
        byDigest.put(story.key.digest(), story);
    }

    Iterable<Story> stories() {
        return byId.values();
    }

    Story story(PushId id) {
        return Objects.requireNonNull(byId.get(id));
    }

    @Nullable
    Story story(ReplayKey key) {
        return byDigest.get(key.digest());
    }

    private final Map<String, OpenedPush> documents = new HashMap<>();

    /** A push that will come, by what stands for its document. */
    void add(Story story, Click push) {
        documents.put(
                push.eventKey(),
                new OpenedPush(
                        push,
                        PushDocument.NONE,
                        story.id,
                        story.key,
                        Optional.empty(),
                        new Protection(1, 0, Protection.Form.PLAINTEXT),
                        0));
    }

    /** A push by its document, as it was kept. */
    Optional<OpenedPush> kept(String document) {
        return Optional.ofNullable(documents.get(document));
    }

    Story story(Push push) {
        return Objects.requireNonNull(byContent.get(((Click) push).eventKey()));
    }

    /** What the EventKey of a forged body ends with. */
    static final String FORGED = "-forged";

    /** All that became of one push. */
    static final class Story {
        private final PushId id;
        private final String name;
        private final ReplayKey key;
        private final long takesMillis;
        final List<Tried> attempts = new ArrayList<>();
        final List<HandlerRun> runs = new ArrayList<>();
        final List<Sent> sends = new ArrayList<>();
        private final List<Asked> asked = new ArrayList<>();
        int lost;
        int lostWrites;

        Story(PushId id, String name, ReplayKey key, long takesMillis) {
            this.id = id;
            this.name = name;
            this.key = key;
            this.takesMillis = takesMillis;
        }

        String name() {
            return name;
        }

        PushId id() {
            return id;
        }

        long takesMillis() {
            return takesMillis;
        }

        /** Whether its handler brings a reply. */
        boolean hasReply() {
            return takesMillis > 0 && takesMillis != 5;
        }

        /** A failover has lost a write that concerns it. */
        void lostWrite() {
            lostWrites++;
        }

        Asked asked(VirtualInstance from, long now) {
            Asked command = new Asked(from, now);
            asked.add(command);
            return command;
        }

        Stream<Asked> asked() {
            return asked.stream();
        }

        HandlerRun run(VirtualInstance at, Delivery<?> delivery, long now, boolean alone) {
            HandlerRun run = new HandlerRun(this, runs.size() + 1, at, delivery, now, alone);
            runs.add(run);
            return run;
        }

        void sent(VirtualInstance by, Reply reply, long now) {
            sends.add(new Sent(by, reply, now));
        }

        void lost() {
            lost++;
        }

        /** Whether an instance had asked for this push before a moment and got no answer in time. */
        boolean isCutOff(VirtualInstance instance, long now) {
            return isCutOff(instance, now, Asked.IN_TIME_NANOS);
        }

        /** Whether an instance had asked for this push before a moment and got no answer within some time. */
        boolean isCutOff(VirtualInstance instance, long now, long withinNanos) {
            for (Asked each : asked) {
                if (each.from == instance && each.isUnanswered(now, withinNanos)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether what an instance asked at that moment or before was not answered in time, then or later. */
        boolean isCutOffSoon(VirtualInstance instance, long now) {
            for (Asked each : asked) {
                if (each.from == instance && each.atNanos <= now && each.isUnanswered()) {
                    return true;
                }
            }
            return false;
        }

        /** Whether a forged body was run by an instance that could not know better, and used the key up. */
        boolean isForgedAlone() {
            return runs.stream().anyMatch(run -> run.forged);
        }

        /** Whether an attempt had gone when the event loop that it was on came to give it the reply. */
        boolean isTorn() {
            return attempts.stream()
                    .anyMatch(each -> !each.taken
                            && each.text().isPresent()
                            && each.at.isTorn(each.closedNanos)
                            && each.endedNanos < Long.MAX_VALUE);
        }

        /** Whether an instance that was cut off took the reply of another's, without knowing that it had, for an attempt that had gone. */
        boolean isTakenInVain() {
            return attempts.stream()
                    .anyMatch(each -> !each.taken
                            && each.answered
                                    .filter(given ->
                                            given.kind() == Outcome.Kind.STORED || given.kind() == Outcome.Kind.LAPSED)
                                    .isPresent()
                            && isCutOffSoon(each.at, each.endedNanos));
        }

        /** Whether an instance that knew of it was killed. */
        boolean isStruck() {
            for (Tried attempt : attempts) {
                if (!attempt.at.isAlive()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A command about a push, as the network saw it. */
    static final class Asked {
        private static final long IN_TIME_NANOS = 290_000_000;
        private final VirtualInstance from;
        private final long atNanos;
        private long answeredNanos = Long.MAX_VALUE;
        private long failedNanos = Long.MAX_VALUE;

        Asked(VirtualInstance from, long atNanos) {
            this.from = from;
            this.atNanos = atNanos;
        }

        void answered(long now) {
            answeredNanos = Math.min(answeredNanos, now);
        }

        /** The connection ended; what had come on it may not have been read. */
        void lost(long now) {
            failedNanos = Math.min(failedNanos, now);
        }

        void failed(long now) {
            if (answeredNanos == Long.MAX_VALUE) {
                failedNanos = now;
            }
        }

        /** Whether it was not answered in time. */
        boolean isUnanswered() {
            return isUnanswered(Long.MAX_VALUE - 1, IN_TIME_NANOS);
        }

        boolean isUnanswered(long now, long withinNanos) {
            return failedNanos <= now || (Math.min(answeredNanos, now) - atNanos >= withinNanos);
        }
    }

    /** A late reply. */
    record Sent(VirtualInstance by, Reply reply, long atNanos) {}

    /** A run of a handler. */
    static final class HandlerRun {
        final Story story;
        final int number;
        final VirtualInstance at;
        final boolean redelivered;
        final boolean forged;
        final long begunNanos;
        final boolean alone;
        long endedNanos = Long.MAX_VALUE;
        String reply = "";
        /** Whether it is of what was kept. */
        boolean kept;

        HandlerRun(Story story, int number, VirtualInstance at, Delivery<?> delivery, long now, boolean alone) {
            this.story = story;
            this.number = number;
            this.at = at;
            this.redelivered = delivery.redelivered();
            this.forged = ((Click) delivery.push()).eventKey().endsWith(FORGED);
            this.begunNanos = now;
            this.alone = alone;
        }

        String text() {
            return story.name + " run " + number;
        }

        void ended(long now, String text) {
            endedNanos = now;
            reply = text;
        }

        @Override
        public String toString() {
            return "RUN " + text() + (redelivered ? ", redelivered" : ", unmarked") + (forged ? ", FORGED" : "")
                    + (alone ? ", alone" : "") + (kept ? ", kept" : "") + ", at " + at;
        }
    }

    /** An attempt of WeChat's, or of somebody who recorded one. */
    static final class Tried {
        final Story story;
        final int number;
        final Kind kind;
        final VirtualInstance at;
        final long begunNanos;
        private final OnceHistory history;
        long arrivedNanos = Long.MAX_VALUE;
        long closedNanos;
        long endedNanos = Long.MAX_VALUE;
        boolean taken;
        boolean refused;
        Optional<Outcome> answered = Optional.empty();

        /** Who sends it. */
        enum Kind {
            WECHAT,
            RECORDED,
            FORGED
        }

        /** @param at the instance that it goes to */
        Tried(
                OnceHistory history,
                Story story,
                int number,
                Kind kind,
                VirtualInstance at,
                long begunNanos,
                long closedNanos) {
            this.history = history;
            this.story = story;
            this.number = number;
            this.kind = kind;
            this.at = at;
            this.begunNanos = begunNanos;
            this.closedNanos = closedNanos;
            story.attempts.add(this);
        }

        void arrived(long now) {
            arrivedNanos = now;
        }

        /** Whether the peer waits. */
        boolean isOpen() {
            return endedNanos == Long.MAX_VALUE && history.time.now() < closedNanos;
        }

        void ended(AsyncResult<Outcome> result, long now, boolean onItsLoop) {
            taken = isOpen() && result.succeeded() && result.result().text().isPresent();
            endedNanos = now;
            if (result.succeeded()) {
                answered = Optional.of(result.result());
            } else {
                refused = true;
            }
            if (!onItsLoop) {
                history.bugs.add(this + " completed on another thread than it came on");
            }
            history.log(
                    "%-6s %s: %s%s",
                    at,
                    this,
                    result.succeeded() ? shown(result.result()) : result.cause(),
                    taken ? "" : result.succeeded() ? " (nobody waits)" : "");
        }

        private static String shown(Outcome answered) {
            return answered.way() + " '" + said(answered.text().orElse("(left unanswered)")) + "'";
        }

        /** What it was answered; empty for nothing. */
        Optional<String> text() {
            return answered.flatMap(Outcome::text).map(OnceHistory::said);
        }

        @Override
        public String toString() {
            return story.name + " " + kind + " " + number + " to " + at;
        }
    }

    /** The Content and CreateTime of a reply, or {@code success}. */
    private static String said(String xml) {
        int content = xml.indexOf("<Content><![CDATA[");
        int created = xml.indexOf("<CreateTime>");
        return content < 0
                ? xml
                : xml.substring(content + 18, xml.indexOf("]]>", content)) + " @"
                        + xml.substring(created + 12, xml.indexOf('<', created + 12));
    }
}
