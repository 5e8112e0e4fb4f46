package io.weir.replies;

import io.weir.config.FileText;
import io.weir.config.Problems;
import io.weir.file.TextFile;
import io.weir.rules.ReplyRules;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * One replies file and the rules that were last read from it. A text that has errors leaves the rules as they are and is
 * remembered as the problem. Rules are read on any thread; texts are taken in on one thread at a time.
 */
public final class RepliesFile {
    private final Path path;
    private final Set<String> backends;
    /** What is inside the jar, where answers began with it. */
    private final Optional<byte[]> inside;
    /** Digest of the text that was taken in last, accepted or not; empty as long as that is what is inside the jar. */
    private OptionalLong taken;

    private final LongAdder errors = new LongAdder();
    private volatile State state;
    private volatile Optional<Conflict> conflict = Optional.empty();

    private RepliesFile(Path path, Set<String> backends, Optional<byte[]> inside, OptionalLong taken, State state) {
        this.path = path;
        this.inside = inside;
        this.backends = Set.copyOf(backends);
        this.taken = taken;
        this.state = state;
    }

    /** The same for replies that ask no backend. */
    public static RepliesFile read(Path path, byte[] text, Problems problems, Instant now) {
        return read(path, Set.of(), text, problems, now);
    }

    /**
     * Reads the first text of a file.
     *
     * @param path where it lies; problems name it so
     * @param backends the names of those that replies can ask
     * @param problems takes its errors and warnings
     */
    public static RepliesFile read(Path path, Set<String> backends, byte[] text, Problems problems, Instant now) {
        return new RepliesFile(
                path,
                backends,
                Optional.empty(),
                OptionalLong.of(FileText.digest(text)),
                new State(parse(path.toString(), backends, text, problems), now, false, Optional.empty(), now));
    }

    /** Begins with the answers that are inside the jar, which ask no backend, until there is a file at {@code path}. */
    public static RepliesFile builtIn(Path path, byte[] text, Problems problems, Instant now) {
        ReplyRules rules = parse("built-in replies", Set.of(), text, problems);
        return new RepliesFile(
                path,
                Set.of(),
                Optional.of(text.clone()),
                OptionalLong.empty(),
                new State(rules, now, true, Optional.empty(), now));
    }

    public Path path() {
        return path;
    }

    public ReplyRules rules() {
        return state.rules;
    }

    public State state() {
        return state;
    }

    /** The names of the backends that its replies can ask. */
    public Set<String> backends() {
        return backends;
    }

    /** The revision of another instance that this file does not follow, as long as that is so. */
    public Optional<Conflict> conflict() {
        return conflict;
    }

    void conflict(Optional<Conflict> now) {
        conflict = now;
    }

    /**
     * Its present text: of the file, or what is inside the jar as long as there is none. Blocks.
     *
     * @throws IOException where it cannot be read
     */
    byte[] text() throws IOException {
        try {
            return TextFile.read(path);
        } catch (NoSuchFileException e) {
            return inside.orElseThrow(() -> e).clone();
        }
    }

    /** The rules of another text for it, judged as {@code weir check} does. */
    ReplyRules judge(byte[] text, Problems problems) {
        return parse(path.toString(), backends, text, problems);
    }

    /** How often a newer text was refused, or could not be read, since the start. */
    public long errors() {
        return errors.sum();
    }

    /**
     * Takes in the file's present text.
     *
     * @return what changed: empty when the text is the one already taken in
     */
    public synchronized Optional<Change> take(byte[] present, Instant now) {
        OptionalLong digest = OptionalLong.of(FileText.digest(present));
        if (digest.equals(taken)) {
            return Optional.empty();
        }
        taken = digest;
        Problems problems = new Problems();
        ReplyRules rules = parse(path.toString(), backends, present, problems);
        if (!problems.errors().isEmpty()) {
            return Optional.of(refuse(problems, now));
        }
        rules.countOnFrom(state.rules);
        state = new State(rules, now, false, Optional.empty(), now);
        return Optional.of(new Change(true, problems));
    }

    /** Remembers that the file cannot be read; its rules stay until it can be again. */
    public synchronized void unreadable(String reason, Instant now) {
        taken = OptionalLong.empty();
        errors.increment();
        state = state.with(reason, now);
    }

    private Change refuse(Problems problems, Instant now) {
        errors.increment();
        String first = problems.errors().get(0).text();
        state = state.with(first, now);
        return new Change(false, problems);
    }

    private static ReplyRules parse(String name, Set<String> backends, byte[] text, Problems problems) {
        return FileText.decode(name, text, problems)
                .map(decoded -> ReplyRules.parse(name, decoded, backends, problems))
                .orElse(ReplyRules.NONE);
    }

    /**
     * What is in force.
     *
     * @param since when these rules came into force
     * @param builtIn whether they are the ones inside the jar, the file not being there yet
     * @param problem the first error of a newer text that was refused
     * @param problemSince since when there is one
     */
    public record State(
            ReplyRules rules, Instant since, boolean builtIn, Optional<String> problem, Instant problemSince) {
        private State with(String newer, Instant now) {
            return new State(rules, since, builtIn, Optional.of(newer), problem.isEmpty() ? now : problemSince);
        }
    }

    /**
     * What was saved at another instance, and not taken over here.
     *
     * @param revision its number
     * @param author who saved it
     * @param cause why not: a sentence
     */
    public record Conflict(long revision, String author, String cause, String chineseCause, Instant since) {}

    /**
     * A text that was taken in or refused.
     *
     * @param accepted whether its rules are in force now
     * @param problems its errors and warnings
     */
    public record Change(boolean accepted, Problems problems) {}
}
