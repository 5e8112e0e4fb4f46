package io.weir.reload;

import io.weir.config.AccountConfig;
import io.weir.config.Environment;
import io.weir.config.FileText;
import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.config.Section;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The configuration file of a running gateway and what was last read from it. A text that has errors changes nothing and is
 * remembered as the problem. Its state is read on any thread; texts are taken in on one thread at a time.
 */
public final class ConfigurationFile {
    /** What may change while the gateway runs. */
    private static final Pattern LIVE = Pattern.compile("accounts\\.[^.]+\\.(token|encodingAesKey|mode|originalId)");

    private final Path path;
    private final Environment environment;
    private final Function<Section, Optional<List<AccountConfig>>> accounts;
    private final byte[] atStart;
    /** Digest of the text that was taken in last, accepted or not; empty when the file could not be read since. */
    private OptionalLong taken;

    private final LongAdder errors = new LongAdder();
    private volatile State state;

    /**
     * A file as it was at the start.
     *
     * @param atStart the text that the gateway was started with, which has no errors
     * @param accounts reads a whole file, tells its problems and gives its accounts
     */
    public ConfigurationFile(
            Path path,
            byte[] atStart,
            Environment environment,
            Function<Section, Optional<List<AccountConfig>>> accounts,
            Instant now) {
        this.path = path;
        this.environment = environment;
        this.accounts = accounts;
        this.atStart = atStart.clone();
        this.taken = OptionalLong.of(FileText.digest(atStart));
        this.state = new State(now, Optional.empty(), now, List.of());
    }

    /**
     * What is in force.
     *
     * @param since when it came into force
     * @param problem what is wrong with a newer text, which was refused
     * @param problemSince since when something is
     * @param atNextStart paths of what the file says otherwise than the start did, and what cannot change before the next one
     */
    public record State(Instant since, Optional<String> problem, Instant problemSince, List<String> atNextStart) {
        private State with(String newer, Instant now) {
            return new State(since, Optional.of(newer), problem.isEmpty() ? now : problemSince, atNextStart);
        }
    }

    /**
     * A text that was read.
     *
     * @param accounts as it has them; empty when it has errors
     * @param before what was in force until then
     * @param errors all of them
     */
    record Change(Optional<List<AccountConfig>> accounts, State before, State now, List<Problem> errors) {}

    /** Whether a change of this key takes effect while the gateway runs. */
    public static boolean isLive(String key) {
        return LIVE.matcher(key).matches();
    }

    public Path path() {
        return path;
    }

    public State state() {
        return state;
    }

    /** How often a newer text was refused, or could not be read, since the start. */
    public long errors() {
        return errors.sum();
    }

    /** Reads the file's present text; empty when it is the one already taken in. */
    synchronized Optional<Change> take(byte[] present, Instant now) {
        OptionalLong digest = OptionalLong.of(FileText.digest(present));
        if (digest.equals(taken)) {
            return Optional.empty();
        }
        taken = digest;
        Problems problems = new Problems();
        Optional<Section> root = root(present, problems);
        Optional<List<AccountConfig>> read = root.flatMap(accounts);
        State before = state;
        if (!problems.errors().isEmpty()) {
            errors.increment();
        }
        state = problems.errors().isEmpty()
                ? new State(
                        now, Optional.empty(), now, root.map(this::atNextStart).orElse(List.of()))
                : before.with(problems.errors().get(0).text(), now);
        return Optional.of(new Change(read, before, state, problems.errors()));
    }

    /** Remembers that the file cannot be read; what is in force stays until it can be again. */
    synchronized void unreadable(String reason, Instant now) {
        taken = OptionalLong.empty();
        errors.increment();
        state = state.with(reason, now);
    }

    private List<String> atNextStart(Section root) {
        return root(atStart, new Problems()).stream()
                .flatMap(started -> started.differences(root).stream())
                .filter(differing -> !isLive(differing))
                .toList();
    }

    private Optional<Section> root(byte[] bytes, Problems problems) {
        String file = path.toString();
        return FileText.decode(file, bytes, problems)
                .map(decoded -> Section.parse(file, decoded, environment, problems));
    }
}
