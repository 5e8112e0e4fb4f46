package io.weir.dispatch.durable;

import io.weir.dispatch.durable.Spool.SpoolException;
import io.weir.dispatch.durable.SpoolFolder.Found;
import io.weir.dispatch.durable.SpoolState.Counts;
import io.weir.dispatch.durable.SpoolState.Fault;
import io.weir.dispatch.durable.SpoolState.Trouble;
import io.weir.file.OwnedFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of a spool that this process has: the first is its own, the others were those of processes that have gone and are
 * deleted when nothing in them is open. What the disk refuses is told once, until it works again. Blocks; on the spool's thread.
 */
final class SpoolDisk {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDisk.class);

    private final Path root;
    private final int segmentBytes;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private final List<SpoolFolder> folders = new ArrayList<>();
    private final Set<Path> leftAlone = new HashSet<>();
    private Optional<Trouble> failing = Optional.empty();
    private Counts counts = Counts.NONE;

    SpoolDisk(Path root, int segmentBytes, Clock clock, LongSupplier nanoTime, Listener listener) {
        this.root = root;
        this.segmentBytes = segmentBytes;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /** Is told what the folders have besides what was written to them. */
    interface Listener {
        void found(SpoolEntry entry);

        /** Its file has gone. */
        void lost(SpoolEntry entry);
    }

    /** What the disk refuses at the moment. */
    Optional<Trouble> failing() {
        return failing;
    }

    Counts counts() {
        return counts;
    }

    long bytes() {
        return folders.stream().mapToLong(SpoolFolder::bytes).sum();
    }

    long syncs() {
        return folders.stream().mapToLong(SpoolFolder::syncs).sum();
    }

    /** What {@link #flush} would write. */
    long pendingBytes() {
        return folders.stream().mapToLong(SpoolFolder::pendingBytes).sum();
    }

    /** This process's own; there is one while nothing is {@link #failing}. */
    SpoolFolder own() {
        return folders.get(0);
    }

    /** What is done with files, and may fail. */
    private interface Step {
        void run() throws IOException;
    }

    private boolean succeeds(Step step) {
        try {
            step.run();
            return true;
        } catch (IOException e) {
            failed(e);
            return false;
        }
    }

    /** Takes what is there; makes a new folder where nothing is. */
    void open() {
        succeeds(this::begin);
    }

    private void begin() throws IOException {
        OwnedFolder.make(root);
        SpoolFolder.deleteLeftovers(root, clock);
        takeAbandoned();
        if (folders.isEmpty()) {
            String random = Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX);
            folders.add(SpoolFolder.make(root, clock.millis() + "-" + random, segmentBytes));
        }
    }

    /** Takes folders over whose processes have gone. */
    void look() {
        succeeds(this::takeAbandoned);
    }

    private void takeAbandoned() throws IOException {
        for (Path path : SpoolFolder.all(root)) {
            if (!leftAlone.contains(path)) {
                Optional<SpoolFolder> taken = SpoolFolder.take(path, segmentBytes);
                if (taken.isPresent()) {
                    take(taken.get());
                }
            }
        }
    }

    private void take(SpoolFolder folder) throws IOException {
        Found found = folder.read(clock, nanoTime.getAsLong());
        if (found.otherVersion()) {
            leftAlone.add(folder.path());
            folder.close();
            count(Counts.otherVersions(1));
            LOG.atWarn()
                    .addKeyValue("folder", folder.path())
                    .log("a folder of the spool has entries of another version; it is left to that");
            return;
        }
        folders.add(folder);
        found.entries().forEach(listener::found);
        count(Counts.unreadable(found.torn(), found.damaged().size()));
        if (found.torn() > 0) {
            LOG.atWarn()
                    .addKeyValue("folder", folder.path())
                    .addKeyValue("lines", found.torn())
                    .log("a crash has cut a line of the spool; nobody was told that it is kept");
        }
        found.damaged().forEach(file -> keepAside(folder, file));
        if (!found.entries().isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("folder", folder.path())
                    .addKeyValue("entries", found.entries().size())
                    .log("pushes of an earlier process are taken from the spool");
        }
    }

    /** Its other lines are used, and then it is deleted: somebody may want to look at it. */
    private void keepAside(SpoolFolder folder, Path file) {
        Path aside = root.resolve(folder.path().getFileName() + "-" + file.getFileName() + ".damaged");
        LOG.atError()
                .addKeyValue("file", aside)
                .log("a file of the spool has lines that cannot be read; they are left out and the file is kept");
        if (!Files.exists(aside)) {
            succeeds(() -> OwnedFolder.write(aside, Files.readAllBytes(file)));
        }
    }

    /** Has what was added to the folders on the disk. */
    void flush() {
        folders.forEach(folder -> succeeds(folder::flush));
    }

    /** Deletes what is needed no more, and folders that others have left and in which nothing is open. */
    void tidy(long mostWaste) {
        if (failing.isEmpty()) {
            succeeds(() -> {
                for (SpoolFolder folder : List.copyOf(folders)) {
                    folder.tidy(mostWaste);
                    if (folder.isEmpty() && !folder.equals(own())) {
                        folders.remove(folder);
                        folder.delete();
                    }
                }
            });
        }
    }

    /** Nothing is open. */
    void clear() {
        succeeds(() -> {
            for (SpoolFolder folder : folders) {
                folder.clear();
            }
        });
    }

    /** Whether it can be written again. */
    boolean tryAgain() {
        boolean works = succeeds(() -> {
            letGoOfDeleted();
            if (folders.isEmpty()) {
                begin();
            }
            own().next();
        });
        if (works) {
            failing = Optional.empty();
            LOG.atInfo().addKeyValue("folder", root).log("the spool can be written again");
        }
        return works;
    }

    private void letGoOfDeleted() throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        for (SpoolFolder folder : List.copyOf(folders)) {
            if (!folder.isThere()) {
                Set<SpoolEntry> lost = folder.entries();
                lost.forEach(listener::lost);
                folders.remove(folder);
                folder.close();
                count(Counts.losses(lost.size()));
                LOG.atError()
                        .addKeyValue("folder", folder.path())
                        .addKeyValue("entries", lost.size())
                        .log("somebody has deleted a folder of the spool; the pushes in it are lost");
            }
        }
    }

    private void failed(IOException e) {
        count(Counts.error());
        if (failing.isEmpty()) {
            failing = Optional.of(new Trouble(Fault.DISK, words(e), clock.instant()));
            LOG.atWarn()
                    .addKeyValue("folder", root)
                    .addKeyValue("error", words(e))
                    .log("the spool cannot be written; pushes are left unanswered, so that WeChat asks again");
        }
    }

    void count(Counts more) {
        counts = counts.plus(more);
    }

    /** What whoever wanted to write gets to know. */
    SpoolException refusal(IOException e) {
        return refusal(words(e));
    }

    SpoolException refusal(String words) {
        return new SpoolException(
                Fault.DISK,
                "the spool " + root + " cannot be written: " + words
                        + ". Free space, or let the user that runs Weir write there; Weir tries again every second");
    }

    /** Of some of them the whole message is the name of a file. */
    private static String words(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
            return e.getMessage() + " is no folder";
        }
        return e instanceof NoSuchFileException missing
                ? missing.getFile() + ": there is no such file or folder"
                : Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }

    /** Leaves what is there to others. */
    void close() {
        if (failing.isEmpty()) {
            succeeds(() -> {
                for (SpoolFolder folder : List.copyOf(folders)) {
                    if (folder.isEmpty()) {
                        folders.remove(folder);
                        folder.delete();
                    }
                }
            });
        }
        abandon();
    }

    /** Lets go of it as it is. */
    void abandon() {
        folders.forEach(folder -> succeeds(folder::close));
        folders.clear();
    }
}
